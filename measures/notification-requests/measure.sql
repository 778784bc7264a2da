-- Requests that ask for notice of a release and for no custody, by form.
SELECT 'total' AS category, COUNT(*) AS amount
FROM requests
WHERE form_class = 'notification-request'
UNION ALL
SELECT CASE WHEN form IN ('i-247g', 'i-247n') THEN form ELSE 'other' END AS category, COUNT(*) AS amount
FROM requests
WHERE form_class = 'notification-request'
GROUP BY CASE WHEN form IN ('i-247g', 'i-247n') THEN form ELSE 'other' END
