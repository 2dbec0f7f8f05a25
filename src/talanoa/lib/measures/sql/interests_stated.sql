SELECT
    standing.interests,
    count(DISTINCT contribution.person) AS n_persons,
    count(*) AS n_acts
FROM standing
JOIN contribution ON contribution.process = standing.process AND contribution.number = standing.number
WHERE standing.shown = 'named' AND contribution.person IS NOT NULL
GROUP BY standing.interests
ORDER BY standing.interests
