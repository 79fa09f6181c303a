-- LIBS, the library of question papers. It was put together from two, OCR's and Cambridge
-- International's (CI's), and each keeps its papers in its own words; a view of each gives both the
-- same columns.
--
-- Codes are text, leading zeros kept.
--
-- Every table is stored in the order of its primary key (WITHOUT ROWID). The keys of the papers
-- begin with what the procedures look by and hold the order in which they answer, so that each
-- procedure reads one stretch of its papers and sorts nothing.

-- A paper of OCR, for a unit or qualification.
CREATE TABLE OcrPaper (
  SessionId   INTEGER NOT NULL CHECK (SessionId BETWEEN 0 AND 2147483647),
  UnitCode    TEXT    NOT NULL
    CHECK (length(UnitCode) BETWEEN 3 AND 10 AND UnitCode NOT GLOB '*[^A-Z0-9]*'),
  UnitVersion TEXT    NOT NULL
    CHECK (length(UnitVersion) BETWEEN 1 AND 3 AND UnitVersion NOT GLOB '*[^A-Z0-9]*'),
  ComponentId TEXT    NOT NULL
    CHECK (length(ComponentId) BETWEEN 1 AND 3 AND ComponentId NOT GLOB '*[^A-Z0-9]*'),
  -- as it stands on the paper's cover
  PaperCode   TEXT    NOT NULL UNIQUE CHECK (length(PaperCode) BETWEEN 1 AND 30),
  PaperTitle  TEXT    NOT NULL CHECK (length(PaperTitle) BETWEEN 1 AND 200),
  Minutes     INTEGER NOT NULL CHECK (Minutes BETWEEN 1 AND 600),
  PRIMARY KEY (SessionId, UnitCode, UnitVersion, ComponentId, PaperCode)
) STRICT, WITHOUT ROWID;

-- A syllabus of CI.
CREATE TABLE Syllabus (
  SyllabusCode TEXT NOT NULL
    CHECK (length(SyllabusCode) BETWEEN 3 AND 10 AND SyllabusCode NOT GLOB '*[^A-Z0-9]*'),
  SyllabusName TEXT NOT NULL CHECK (length(SyllabusName) BETWEEN 1 AND 100),
  PRIMARY KEY (SyllabusCode)
) STRICT, WITHOUT ROWID;

-- A paper of CI, which is named after its syllabus, and lasts hours and minutes.
CREATE TABLE CiPaper (
  SessionId       INTEGER NOT NULL CHECK (SessionId BETWEEN 0 AND 2147483647),
  SyllabusCode    TEXT    NOT NULL REFERENCES Syllabus,
  SyllabusVersion TEXT    NOT NULL
    CHECK (length(SyllabusVersion) BETWEEN 1 AND 3 AND SyllabusVersion NOT GLOB '*[^A-Z0-9]*'),
  ComponentId     TEXT    NOT NULL
    CHECK (length(ComponentId) BETWEEN 1 AND 3 AND ComponentId NOT GLOB '*[^A-Z0-9]*'),
  Identifier      TEXT    NOT NULL UNIQUE CHECK (length(Identifier) BETWEEN 1 AND 30),
  PaperName       TEXT    NOT NULL CHECK (length(PaperName) BETWEEN 1 AND 90),
  Hours           INTEGER NOT NULL CHECK (Hours BETWEEN 0 AND 9),
  Minutes         INTEGER NOT NULL CHECK (Minutes BETWEEN 0 AND 59),
  PRIMARY KEY (SessionId, SyllabusCode, SyllabusVersion, ComponentId, Identifier),
  CHECK (Hours + Minutes > 0)
) STRICT, WITHOUT ROWID;

CREATE VIEW OcrQuestionPaper AS
SELECT
  '01' AS BusinessStreamId,
  SessionId,
  UnitCode AS AssessmentCode,
  UnitVersion AS AssessmentVersion,
  ComponentId,
  PaperCode AS QpIdentifier,
  PaperTitle AS Title,
  Minutes AS Duration
FROM OcrPaper;

CREATE VIEW CiQuestionPaper AS
SELECT
  '02' AS BusinessStreamId,
  p.SessionId,
  p.SyllabusCode AS AssessmentCode,
  p.SyllabusVersion AS AssessmentVersion,
  p.ComponentId,
  p.Identifier AS QpIdentifier,
  s.SyllabusName || ', ' || p.PaperName AS Title,
  60 * p.Hours + p.Minutes AS Duration
FROM CiPaper AS p
JOIN Syllabus AS s USING (SyllabusCode);
