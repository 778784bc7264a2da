-- Cost reimbursements received from the federal government, in cents, by case.
SELECT 'total' AS category, COALESCE(SUM(reimbursement_cents), 0) AS amount
FROM requests
UNION ALL
SELECT number AS category, reimbursement_cents AS amount
FROM requests
WHERE reimbursement_cents > 0
