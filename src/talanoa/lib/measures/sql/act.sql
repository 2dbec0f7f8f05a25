SELECT
    message.person,
    message.sent_at AS acted_at,
    coalesce(person.stakeholder_group, 'unknown') AS stakeholder_group,
    coalesce(person.region, 'unknown') AS region
FROM message
LEFT JOIN person ON person.person = message.person
WHERE message.person IS NOT NULL
UNION ALL
SELECT
    input.person,
    input.received_at AS acted_at,
    input.stakeholder_group,
    input.region
FROM input
WHERE input.person IS NOT NULL
