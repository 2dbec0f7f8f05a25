SELECT
    contribution.process,
    contribution.number,
    contribution.person,
    contribution.received_at,
    coalesce(nullif(contribution.stakeholder_group, ''), person.stakeholder_group, 'unknown') AS stakeholder_group,
    coalesce(person.region, 'unknown') AS region
FROM contribution
LEFT JOIN person ON person.person = contribution.person
WHERE contribution.kind <> 'message' AND contribution.state <> 'superseded'
