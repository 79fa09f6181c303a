-- Invented data to run and to test with. It is the same every time it is made: no chance, no clock.
-- Assessments and components are those of EPS in the sessions that it knows, and the subjects are
-- those of Interchange and CI Direct.
--
-- Keys to try. Business stream / session / assessment / version / component:
--
--   02 / 19722 / 9239 / 4 / 03     one: 9239-03-4-S26
--   02 / 19722 / 9239 / 4          four, one of them an insert
--   02 / 19722 / 9239 / - / 03     two, one of each version
--   02 / 19722 / 9239              eight
--   02 / 19722 / 0500              2160, more than the largest page
--   02 / 14244 / 0580              four, one of them an insert
--   01 / 3269  / H402              three
--   01 / 3269  / H404              six, three of them in large print
--   01 / 3269  / H405              four, two of each version
--   01 / 3301  / J340              four, two of each version, half of them in large print
--   01 / 19722 / 9239              none: it is no assessment of OCR
--   02 / 19722 / 9239 / 4 / 3      none: a component's id is the whole of it
--
-- In a series of generated rows `n` counts from 1.

CREATE TEMP TABLE Number (n INTEGER PRIMARY KEY);
INSERT INTO Number
WITH RECURSIVE Counting (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM Counting WHERE n < 350)
SELECT n FROM Counting;

-- OCR's papers. The number of a unit tells the subject, ten numbers a subject, as in Interchange.

CREATE TEMP TABLE OcrSubject (n INTEGER PRIMARY KEY, SubjectName TEXT);
INSERT INTO OcrSubject VALUES
  (1, 'Mathematics'), (2, 'Further Mathematics'), (3, 'Biology'), (4, 'Chemistry'), (5, 'Physics'),
  (6, 'Computer Science'), (7, 'Design and Technology'), (8, 'Geography'), (9, 'Geology'),
  (10, 'History'), (11, 'Ancient History'), (12, 'Classical Civilisation'), (13, 'Classical Greek'),
  (14, 'Latin'), (15, 'English Language'), (16, 'English Literature'), (17, 'Film Studies'),
  (18, 'Media Studies'), (19, 'Drama and Theatre'), (20, 'Music'), (21, 'Art and Design'),
  (22, 'Business'), (23, 'Economics'), (24, 'Law'), (25, 'Psychology'), (26, 'Sociology'),
  (27, 'Religious Studies'), (28, 'Physical Education'), (29, 'Politics'), (30, 'French'),
  (31, 'German'), (32, 'Spanish'), (33, 'Persian'), (34, 'Portuguese'), (35, 'Turkish');

-- Some units are examined in two versions, for some there are papers in large print, and units of
-- the large session have one component.

INSERT INTO OcrPaper
WITH
Series (SessionId, Letter, First, Length, SeriesName) AS (
  VALUES
    (3269, 'H', 401, 120, 'JUN25'),
    (3301, 'H', 1, 350, 'JUN26'),
    (3301, 'J', 1, 350, 'JUN26')
),
Unit AS (
  SELECT
    SessionId,
    printf('%s%03d', Letter, First + n - 1) AS UnitCode,
    1 + (First + n - 2) / 10 % 35 AS Subject,
    SeriesName,
    n
  FROM Series
  JOIN Number ON n <= Length
),
Form (FormId, FormName) AS (VALUES ('', ''), ('-LP', ' (large print)'))
SELECT
  u.SessionId,
  u.UnitCode,
  version.n,
  printf('%02d', component.n),
  printf('%s/%02d-%s-%d%s', u.UnitCode, component.n, u.SeriesName, version.n, FormId),
  printf('%s, Component %02d%s', s.SubjectName, component.n, FormName),
  60 + 15 * ((u.n + component.n) % 5)
FROM Unit AS u
JOIN OcrSubject AS s ON s.n = u.Subject
JOIN Number AS version ON version.n <= CASE WHEN u.n % 5 = 0 THEN 2 ELSE 1 END
JOIN Number AS component ON component.n <= CASE
  WHEN u.SessionId = 3301 THEN 1
  WHEN u.UnitCode GLOB '*5' THEN 2
  ELSE 3
END
JOIN Form ON FormId = '' OR u.n % 4 = 0;

-- CI's papers. Its syllabuses have the subjects that they have in CI Direct.

CREATE TEMP TABLE CiSubject (n INTEGER PRIMARY KEY, SubjectName TEXT);
INSERT INTO CiSubject VALUES
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

INSERT INTO Syllabus
WITH Level (First, Step, Length) AS (VALUES (400, 5, 60), (9200, 3, 100))
SELECT printf('%04d', First + Step * (Number.n - 1)), SubjectName
FROM Level
JOIN Number ON Number.n <= Length
JOIN CiSubject AS s ON s.n = 1 + (Number.n - 1) % 60;

UPDATE Syllabus
SET SyllabusName = 'Global Perspectives and Research'
WHERE SyllabusCode = '9239';

-- Versions First to Last of each syllabus, two or three components of each version, and an insert
-- to go with the first. One syllabus has everything in six forms, for the sake of a long list.

INSERT INTO CiPaper
WITH
NumberedSyllabus AS (
  SELECT SyllabusCode, row_number() OVER (ORDER BY SyllabusCode) AS Nth
  FROM Syllabus
),
Series (SessionId, SeriesName, FirstSyllabus, LastSyllabus, FirstVersion, LastVersion) AS (
  VALUES
    (14244, 'S26', '0400', '9497', 2, 2),
    (16884, 'W25', '0400', '0645', 2, 2),
    (16884, 'W25', '9200', '9497', 2, 2),
    (19722, 'S26', '0400', '0495', 3, 4),
    (19722, 'S26', '0500', '0500', 3, 14),
    (19722, 'S26', '0505', '9497', 3, 4)
),
Form (FormId, FormName, IsUsual) AS (
  VALUES
    ('', '', 1), ('-IN', ' Insert', 1), ('-LP', ' Large Print', 0), ('-BR', ' Braille', 0),
    ('-RC', ' Reader''s Copy', 0), ('-CP', ' Coloured Paper', 0)
),
Paper AS (
  SELECT
    s.*,
    y.SyllabusCode,
    version.n AS SyllabusVersion,
    component.n AS ComponentNumber,
    FormId,
    FormName,
    45 + 15 * ((y.Nth + 2 * component.n + 3) % 8) AS Duration
  FROM Series AS s
  JOIN NumberedSyllabus AS y ON y.SyllabusCode BETWEEN FirstSyllabus AND LastSyllabus
  JOIN Number AS version ON version.n BETWEEN FirstVersion AND LastVersion
  JOIN Number AS component ON component.n <= CASE
    WHEN LastVersion = 14 THEN 30
    WHEN y.SyllabusCode GLOB '*5' THEN 2
    ELSE 3
  END
  JOIN Form ON FormId = '' OR LastVersion = 14 OR (IsUsual AND component.n = 1)
)
SELECT
  SessionId,
  SyllabusCode,
  SyllabusVersion,
  printf('%02d', ComponentNumber),
  printf('%s-%02d-%d-%s%s', SyllabusCode, ComponentNumber, SyllabusVersion, SeriesName, FormId),
  printf('Paper %d%s', ComponentNumber, FormName),
  Duration / 60,
  Duration % 60
FROM Paper;

DROP TABLE CiSubject;
DROP TABLE OcrSubject;
DROP TABLE Number;
