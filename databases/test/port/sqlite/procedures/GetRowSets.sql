-- row set: none
SELECT Code FROM Kept WHERE Code = 'c';
-- row set: one
SELECT Code FROM Kept WHERE Code = 'a';
-- row set: two
SELECT Amount, Code FROM Kept WHERE Code IN ('A', 'B') ORDER BY Code DESC;
