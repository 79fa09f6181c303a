-- Invented data to run and to test with. It is the same every time it is made: no chance, no clock.
-- Sessions, assessments, components and dates are those of EPS, and so are the entries of its
-- centres.
--
-- Keys to try. Session / qualification group / centre:
--
--   3269 / 1            1228 of 32 centres, all released
--   3269 / 1 / 10110    44, one or two entries each
--   3269 / 1 / 04102    35, of Ysgol Gymraeg Llŷn
--   3269 / 1 / 04108    35, of مدرسة النور
--   3301 / 2            2403 of 56 centres, more than the largest page; dates missing or not
--   3301 / 2 / 04101    52, of St Mary's RC High School, one of them without entries
--   3301 / 1            2174 of 50 centres
--   3301 / 3            603 of 50 centres
--   3269 / 2            none: no GCSE is examined in this session
--   3269 / 1 / 4102     none: the leading zero is part of a centre's id
--
-- In a series of generated rows `n` counts from 1.

CREATE TEMP TABLE Number (n INTEGER PRIMARY KEY);
INSERT INTO Number
WITH RECURSIVE Counting (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM Counting WHERE n < 350)
SELECT n FROM Counting;

INSERT INTO ExamSession (SessionId, SessionName) VALUES
  (3269, 'June 2025'),
  (3301, 'June 2026');

INSERT INTO QualificationGroup (QualificationGroupId, QualificationGroupName) VALUES
  (1, 'AS and A Level'),
  (2, 'GCSE'),
  (3, 'Level 3 Certificate');

-- Centres. Those from 10110 on are known to EPS as well.

INSERT INTO Centre (CentreId, CentreName) VALUES
  ('04101', 'St Mary''s RC High School'),
  ('04102', 'Ysgol Gymraeg Llŷn'),
  ('04103', 'Coláiste Dún Mór'),
  ('04104', 'Sgoil na h-Òigridh'),
  ('04105', 'King''s & Queen''s Academy'),
  ('04106', 'Collège Français de Millbrook'),
  ('04107', 'Deutsche Schule – Über dem Fluß'),
  ('04108', 'مدرسة النور'),
  ('04109', 'Szkoła Łódzka'),
  ('04110', '"The Elms" School, Ashford'),
  ('10110', 'Ashford Academy'),
  ('10111', 'St John''s College'),
  ('10112', 'Brontë Sixth Form');

CREATE TEMP TABLE Place (n INTEGER PRIMARY KEY, PlaceName TEXT);
INSERT INTO Place VALUES
  (1, 'Alder Vale'), (2, 'Birchwood'), (3, 'Castle Hill'), (4, 'Dunmore'), (5, 'Eastfield'),
  (6, 'Foxley'), (7, 'Greenway'), (8, 'Harrow Cross'), (9, 'Ivybridge'), (10, 'Kingsmead'),
  (11, 'Langdale'), (12, 'Millbrook'), (13, 'Northcote');

INSERT INTO Centre
WITH
Series (First, Centres) AS (VALUES (4101, 50), (10110, 12)),
NumberedCentre AS (
  SELECT printf('%05d', First + n - 1) AS CentreId, n
  FROM Series
  JOIN Number ON n <= Centres
)
SELECT
  c.CentreId,
  p.PlaceName || CASE c.n % 4
    WHEN 0 THEN ' School' WHEN 1 THEN ' Academy' WHEN 2 THEN ' College' ELSE ' High School'
  END
FROM NumberedCentre AS c
JOIN Place AS p ON p.n = 1 + c.n % 13
WHERE c.CentreId NOT IN (SELECT CentreId FROM Centre);

-- Qualifications: one for each kind and subject. The letter of an assessment's code is the kind's,
-- its number tells the subject, ten numbers a subject.

CREATE TEMP TABLE Subject (n INTEGER PRIMARY KEY, SubjectName TEXT);
INSERT INTO Subject VALUES
  (1, 'Mathematics'), (2, 'Further Mathematics'), (3, 'Biology'), (4, 'Chemistry'), (5, 'Physics'),
  (6, 'Computer Science'), (7, 'Design and Technology'), (8, 'Geography'), (9, 'Geology'),
  (10, 'History'), (11, 'Ancient History'), (12, 'Classical Civilisation'), (13, 'Classical Greek'),
  (14, 'Latin'), (15, 'English Language'), (16, 'English Literature'), (17, 'Film Studies'),
  (18, 'Media Studies'), (19, 'Drama and Theatre'), (20, 'Music'), (21, 'Art and Design'),
  (22, 'Business'), (23, 'Economics'), (24, 'Law'), (25, 'Psychology'), (26, 'Sociology'),
  (27, 'Religious Studies'), (28, 'Physical Education'), (29, 'Politics'), (30, 'French'),
  (31, 'German'), (32, 'Spanish'), (33, 'Persian'), (34, 'Portuguese'), (35, 'Turkish');

CREATE TEMP TABLE Kind (n INTEGER, Letter TEXT PRIMARY KEY, QualificationGroupId, KindName TEXT);
INSERT INTO Kind VALUES
  (1, 'A', 2, 'GCSE %s A'),
  (2, 'B', 2, 'GCSE %s B'),
  (3, 'F', 1, 'AS GCE %s'),
  (4, 'G', 1, 'Advanced GCE %s'),
  (5, 'H', 1, 'A Level %s'),
  (6, 'J', 2, 'GCSE (9–1) %s'),
  (7, 'Y', 3, 'Level 3 Certificate in %s');

INSERT INTO Qualification
SELECT 4000 + 100 * k.n + s.n, QualificationGroupId, printf(KindName, SubjectName)
FROM Kind AS k
JOIN Subject AS s;

-- Assessments. IssuedDateTime is when a session's results go to centres, ReleasedDateTime when they
-- go to candidates. In a `Mixed` session some assessments stay behind: no results yet, embargoed,
-- withheld, issued but not released. For some no enquiries are taken.

INSERT INTO SessionAssessment
WITH
Series (SessionId, Letter, First, Length, State, Issued, Released, EnquiriesClose) AS (
  SELECT 3269, 'H', 401, 120, 'Issued',
    '2025-08-14T05:00:00Z', '2025-08-21T07:00:00Z', '2025-09-25T22:59:59Z'
  UNION ALL
  SELECT 3301, Letter, 1, 350, 'Mixed',
    '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z', '2026-09-24T22:59:59Z'
  FROM Kind
),
Assessment AS (
  SELECT
    *,
    First + Number.n - 1 AS Code,
    NOT (State = 'Mixed' AND (Number.n % 25 IN (7, 13) OR Number.n % 50 = 19)) AS IsIssued,
    Number.n AS Nth
  FROM Series
  JOIN Number ON Number.n <= Length
)
SELECT
  a.SessionId,
  printf('%s%03d', a.Letter, a.Code),
  k.QualificationGroupId,
  4000 + 100 * k.n + 1 + (a.Code - 1) / 10 % 35,
  CASE WHEN IsIssued THEN Issued END,
  CASE WHEN IsIssued AND NOT (State = 'Mixed' AND Nth % 10 = 4) THEN Released END,
  CASE WHEN IsIssued AND Nth % 11 <> 5 THEN EnquiriesClose END
FROM Assessment AS a
JOIN Kind AS k USING (Letter);

-- Units of the large session have one component, other assessments two or three.

INSERT INTO Component
SELECT SessionId, AssessmentCode, printf('%02d', n)
FROM SessionAssessment
JOIN Number ON n <= CASE
  WHEN SessionId = 3301 THEN 1
  WHEN AssessmentCode GLOB '*5' THEN 2
  ELSE 3
END;

-- Entries. The centres that EPS knows have the entries that it knows.

CREATE TEMP TABLE NumberedAssessment (
  SessionId, n, QualificationGroupId, AssessmentCode,
  PRIMARY KEY (SessionId, n)
) WITHOUT ROWID;
INSERT INTO NumberedAssessment
SELECT
  SessionId,
  row_number() OVER (PARTITION BY SessionId ORDER BY AssessmentCode),
  QualificationGroupId,
  AssessmentCode
FROM SessionAssessment;

INSERT INTO CentreEntry
WITH
Series (SessionId, Assessments, Centres, Candidates, Choices) AS (
  VALUES (3269, 120, 12, 15, 3), (3301, 2450, 6, 10, 3)
),
Choice AS (
  SELECT
    s.SessionId,
    printf('%05d', 10110 + centre.n - 1) AS CentreId,
    1 + (7 * centre.n + 13 * candidate.n + 31 * choice.n) % s.Assessments AS n
  FROM Series AS s
  JOIN Number AS centre ON centre.n <= s.Centres
  JOIN Number AS candidate ON candidate.n <= s.Candidates
  JOIN Number AS choice ON choice.n <= s.Choices
)
SELECT c.SessionId, a.QualificationGroupId, c.CentreId, a.AssessmentCode, count(*)
FROM Choice AS c
JOIN NumberedAssessment AS a USING (SessionId, n)
GROUP BY c.SessionId, c.CentreId, a.AssessmentCode;

-- The others take assessments from all over a session's list.

INSERT INTO CentreEntry
WITH Series (SessionId, Assessments, Centres, Choices) AS (
  VALUES (3269, 120, 20, 35), (3301, 2450, 50, 100)
),
Choice AS (
  SELECT
    s.SessionId,
    printf('%05d', 4101 + centre.n - 1) AS CentreId,
    1 + (17 * centre.n + 29 * choice.n) % s.Assessments AS n,
    (17 * centre.n + 41 * choice.n) % 151 AS EntryCount
  FROM Series AS s
  JOIN Number AS centre ON centre.n <= s.Centres
  JOIN Number AS choice ON choice.n <= s.Choices
)
SELECT c.SessionId, a.QualificationGroupId, c.CentreId, a.AssessmentCode, c.EntryCount
FROM Choice AS c
JOIN NumberedAssessment AS a USING (SessionId, n);

DROP TABLE NumberedAssessment;
DROP TABLE Kind;
DROP TABLE Subject;
DROP TABLE Place;
DROP TABLE Number;
