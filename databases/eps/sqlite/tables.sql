-- EPS, the entries-and-results processing system, as far as results are asked about.
--
-- Codes are text, leading zeros kept. Dates and times are ISO 8601 text in UTC, to the second.
-- What candidates achieved is not here, only how far their results have come.
--
-- Every table is stored in the order of its primary key (WITHOUT ROWID). The keys begin with what
-- the procedures look by and hold the order in which they answer, so that each procedure reads one
-- stretch of each table and sorts nothing.

CREATE TABLE Session (
  BusinessStreamId TEXT    NOT NULL CHECK (BusinessStreamId GLOB '[0-9][0-9]'),
  SessionId        INTEGER NOT NULL CHECK (SessionId BETWEEN 0 AND 2147483647),
  SessionName      TEXT    NOT NULL,
  PRIMARY KEY (BusinessStreamId, SessionId)
) STRICT, WITHOUT ROWID;

-- A syllabus or unit that is examined in a session, and how far its results have come:
-- PENDING until there are any, then EMBARGOED until centres may see them, then ISSUED to centres
-- and later released to candidates; WITHHELD when all of them are kept back.
CREATE TABLE SessionAssessment (
  BusinessStreamId TEXT    NOT NULL,
  SessionId        INTEGER NOT NULL,
  AssessmentCode   TEXT    NOT NULL
    CHECK (length(AssessmentCode) BETWEEN 3 AND 10 AND AssessmentCode NOT GLOB '*[^A-Z0-9]*'),
  ResultStatus     TEXT    NOT NULL
    CHECK (ResultStatus IN ('ISSUED', 'EMBARGOED', 'PENDING', 'WITHHELD')),
  IssuedDateTime   TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', IssuedDateTime) = IssuedDateTime),
  ReleasedDateTime TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', ReleasedDateTime) = ReleasedDateTime),
  PRIMARY KEY (BusinessStreamId, SessionId, AssessmentCode),
  FOREIGN KEY (BusinessStreamId, SessionId) REFERENCES Session,
  CHECK ((ResultStatus = 'ISSUED') = (IssuedDateTime IS NOT NULL)),
  CHECK (ReleasedDateTime IS NULL OR IssuedDateTime IS NOT NULL),
  CHECK (ReleasedDateTime >= IssuedDateTime)
) STRICT, WITHOUT ROWID;

-- A paper of an assessment.
CREATE TABLE Component (
  BusinessStreamId TEXT    NOT NULL,
  SessionId        INTEGER NOT NULL,
  AssessmentCode   TEXT    NOT NULL,
  ComponentId      TEXT    NOT NULL
    CHECK (length(ComponentId) BETWEEN 1 AND 3 AND ComponentId NOT GLOB '*[^A-Z0-9]*'),
  PRIMARY KEY (BusinessStreamId, SessionId, AssessmentCode, ComponentId),
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode) REFERENCES SessionAssessment
) STRICT, WITHOUT ROWID;

-- A candidate of a centre who takes an assessment, and with it all its components.
CREATE TABLE Entry (
  BusinessStreamId TEXT    NOT NULL,
  SessionId        INTEGER NOT NULL,
  CentreId         TEXT    NOT NULL
    CHECK (length(CentreId) BETWEEN 1 AND 5 AND CentreId NOT GLOB '*[^A-Z0-9]*'),
  CandidateNumber  TEXT    NOT NULL CHECK (CandidateNumber GLOB '[0-9][0-9][0-9][0-9]'),
  AssessmentCode   TEXT    NOT NULL,
  -- this candidate's result is kept back, as in a case of malpractice
  IsWithheld       INTEGER NOT NULL DEFAULT 0 CHECK (IsWithheld IN (0, 1)),
  PRIMARY KEY (BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode),
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode) REFERENCES SessionAssessment
) STRICT, WITHOUT ROWID;

-- A centre that may not see the results of an assessment when the other centres may. It may once
-- the exception is lifted, and then they count as issued to it at that moment.
CREATE TABLE EmbargoException (
  BusinessStreamId TEXT    NOT NULL,
  SessionId        INTEGER NOT NULL,
  CentreId         TEXT    NOT NULL,
  AssessmentCode   TEXT    NOT NULL,
  LiftedDateTime   TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', LiftedDateTime) = LiftedDateTime),
  PRIMARY KEY (BusinessStreamId, SessionId, CentreId, AssessmentCode),
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode) REFERENCES SessionAssessment
) STRICT, WITHOUT ROWID;

-- A post-results service that a centre asked for: 1 clerical re-check, 2 review of marking, 2P the
-- same with priority, 3 review of moderation; an S adds a copy of the script.
CREATE TABLE ResultEnquiry (
  EnquiryId         INTEGER NOT NULL UNIQUE CHECK (EnquiryId BETWEEN 1 AND 2147483647),
  BusinessStreamId  TEXT    NOT NULL,
  SessionId         INTEGER NOT NULL,
  CentreId          TEXT    NOT NULL,
  CandidateNumber   TEXT    NOT NULL,
  AssessmentCode    TEXT    NOT NULL,
  ComponentId       TEXT    NOT NULL,
  ServiceType       TEXT    NOT NULL
    CHECK (ServiceType IN ('1', '1S', '2', '2S', '2P', '2PS', '3')),
  Status            TEXT    NOT NULL
    CHECK (Status IN ('RECEIVED', 'IN_PROGRESS', 'COMPLETED', 'WITHDRAWN')),
  RequestedDateTime TEXT    NOT NULL
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', RequestedDateTime) = RequestedDateTime),
  CompletedDateTime TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', CompletedDateTime) = CompletedDateTime),
  Outcome           TEXT
    CHECK (Outcome IN ('NO_CHANGE', 'MARK_CHANGED', 'GRADE_RAISED', 'GRADE_LOWERED')),
  PRIMARY KEY (
    BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode, ComponentId,
    RequestedDateTime, EnquiryId
  ),
  FOREIGN KEY (BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode)
    REFERENCES Entry,
  FOREIGN KEY (BusinessStreamId, SessionId, AssessmentCode, ComponentId) REFERENCES Component,
  CHECK ((Status = 'COMPLETED') = (CompletedDateTime IS NOT NULL)),
  CHECK ((Status = 'COMPLETED') = (Outcome IS NOT NULL)),
  CHECK (CompletedDateTime >= RequestedDateTime)
) STRICT, WITHOUT ROWID;

-- Where a candidate's result stands. It follows from the assessment, the candidate and the centre,
-- and is stored nowhere, so that it cannot contradict them: what the assessment has not reached no
-- candidate has, and what is withheld stays so whatever the embargo.
CREATE VIEW CandidateResult AS
SELECT
  BusinessStreamId,
  SessionId,
  CentreId,
  CandidateNumber,
  AssessmentCode,
  ResultStatus,
  CASE ResultStatus
    WHEN 'ISSUED' THEN max(IssuedDateTime, coalesce(LiftedDateTime, IssuedDateTime))
  END AS IssuedDateTime
FROM (
  SELECT
    e.*,
    a.IssuedDateTime,
    x.LiftedDateTime,
    CASE
      WHEN a.ResultStatus IN ('PENDING', 'WITHHELD') THEN a.ResultStatus
      WHEN e.IsWithheld THEN 'WITHHELD'
      WHEN x.CentreId IS NOT NULL AND x.LiftedDateTime IS NULL THEN 'EMBARGOED'
      ELSE a.ResultStatus
    END AS ResultStatus
  FROM Entry AS e
  JOIN SessionAssessment AS a USING (BusinessStreamId, SessionId, AssessmentCode)
  LEFT JOIN EmbargoException AS x USING (BusinessStreamId, SessionId, CentreId, AssessmentCode)
);
