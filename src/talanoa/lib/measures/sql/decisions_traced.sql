SELECT
    input.process,
    count(DISTINCT input.person) AS n_persons,
    count(*) AS n_inputs,
    sum(CASE WHEN answered.number IS NULL THEN 0 ELSE 1 END) AS n_answered,
    sum(coalesce(answered.is_changing, 0)) AS n_changing,
    sum(CASE WHEN answered.number IS NOT NULL AND decided.process IS NOT NULL THEN 1 ELSE 0 END) AS n_decided
FROM input
LEFT JOIN (
    SELECT process, number, max(CASE WHEN coalesce(change, '') = '' THEN 0 ELSE 1 END) AS is_changing
    FROM response
    GROUP BY process, number
) AS answered ON answered.process = input.process AND answered.number = input.number
LEFT JOIN (SELECT DISTINCT process FROM decision) AS decided ON decided.process = input.process
GROUP BY input.process
ORDER BY input.process
