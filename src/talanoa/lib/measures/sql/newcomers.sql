SELECT
    CAST(extract(year FROM arrived.acted_at) AS BIGINT) AS year,
    count(*) AS n_persons,
    sum(arrived.is_known) AS n_known,
    sum(arrived.is_known * arrived.is_back) AS n_back
FROM (
    SELECT
        beginning.person,
        beginning.acted_at,
        max(CASE WHEN beginning.acted_at <= data_end.ended_at - INTERVAL 360 DAY THEN 1 ELSE 0 END) AS is_known,
        max(
            CASE
                WHEN act.acted_at >= beginning.acted_at + INTERVAL 180 DAY AND act.acted_at < beginning.acted_at + INTERVAL 360 DAY THEN 1
                ELSE 0
            END
        ) AS is_back
    FROM (SELECT person, min(acted_at) AS acted_at FROM act WHERE acted_at IS NOT NULL GROUP BY person) AS beginning
    JOIN act ON act.person = beginning.person
    CROSS JOIN data_end
    GROUP BY beginning.person, beginning.acted_at
) AS arrived
GROUP BY CAST(extract(year FROM arrived.acted_at) AS BIGINT)
ORDER BY year
