SELECT
    coalesce(answering.stakeholder_group, 'unknown') AS answering_group,
    coalesce(asking.stakeholder_group, 'unknown') AS asking_group,
    count(DISTINCT reply.person) AS n_persons,
    count(*) AS n_replies
FROM reply
LEFT JOIN person AS answering ON answering.person = reply.person
LEFT JOIN person AS asking ON asking.person = reply.asked
GROUP BY coalesce(answering.stakeholder_group, 'unknown'), coalesce(asking.stakeholder_group, 'unknown')
ORDER BY answering_group, asking_group
