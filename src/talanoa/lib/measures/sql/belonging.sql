SELECT
    act.person,
    coalesce(affiliation.organization, 'unknown') AS organization
FROM act
LEFT JOIN affiliation
    ON affiliation.person = act.person
    AND (affiliation.valid_from IS NULL OR affiliation.valid_from <= act.acted_at)
    AND (affiliation.valid_to IS NULL OR act.acted_at < affiliation.valid_to)
