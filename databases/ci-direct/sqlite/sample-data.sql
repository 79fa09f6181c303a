-- Invented data to run and to test with. It is the same every time it is made: no chance, no clock.
-- Sessions, assessments and entries are those of EPS, and so are the dates on which results were
-- issued and released, and the exceptions of the centres that it knows.
--
-- Keys to try. Session / centre / assessment:
--
--   16884                      2400 of 80 centres, more than the largest page
--   16884 / 1126               30 of Colegio São Bento, issued and released, none embargoed
--   16884 / 1136               30, all embargoed: the centre is being looked into
--   16884 / 1137               30, all put off by an exception that was lifted
--   16884 / 1138               30, the IGCSEs among them embargoed
--   14244                      1149 to issue, 1029 to release: not all have both dates
--   14244 / 04200 / 0500       issued and released
--   14244 / 04200 / 0460       embargoed, as its qualification, until later dates of its own
--   14244 / 04200 / 0490       embargoed, as its qualification, though both dates have passed
--   14244 / 04200 / 0430       neither date is decided, so that it is in neither list
--   14244 / GB412 / 0500       embargoed by an exception of the centre
--   14244 / GB413 / 0500       both dates are those of the exception's end
--   17002 / GB412              embargoed as all of the session; both dates, one or none
--   16884 / 126, 16884 / 01126 none: a centre's id is the whole of it
--
-- In a series of generated rows `n` counts from 1.

CREATE TEMP TABLE Number (n INTEGER PRIMARY KEY);
INSERT INTO Number
WITH RECURSIVE Counting (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM Counting WHERE n < 100)
SELECT n FROM Counting;

INSERT INTO Session (SessionId, SessionName) VALUES
  (14244, 'June 2026'),
  (16884, 'November 2025'),
  (17002, 'November 2026');

INSERT INTO Centre (CentreId, CentreName) VALUES
  ('04200', 'St Mary''s College'),
  ('04201', 'Lycée François-Xavier'),
  ('1126', 'Colegio São Bento'),
  ('1127', 'Gymnázium Žilina'),
  ('1128', 'مدرسة النور'),
  ('1129', 'Διεθνές Σχολείο «Αθηνά»'),
  ('1130', 'Школа № 7'),
  ('1131', '𠮷田国際学校'),
  ('1132', 'O''Neill''s "Open" School'),
  ('1133', 'โรงเรียนนานาชาติดอกบัว'),
  ('1134', 'Trường Quốc tế Hoa Sen'),
  ('1135', 'Þórshöfn Skóli'),
  ('1136', 'אקדמיית הגליל'),
  ('GB412', 'Holmwood School'),
  ('GB413', 'Trinity & All Saints'' College');

CREATE TEMP TABLE Place (n INTEGER PRIMARY KEY, PlaceName TEXT);
INSERT INTO Place VALUES
  (1, 'Alto Mirante'), (2, 'Bela Vista'), (3, 'Costa Serena'), (4, 'Dar al Bahr'), (5, 'Enkara'),
  (6, 'Fjordby'), (7, 'Golden Bay'), (8, 'Harbour View'), (9, 'Isla Verde'), (10, 'Jacaranda'),
  (11, 'Kestrel Ridge'), (12, 'Lagoa Azul'), (13, 'Monte Claro');

INSERT INTO Centre
WITH
Series (Code, First, Centres) AS (VALUES ('%d', 1126, 80), ('%05d', 4200, 10), ('GB%03d', 412, 10)),
NumberedCentre AS (
  SELECT printf(Code, First + n - 1) AS CentreId, n
  FROM Series
  JOIN Number ON n <= Centres
)
SELECT
  c.CentreId,
  p.PlaceName || CASE c.n % 4
    WHEN 0 THEN ' School' WHEN 1 THEN ' Academy' WHEN 2 THEN ' College'
    ELSE ' International School'
  END
FROM NumberedCentre AS c
JOIN Place AS p ON p.n = 1 + c.n % 13
WHERE c.CentreId NOT IN (SELECT CentreId FROM Centre);

-- Qualifications: 60 at IGCSE, and 100 at AS & A Level, where the subjects begin again.

CREATE TEMP TABLE Subject (n INTEGER PRIMARY KEY, SubjectName TEXT);
INSERT INTO Subject VALUES
  (1, 'Art and Design'), (2, 'Photography'), (3, 'Music'), (4, 'Drama'), (5, 'Dance'),
  (6, 'World Literature'), (7, 'Sanskrit'), (8, 'Latin'), (9, 'Classical Studies'),
  (10, 'Design and Technology'), (11, 'Business Studies'), (12, 'Economics'), (13, 'Geography'),
  (14, 'Accounting'), (15, 'History'), (16, 'Literature in English'), (17, 'Travel and Tourism'),
  (18, 'Enterprise'), (19, 'Religious Studies'), (20, 'Sociology'), (21, 'First Language English'),
  (22, 'First Language Spanish'), (23, 'English as a Second Language'), (24, 'Arabic'),
  (25, 'French'), (26, 'German'), (27, 'Spanish'), (28, 'Italian'), (29, 'Portuguese'),
  (30, 'Indonesian'), (31, 'Malay'), (32, 'Chinese'), (33, 'Japanese'), (34, 'Korean'),
  (35, 'Hindi'), (36, 'Urdu'), (37, 'Mathematics'), (38, 'Statistics'),
  (39, 'Additional Mathematics'), (40, 'Further Mathematics'), (41, 'Agriculture'),
  (42, 'Combined Science'), (43, 'Biology'), (44, 'Marine Science'), (45, 'Chemistry'),
  (46, 'Physics'), (47, 'Physical Science'), (48, 'Environmental Management'),
  (49, 'Computer Science'), (50, 'Information Technology'), (51, 'Food and Nutrition'),
  (52, 'Fashion and Textiles'), (53, 'Law'), (54, 'Psychology'), (55, 'Media Studies'),
  (56, 'Thinking Skills'), (57, 'Islamic Studies'), (58, 'Hinduism'), (59, 'Physical Education'),
  (60, 'Development Studies');

INSERT INTO Qualification
WITH Level (Code, First, Step, Length, LevelName) AS (
  VALUES
    ('%04d', 400, 5, 60, 'Cambridge IGCSE '),
    ('%04d', 9200, 3, 100, 'Cambridge International AS & A Level ')
)
SELECT printf(Code, First + Step * (Number.n - 1)), LevelName || SubjectName
FROM Level
JOIN Number ON Number.n <= Length
JOIN Subject AS s ON s.n = 1 + (Number.n - 1) % 60;

UPDATE Qualification
SET QualificationName = 'Cambridge International AS & A Level Global Perspectives and Research'
WHERE AssessmentCode = '9239';

-- Dates. In the `Mixed` session some qualifications stay behind: no date is decided where EPS has
-- no results, and for some of release none; where EPS has an embargo the dates are later ones; and
-- where it withholds the results the embargo goes on. In the `Pending` session the dates are being
-- decided.

INSERT INTO ResultDate
WITH
Series (SessionId, Code, First, Step, Length, State, Issue, Release) AS (
  VALUES
    (14244, '%04d', 400, 5, 60, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    (14244, '%04d', 9200, 3, 100, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    (16884, '%04d', 400, 5, 50, 'Issued', '2026-01-13T06:00:00Z', '2026-01-15T06:00:00Z'),
    (16884, '%04d', 9200, 3, 100, 'Issued', '2026-01-13T06:00:00Z', '2026-01-15T06:00:00Z'),
    (17002, '%04d', 400, 5, 60, 'Pending', '2027-01-12T06:00:00Z', '2027-01-14T06:00:00Z')
),
Stage AS (
  SELECT
    *,
    printf(Code, First + Step * (n - 1)) AS AssessmentCode,
    CASE
      WHEN (State = 'Mixed' AND n % 25 = 7) OR (State = 'Pending' AND n % 4 = 1) THEN 'Undecided'
      WHEN State = 'Mixed' AND n % 25 = 13 THEN 'Late'
      WHEN (State = 'Mixed' AND n % 50 = 19) OR State = 'Pending' THEN 'Embargoed'
      ELSE 'Issued'
    END AS Stage,
    (State = 'Mixed' AND n % 10 = 4) OR (State = 'Pending' AND n % 4 = 2) AS IsIssueOnly
  FROM Series
  JOIN Number ON n <= Length
)
SELECT
  SessionId,
  AssessmentCode,
  CASE Stage WHEN 'Undecided' THEN NULL WHEN 'Late' THEN '2027-03-02T06:00:00Z' ELSE Issue END,
  CASE
    WHEN Stage = 'Undecided' OR IsIssueOnly THEN NULL
    WHEN Stage = 'Late' THEN '2027-03-04T06:00:00Z'
    ELSE Release
  END,
  Stage <> 'Issued'
FROM Stage;

-- Entries, drawn as those of EPS are: three or four qualifications a candidate. EPS has those of
-- the first ten centres of each series.

CREATE TEMP TABLE NumberedAssessment (
  SessionId, n, AssessmentCode,
  PRIMARY KEY (SessionId, n)
) WITHOUT ROWID;
INSERT INTO NumberedAssessment
SELECT
  SessionId,
  row_number() OVER (PARTITION BY SessionId ORDER BY AssessmentCode),
  AssessmentCode
FROM ResultDate;

INSERT INTO CentreEntry
WITH
Series (SessionId, Assessments, Code, First, Centres, Candidates, Choices) AS (
  VALUES
    (14244, 160, '%05d', 4200, 10, 15, 4),
    (14244, 160, 'GB%03d', 412, 10, 15, 4),
    (16884, 150, '%d', 1126, 80, 10, 3),
    (17002, 60, 'GB%03d', 412, 10, 10, 3)
),
Choice AS (
  SELECT
    s.SessionId,
    printf(s.Code, s.First + centre.n - 1) AS CentreId,
    1 + (7 * centre.n + 13 * candidate.n + 31 * choice.n) % s.Assessments AS n
  FROM Series AS s
  JOIN Number AS centre ON centre.n <= s.Centres
  JOIN Number AS candidate ON candidate.n <= s.Candidates
  JOIN Number AS choice ON choice.n <= s.Choices
)
SELECT c.SessionId, c.CentreId, a.AssessmentCode
FROM Choice AS c
JOIN NumberedAssessment AS a USING (SessionId, n)
UNION
VALUES
  (14244, '04200', '0430'),
  (14244, '04200', '0460'),
  (14244, '04200', '0490'),
  (14244, '04200', '0500'),
  (14244, 'GB412', '0500'),
  (14244, 'GB413', '0500');

INSERT INTO EmbargoException (SessionId, CentreId, AssessmentCode, LiftedDateTime) VALUES
  (14244, 'GB412', '0500', NULL),
  (14244, 'GB413', '0500', '2026-08-27T09:00:00Z');

-- A centre that is being looked into sees none of its results, another one had to wait for all of
-- them, and a third one still does for some.

INSERT INTO EmbargoException
SELECT
  SessionId,
  CentreId,
  AssessmentCode,
  CASE WHEN CentreId = '1137' THEN '2026-01-20T09:00:00Z' END
FROM CentreEntry
WHERE SessionId = 16884
  AND (CentreId IN ('1136', '1137') OR (CentreId = '1138' AND AssessmentCode < '1000'));

DROP TABLE NumberedAssessment;
DROP TABLE Subject;
DROP TABLE Place;
DROP TABLE Number;
