-- Requests that are neither detainer requests nor notification-only requests, by kind.
SELECT 'total' AS category, COUNT(*) AS amount
FROM requests
WHERE form_class IN ('administrative-warrant', 'judicial-warrant', 'other')
UNION ALL
SELECT form_class AS category, COUNT(*) AS amount
FROM requests
WHERE form_class IN ('administrative-warrant', 'judicial-warrant', 'other')
GROUP BY form_class
