-- row set: items
SELECT :Code AS Code, :Name AS Name, :Amount AS Amount, :Moment AS Moment, :IsLate AS IsLate;
