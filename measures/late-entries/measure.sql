-- Requests of every kind that were entered in the ledger late.
SELECT 'total' AS category, COUNT(*) AS amount
FROM requests
WHERE late
