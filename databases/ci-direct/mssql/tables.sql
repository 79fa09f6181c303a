-- CI Direct, where Cambridge International deals with its centres: business stream 02 alone, as far
-- as it knows when results go to centres and candidates, and from which centre they are kept.
--
-- Tables are made where they are missing, and otherwise left as they are.
--
-- Codes are text, leading zeros kept, of A-Z and 0-9 alone. Among these their collation agrees with
-- their bytes on what is equal and what comes first. It is not a binary one, because a foreign key
-- that has one does not work on every server of this language.
--
-- Dates and times are in UTC, to the second.
--
-- Every table is stored in the order of its primary key, as a clustered index. The key of
-- CentreEntry begins with what the procedures look by and holds the order in which they answer.

IF OBJECT_ID(N'dbo.Session', N'U') IS NULL
CREATE TABLE dbo.Session (
  SessionId   int NOT NULL CHECK (SessionId >= 0),
  SessionName nvarchar(50) NOT NULL CHECK (LEN(SessionName) >= 1),
  PRIMARY KEY (SessionId)
);
GO

-- A school, under the name that it goes by, in its own script.
IF OBJECT_ID(N'dbo.Centre', N'U') IS NULL
CREATE TABLE dbo.Centre (
  CentreId   nvarchar(5) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (LEN(CentreId) >= 1 AND CentreId COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'),
  CentreName nvarchar(100) NOT NULL CHECK (LEN(CentreName) >= 1),
  PRIMARY KEY (CentreId)
);
GO

-- A qualification, by the code of its syllabus.
IF OBJECT_ID(N'dbo.Qualification', N'U') IS NULL
CREATE TABLE dbo.Qualification (
  AssessmentCode    nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(AssessmentCode) >= 3
      AND AssessmentCode COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  QualificationName nvarchar(100) NOT NULL CHECK (LEN(QualificationName) >= 1),
  PRIMARY KEY (AssessmentCode)
);
GO

-- When the results of a qualification go to centres (issue) and to candidates (release), in a
-- session. A date is null until it is decided. The embargo ends when results are issued, not by the
-- clock: it may outlast the date.
IF OBJECT_ID(N'dbo.ResultDate', N'U') IS NULL
CREATE TABLE dbo.ResultDate (
  SessionId       int NOT NULL REFERENCES dbo.Session (SessionId),
  AssessmentCode  nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL
    REFERENCES dbo.Qualification (AssessmentCode),
  IssueDateTime   datetime2(0) NULL,
  ReleaseDateTime datetime2(0) NULL,
  IsEmbargoed     bit NOT NULL,
  PRIMARY KEY (SessionId, AssessmentCode),
  CHECK (IsEmbargoed = 1 OR IssueDateTime IS NOT NULL),
  CHECK (IssueDateTime IS NOT NULL OR ReleaseDateTime IS NULL),
  CHECK (ReleaseDateTime >= IssueDateTime)
);
GO

-- A centre with candidates for a qualification.
IF OBJECT_ID(N'dbo.CentreEntry', N'U') IS NULL
CREATE TABLE dbo.CentreEntry (
  SessionId      int NOT NULL,
  CentreId       nvarchar(5) COLLATE Latin1_General_CI_AS NOT NULL REFERENCES dbo.Centre (CentreId),
  AssessmentCode nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL,
  PRIMARY KEY (SessionId, CentreId, AssessmentCode),
  FOREIGN KEY (SessionId, AssessmentCode) REFERENCES dbo.ResultDate (SessionId, AssessmentCode)
);
GO

-- A centre that may not see the results of a qualification when the other centres may. It may once
-- the exception is lifted.
IF OBJECT_ID(N'dbo.EmbargoException', N'U') IS NULL
CREATE TABLE dbo.EmbargoException (
  SessionId      int NOT NULL,
  CentreId       nvarchar(5) COLLATE Latin1_General_CI_AS NOT NULL,
  AssessmentCode nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL,
  LiftedDateTime datetime2(0) NULL,
  PRIMARY KEY (SessionId, CentreId, AssessmentCode),
  FOREIGN KEY (SessionId, CentreId, AssessmentCode)
    REFERENCES dbo.CentreEntry (SessionId, CentreId, AssessmentCode)
);
GO

DROP VIEW IF EXISTS dbo.NamedCentreResultDate;
DROP VIEW IF EXISTS dbo.CentreResultDate;
GO

-- When the results of a qualification go to a centre and to its candidates, and whether an embargo
-- keeps them from it for now: the qualification's own, or an exception that is not lifted yet. One
-- that was lifted later than the others had their results put the dates off for this centre.
CREATE VIEW dbo.CentreResultDate AS
SELECT
  e.SessionId,
  e.CentreId,
  e.AssessmentCode,
  CASE
    WHEN x.LiftedDateTime > d.IssueDateTime THEN x.LiftedDateTime
    ELSE d.IssueDateTime
  END AS IssueDateTime,
  CASE
    WHEN x.LiftedDateTime > d.ReleaseDateTime THEN x.LiftedDateTime
    ELSE d.ReleaseDateTime
  END AS ReleaseDateTime,
  CASE
    WHEN x.CentreId IS NOT NULL AND x.LiftedDateTime IS NULL THEN CAST(1 AS bit)
    ELSE d.IsEmbargoed
  END AS Embargoed
FROM dbo.CentreEntry AS e
JOIN dbo.ResultDate AS d
  ON d.SessionId = e.SessionId AND d.AssessmentCode = e.AssessmentCode
LEFT JOIN dbo.EmbargoException AS x
  ON x.SessionId = e.SessionId
  AND x.CentreId = e.CentreId
  AND x.AssessmentCode = e.AssessmentCode;
GO

-- The same, with the names that people know.
CREATE VIEW dbo.NamedCentreResultDate AS
SELECT
  N'02' AS BusinessStreamId,
  r.SessionId,
  r.CentreId,
  c.CentreName,
  q.QualificationName,
  r.AssessmentCode,
  r.IssueDateTime,
  r.ReleaseDateTime,
  r.Embargoed
FROM dbo.CentreResultDate AS r
JOIN dbo.Centre AS c ON c.CentreId = r.CentreId
JOIN dbo.Qualification AS q ON q.AssessmentCode = r.AssessmentCode;
GO
