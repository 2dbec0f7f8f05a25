SELECT
    process.process,
    CAST(extract(year FROM min(process.opened_at)) AS BIGINT) AS year,
    count(DISTINCT input.person) AS n_persons,
    count(DISTINCT CASE WHEN input.stakeholder_group <> 'unknown' THEN input.stakeholder_group END) AS n_groups,
    count(DISTINCT CASE WHEN input.region <> 'unknown' THEN input.region END) AS n_regions,
    count(input.number) AS n_inputs,
    count(CASE WHEN input.stakeholder_group = 'unknown' THEN 1 END) AS n_unknown
FROM process
LEFT JOIN input ON input.process = process.process
GROUP BY process.process
ORDER BY year, process.process
