-- Individuals transferred to the custody of immigration authorities.
SELECT 'total' AS category, COUNT(DISTINCT subject) AS amount
FROM requests
WHERE transferred_to = 'immigration'
