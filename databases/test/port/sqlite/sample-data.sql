INSERT INTO Kept (Code, Name, Amount, Moment, IsLate) VALUES
  ('04200', 'Zoë Łukasz', 0, '2026-08-13T05:00:00Z', 1),
  ('4200', '陳大文 𠮷田 😀', 9007199254740991, '2024-02-29T23:59:59.250Z', 0),
  -- the same letter twice: as one character, and as a letter with an accent of its own
  ('A', 'ö o' || char(776), -9007199254740991, '1970-01-01T00:00:00Z', NULL),
  ('B', 'مدرسة النور', 2147483648, '2026-03-29T01:30:00Z', 0),
  ('_', '"O''Neill" \ [x] % ; --', -1, '9999-12-31T23:59:59.999Z', 1),
  ('a', NULL, NULL, NULL, NULL),
  ('b', ' b', 2147483647, '2026-10-25T01:30:00.001Z', 0);
