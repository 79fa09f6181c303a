-- row set: items
SELECT 0.5 AS Amount;
