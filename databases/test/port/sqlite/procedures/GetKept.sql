-- row set: page
SELECT count(*) AS Total FROM Kept;
-- row set: items
SELECT Code, Name, Amount, Moment, IsLate FROM Kept ORDER BY Code LIMIT :Limit OFFSET :Offset;
