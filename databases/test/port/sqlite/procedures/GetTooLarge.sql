-- row set: items
SELECT 9007199254740993 AS Amount;
