-- Detainer requests without the copies of earlier ones.
SELECT 'total' AS category, COUNT(*) AS amount
FROM requests
WHERE form_class IN ('civil-detainer', 'unreadable') AND copy_of IS NULL
