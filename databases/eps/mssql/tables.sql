-- EPS, the entries-and-results processing system, as far as results are asked about.
--
-- Tables are made where they are missing, and otherwise left as they are.
--
-- Codes are text, leading zeros kept, of A-Z and 0-9 alone. Among these their collation agrees with
-- their bytes on what is equal and what comes first. It is not a binary one, because a foreign key
-- that has one does not work on every server of this language.
--
-- Dates and times are in UTC, to the second. What candidates achieved is not here, only how far
-- their results have come.
--
-- Every table is stored in the order of its primary key, as a clustered index. The keys begin with
-- what the procedures look by and hold the order in which they answer, so that each procedure reads
-- one stretch of each table and sorts nothing.

IF OBJECT_ID(N'dbo.Session', N'U') IS NULL
CREATE TABLE dbo.Session (
  BusinessStreamId nvarchar(2) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (BusinessStreamId COLLATE Latin1_General_BIN2 LIKE N'[0-9][0-9]'),
  SessionId        int NOT NULL CHECK (SessionId >= 0),
  SessionName      nvarchar(50) NOT NULL,
  PRIMARY KEY (BusinessStreamId, SessionId)
);
GO

-- A syllabus or unit that is examined in a session, and how far its results have come:
-- PENDING until there are any, then EMBARGOED until centres may see them, then ISSUED to centres
-- and later released to candidates; WITHHELD when all of them are kept back.
IF OBJECT_ID(N'dbo.SessionAssessment', N'U') IS NULL
CREATE TABLE dbo.SessionAssessment (
  BusinessStreamId nvarchar(2) COLLATE Latin1_General_CI_AS NOT NULL,
  SessionId        int NOT NULL,
  AssessmentCode   nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(AssessmentCode) >= 3
      AND AssessmentCode COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  ResultStatus     nvarchar(9) COLLATE Latin1_General_BIN2 NOT NULL
    CHECK (ResultStatus IN (N'ISSUED', N'EMBARGOED', N'PENDING', N'WITHHELD')),
  IssuedDateTime   datetime2(0) NULL,
  ReleasedDateTime datetime2(0) NULL,
  PRIMARY KEY (BusinessStreamId, SessionId, AssessmentCode),
  FOREIGN KEY (BusinessStreamId, SessionId) REFERENCES dbo.Session (BusinessStreamId, SessionId),
  CHECK (
    (ResultStatus = N'ISSUED' AND IssuedDateTime IS NOT NULL)
    OR (ResultStatus <> N'ISSUED' AND IssuedDateTime IS NULL)
  ),
  CHECK (ReleasedDateTime IS NULL OR IssuedDateTime IS NOT NULL),
  CHECK (ReleasedDateTime >= IssuedDateTime)
);
GO

-- A paper of an assessment.
IF OBJECT_ID(N'dbo.Component', N'U') IS NULL
CREATE TABLE dbo.Component (
  BusinessStreamId nvarchar(2) COLLATE Latin1_General_CI_AS NOT NULL,
  SessionId        int NOT NULL,
  AssessmentCode   nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL,
  ComponentId      nvarchar(3) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (
      LEN(ComponentId) >= 1
      AND ComponentId COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    ),
  PRIMARY KEY (BusinessStreamId, SessionId, AssessmentCode, ComponentId),
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode)
    REFERENCES dbo.SessionAssessment (BusinessStreamId, SessionId, AssessmentCode)
);
GO

-- A candidate of a centre who takes an assessment, and with it all its components. IsWithheld: this
-- candidate's result is kept back, as in a case of malpractice.
IF OBJECT_ID(N'dbo.Entry', N'U') IS NULL
CREATE TABLE dbo.Entry (
  BusinessStreamId nvarchar(2) COLLATE Latin1_General_CI_AS NOT NULL,
  SessionId        int NOT NULL,
  CentreId         nvarchar(5) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (LEN(CentreId) >= 1 AND CentreId COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'),
  CandidateNumber  nvarchar(4) COLLATE Latin1_General_CI_AS NOT NULL
    CHECK (CandidateNumber COLLATE Latin1_General_BIN2 LIKE N'[0-9][0-9][0-9][0-9]'),
  AssessmentCode   nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL,
  IsWithheld       bit NOT NULL DEFAULT 0,
  PRIMARY KEY (BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode),
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode)
    REFERENCES dbo.SessionAssessment (BusinessStreamId, SessionId, AssessmentCode)
);
GO

-- A centre that may not see the results of an assessment when the other centres may. It may once
-- the exception is lifted, and then they count as issued to it at that moment.
IF OBJECT_ID(N'dbo.EmbargoException', N'U') IS NULL
CREATE TABLE dbo.EmbargoException (
  BusinessStreamId nvarchar(2) COLLATE Latin1_General_CI_AS NOT NULL,
  SessionId        int NOT NULL,
  CentreId         nvarchar(5) COLLATE Latin1_General_CI_AS NOT NULL,
  AssessmentCode   nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL,
  LiftedDateTime   datetime2(0) NULL,
  PRIMARY KEY (BusinessStreamId, SessionId, CentreId, AssessmentCode),
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode)
    REFERENCES dbo.SessionAssessment (BusinessStreamId, SessionId, AssessmentCode)
);
GO

-- A post-results service that a centre asked for: 1 clerical re-check, 2 review of marking, 2P the
-- same with priority, 3 review of moderation; an S adds a copy of the script.
IF OBJECT_ID(N'dbo.ResultEnquiry', N'U') IS NULL
CREATE TABLE dbo.ResultEnquiry (
  EnquiryId         int NOT NULL UNIQUE CHECK (EnquiryId >= 1),
  BusinessStreamId  nvarchar(2) COLLATE Latin1_General_CI_AS NOT NULL,
  SessionId         int NOT NULL,
  CentreId          nvarchar(5) COLLATE Latin1_General_CI_AS NOT NULL,
  CandidateNumber   nvarchar(4) COLLATE Latin1_General_CI_AS NOT NULL,
  AssessmentCode    nvarchar(10) COLLATE Latin1_General_CI_AS NOT NULL,
  ComponentId       nvarchar(3) COLLATE Latin1_General_CI_AS NOT NULL,
  ServiceType       nvarchar(3) COLLATE Latin1_General_BIN2 NOT NULL
    CHECK (ServiceType IN (N'1', N'1S', N'2', N'2S', N'2P', N'2PS', N'3')),
  Status            nvarchar(11) COLLATE Latin1_General_BIN2 NOT NULL
    CHECK (Status IN (N'RECEIVED', N'IN_PROGRESS', N'COMPLETED', N'WITHDRAWN')),
  RequestedDateTime datetime2(0) NOT NULL,
  CompletedDateTime datetime2(0) NULL,
  Outcome           nvarchar(13) COLLATE Latin1_General_BIN2 NULL
    CHECK (Outcome IN (N'NO_CHANGE', N'MARK_CHANGED', N'GRADE_RAISED', N'GRADE_LOWERED')),
  PRIMARY KEY (
    BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode, ComponentId,
    RequestedDateTime, EnquiryId
  ),
  FOREIGN KEY (BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode)
    REFERENCES dbo.Entry (
      BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode
    ),
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode, ComponentId)
    REFERENCES dbo.Component (BusinessStreamId, SessionId, AssessmentCode, ComponentId),
  CHECK (
    (Status = N'COMPLETED' AND CompletedDateTime IS NOT NULL AND Outcome IS NOT NULL)
    OR (Status <> N'COMPLETED' AND CompletedDateTime IS NULL AND Outcome IS NULL)
  ),
  CHECK (CompletedDateTime >= RequestedDateTime)
);
GO

DROP VIEW IF EXISTS dbo.CandidateResult;
DROP VIEW IF EXISTS dbo.CandidateComponent;
GO

-- Where a candidate's result stands. It follows from the assessment, the candidate and the centre,
-- and is stored nowhere, so that it cannot contradict them: what the assessment has not reached no
-- candidate has, and what is withheld stays so whatever the embargo.
CREATE VIEW dbo.CandidateResult AS
SELECT
  stands.BusinessStreamId,
  stands.SessionId,
  stands.CentreId,
  stands.CandidateNumber,
  stands.AssessmentCode,
  stands.ResultStatus,
  CASE
    WHEN stands.ResultStatus <> N'ISSUED' THEN NULL
    WHEN stands.LiftedDateTime > stands.IssuedDateTime THEN stands.LiftedDateTime
    ELSE stands.IssuedDateTime
  END AS IssuedDateTime
FROM (
  SELECT
    e.BusinessStreamId,
    e.SessionId,
    e.CentreId,
    e.CandidateNumber,
    e.AssessmentCode,
    a.IssuedDateTime,
    x.LiftedDateTime,
    CASE
      WHEN a.ResultStatus IN (N'PENDING', N'WITHHELD') THEN a.ResultStatus
      WHEN e.IsWithheld = 1 THEN N'WITHHELD'
      WHEN x.CentreId IS NOT NULL AND x.LiftedDateTime IS NULL THEN N'EMBARGOED'
      ELSE a.ResultStatus
    END AS ResultStatus
  FROM dbo.Entry AS e
  JOIN dbo.SessionAssessment AS a
    ON a.BusinessStreamId = e.BusinessStreamId
    AND a.SessionId = e.SessionId
    AND a.AssessmentCode = e.AssessmentCode
  LEFT JOIN dbo.EmbargoException AS x
    ON x.BusinessStreamId = e.BusinessStreamId
    AND x.SessionId = e.SessionId
    AND x.CentreId = e.CentreId
    AND x.AssessmentCode = e.AssessmentCode
) AS stands;
GO

-- A component that a candidate takes, with its assessment.
CREATE VIEW dbo.CandidateComponent AS
SELECT
  e.BusinessStreamId,
  e.SessionId,
  e.CentreId,
  e.CandidateNumber,
  e.AssessmentCode,
  c.ComponentId
FROM dbo.Entry AS e
JOIN dbo.Component AS c
  ON c.BusinessStreamId = e.BusinessStreamId
  AND c.SessionId = e.SessionId
  AND c.AssessmentCode = e.AssessmentCode;
GO
