-- Individuals delivered to an agency other than the immigration authorities, or to a court.
SELECT 'total' AS category, COUNT(DISTINCT subject) AS amount
FROM requests
WHERE transferred_to = 'other-agency'
