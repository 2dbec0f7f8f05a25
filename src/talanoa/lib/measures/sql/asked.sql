SELECT
    opening.person,
    coalesce(person.stakeholder_group, 'unknown') AS stakeholder_group,
    opening.sent_at AS asked_at,
    min(answer.sent_at) AS answered_at
FROM thread
JOIN message AS opening ON opening.message = thread.opening
LEFT JOIN person ON person.person = opening.person
LEFT JOIN message AS answer
    ON answer.thread = thread.thread
    AND answer.person <> opening.person
    AND answer.sent_at >= opening.sent_at
WHERE opening.person IS NOT NULL AND opening.sent_at IS NOT NULL
GROUP BY thread.thread, opening.person, person.stakeholder_group, opening.sent_at
UNION ALL
SELECT
    input.person,
    input.stakeholder_group,
    input.received_at AS asked_at,
    min(response.responded_at) AS answered_at
FROM input
LEFT JOIN response ON response.process = input.process AND response.number = input.number
WHERE input.person IS NOT NULL AND input.received_at IS NOT NULL
GROUP BY input.process, input.number, input.person, input.stakeholder_group, input.received_at
