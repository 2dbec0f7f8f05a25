SELECT
    asked.stakeholder_group,
    count(DISTINCT asked.person) AS n_persons,
    count(*) AS n_asked,
    sum(CASE WHEN asked.answered_at < asked.asked_at + INTERVAL 30 DAY THEN 0 ELSE 1 END) AS n_unanswered
FROM asked
CROSS JOIN data_end
WHERE asked.asked_at <= data_end.ended_at - INTERVAL 30 DAY
GROUP BY asked.stakeholder_group
ORDER BY asked.stakeholder_group
