-- row set: items
SELECT
  'R031      ' AS Padded,
  '' AS Blank,
  '2026-08-13T05:00:00.250999Z' AS Fine,
  5.0 AS Whole,
  'B' AS B,
  'A' AS A;
