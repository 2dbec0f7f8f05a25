SELECT
    way,
    sum(is_raised) AS n_raised,
    least(sum(is_raised), sum(is_answered)) AS n_answered
FROM (
    SELECT DISTINCT
        process,
        CASE
            WHEN kind LIKE 'response.disputed.%' OR kind LIKE 'dispute.replied.%' THEN 'dispute_of_answer'
            WHEN kind LIKE 'appeal.%' THEN 'appeal'
            WHEN kind LIKE 'challenge.%' THEN 'challenge'
            WHEN kind LIKE 'objection.%' THEN 'objection'
            ELSE 'missed_body'
        END AS way,
        CASE WHEN kind LIKE '%.raised.%' OR kind LIKE '%.disputed.%' OR kind LIKE '%.questioned.%' THEN 1 ELSE 0 END AS is_raised,
        CASE WHEN kind LIKE '%.raised.%' OR kind LIKE '%.disputed.%' OR kind LIKE '%.questioned.%' THEN 0 ELSE 1 END AS is_answered,
        -- An objection may be handled more than once: its number is counted once. What has no number is counted as it comes.
        coalesce(number, -event) AS about
    FROM event
    WHERE kind LIKE 'response.disputed.%' OR kind LIKE 'dispute.replied.%'
        OR kind LIKE 'appeal.raised.%' OR kind LIKE 'appeal.decided.%' OR kind LIKE 'appeal.refused.%'
        OR kind LIKE 'challenge.raised.%' OR kind LIKE 'challenge.answered.%'
        OR kind LIKE 'objection.raised.%' OR kind LIKE 'objection.handled.%'
        OR kind LIKE 'overlap.questioned.%' OR kind LIKE 'overlap.explained.%'
) AS told
GROUP BY way
ORDER BY way
