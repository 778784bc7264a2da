-- Individuals named in detainer requests.
SELECT 'total' AS category, COUNT(DISTINCT subject) AS amount
FROM requests
WHERE form_class IN ('civil-detainer', 'unreadable')
