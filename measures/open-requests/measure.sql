-- Requests of every kind whose outcome was still open.
SELECT 'total' AS category, COUNT(*) AS amount
FROM requests
WHERE outcome = 'open'
