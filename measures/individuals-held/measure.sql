-- Individuals kept in custody after becoming eligible for release, by the reason that supported it.
SELECT 'total' AS category, COUNT(DISTINCT subject) AS amount
FROM requests
WHERE held_past_eligibility
UNION ALL
SELECT CASE WHEN held_reason = '' THEN 'not-recorded' ELSE held_reason END AS category, COUNT(DISTINCT subject) AS amount
FROM requests
WHERE held_past_eligibility
GROUP BY held_reason
