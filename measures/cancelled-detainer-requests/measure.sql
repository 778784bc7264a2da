-- Detainer requests that the sender withdrew.
SELECT 'total' AS category, COUNT(*) AS amount
FROM requests
WHERE form_class IN ('civil-detainer', 'unreadable') AND cancelled
