-- LIBS, the library of question papers. It was put together from two, OCR's and Cambridge
-- International's (CI's), and each keeps its papers in its own words; a view of each gives both the
-- same columns.
--
-- Tables are made where they are missing, and otherwise left as they are.
--
-- Codes are text, leading zeros kept, of A-Z and 0-9 alone. Among these their collation agrees with
-- their bytes on what is equal and what comes first. It is not a binary one, because a foreign key
-- that has one does not work on every server of this language.
--
-- Every table is stored in the order of its primary key, as a clustered index. The keys of the
-- papers begin with what the procedures look by and hold the order in which they answer, so that
-- each procedure reads one stretch of its papers and sorts nothing.

-- A paper of OCR, for a unit or qualification. PaperCode is as it stands on the paper's cover.
IF OBJECT_ID(N'dbo.OcrPaper', N'U') IS NULL
CREATE TABLE dbo.OcrPaper (
  SessionId   int NOT NULL CHECK (SessionId >= 0),
  UnitCode    nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (LEN(UnitCode) >= 3 AND UnitCode COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'),
  UnitVersion nvarchar(3) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(UnitVersion) >= 1
      AND UnitVersion COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  ComponentId nvarchar(3) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(ComponentId) >= 1
      AND ComponentId COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  PaperCode   nvarchar(30) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE
    CHECK (LEN(PaperCode) >= 1),
  PaperTitle  nvarchar(200) NOT NULL CHECK (LEN(PaperTitle) >= 1),
  Minutes     int NOT NULL CHECK (Minutes BETWEEN 1 AND 600),
  PRIMARY KEY (SessionId, UnitCode, UnitVersion, ComponentId, PaperCode)
);
GO

-- A syllabus of CI.
IF OBJECT_ID(N'dbo.Syllabus', N'U') IS NULL
CREATE TABLE dbo.Syllabus (
  SyllabusCode nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(SyllabusCode) >= 3
      AND SyllabusCode COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  SyllabusName nvarchar(100) NOT NULL CHECK (LEN(SyllabusName) >= 1),
  PRIMARY KEY (SyllabusCode)
);
GO

-- A paper of CI, which is named after its syllabus, and lasts hours and minutes.
IF OBJECT_ID(N'dbo.CiPaper', N'U') IS NULL
CREATE TABLE dbo.CiPaper (
  SessionId       int NOT NULL CHECK (SessionId >= 0),
  SyllabusCode    nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL
    REFERENCES dbo.Syllabus (SyllabusCode),
  SyllabusVersion nvarchar(3) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(SyllabusVersion) >= 1
      AND SyllabusVersion COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  ComponentId     nvarchar(3) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(ComponentId) >= 1
      AND ComponentId COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  Identifier      nvarchar(30) COLLATE Latin1_General_BIN2 NOT NULL UNIQUE
    CHECK (LEN(Identifier) >= 1),
  PaperName       nvarchar(90) NOT NULL CHECK (LEN(PaperName) >= 1),
  Hours           int NOT NULL CHECK (Hours BETWEEN 0 AND 9),
  Minutes         int NOT NULL CHECK (Minutes BETWEEN 0 AND 59),
  PRIMARY KEY (SessionId, SyllabusCode, SyllabusVersion, ComponentId, Identifier),
  CHECK (Hours + Minutes > 0)
);
GO

DROP VIEW IF EXISTS dbo.OcrQuestionPaper;
GO

CREATE VIEW dbo.OcrQuestionPaper AS
SELECT
  N'01' AS BusinessStreamId,
  SessionId,
  UnitCode AS AssessmentCode,
  UnitVersion AS AssessmentVersion,
  ComponentId,
  PaperCode AS QpIdentifier,
  PaperTitle AS Title,
  Minutes AS Duration
FROM dbo.OcrPaper;
GO

DROP VIEW IF EXISTS dbo.CiQuestionPaper;
GO

CREATE VIEW dbo.CiQuestionPaper AS
SELECT
  N'02' AS BusinessStreamId,
  p.SessionId,
  p.SyllabusCode AS AssessmentCode,
  p.SyllabusVersion AS AssessmentVersion,
  p.ComponentId,
  p.Identifier AS QpIdentifier,
  s.SyllabusName + N', ' + p.PaperName AS Title,
  60 * p.Hours + p.Minutes AS Duration
FROM dbo.CiPaper AS p
JOIN dbo.Syllabus AS s ON s.SyllabusCode = p.SyllabusCode;
GO
