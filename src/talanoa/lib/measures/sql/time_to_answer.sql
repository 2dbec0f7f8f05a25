SELECT
    waited.stakeholder_group,
    waited.hours,
    sum(waited.is_answered) AS n_answered,
    sum(1 - waited.is_answered) AS n_cut_off,
    max(askers.n_persons) AS n_persons
FROM (
    SELECT
        asked.stakeholder_group,
        CASE WHEN asked.answered_at IS NULL THEN 0 ELSE 1 END AS is_answered,
        CAST(floor(date_diff('second', asked.asked_at, coalesce(asked.answered_at, data_end.ended_at)) / 3600) AS BIGINT) AS hours
    FROM asked
    CROSS JOIN data_end
) AS waited
JOIN (
    SELECT stakeholder_group, count(DISTINCT person) AS n_persons FROM asked GROUP BY stakeholder_group
) AS askers ON askers.stakeholder_group = waited.stakeholder_group
GROUP BY waited.stakeholder_group, waited.hours
ORDER BY waited.stakeholder_group, waited.hours
