SELECT
    answer,
    count(*) AS n_recommendations
FROM decision
GROUP BY answer
ORDER BY answer
