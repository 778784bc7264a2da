-- Civil immigration detainer requests, every document counted, and how many give each reason.
SELECT 'total' AS category, COUNT(*) AS amount
FROM requests
WHERE form_class IN ('civil-detainer', 'unreadable')
UNION ALL
SELECT reason.code AS category, COUNT(*) AS amount
FROM requests
JOIN (
  SELECT 'final-order' AS code
  UNION ALL SELECT 'removal-proceedings'
  UNION ALL SELECT 'biometric'
  UNION ALL SELECT 'statements'
  UNION ALL SELECT 'transferred-custody'
  UNION ALL SELECT 'not-stated'
  UNION ALL SELECT 'illegible'
) AS reason ON ';' || requests.reasons || ';' LIKE '%;' || reason.code || ';%'
WHERE form_class IN ('civil-detainer', 'unreadable')
GROUP BY reason.code
