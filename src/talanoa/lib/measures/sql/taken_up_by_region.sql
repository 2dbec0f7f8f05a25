SELECT
    input.region,
    count(DISTINCT input.person) AS n_persons,
    count(*) AS n_answered,
    sum(answered.is_taken_up) AS n_taken_up
FROM input
JOIN (
    SELECT process, number, max(CASE WHEN status IN ('accepted', 'partly_accepted') THEN 1 ELSE 0 END) AS is_taken_up
    FROM response
    GROUP BY process, number
) AS answered ON answered.process = input.process AND answered.number = input.number
WHERE input.person IS NOT NULL
GROUP BY input.region
ORDER BY input.region
