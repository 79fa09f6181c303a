-- CI Direct, where Cambridge International deals with its centres: business stream 02 alone, as far
-- as it knows when results go to centres and candidates, and from which centre they are kept.
--
-- Codes are text, leading zeros kept. Dates and times are ISO 8601 text in UTC, to the second.
--
-- Every table is stored in the order of its primary key (WITHOUT ROWID). The key of CentreEntry
-- begins with what the procedures look by and holds the order in which they answer, so that each
-- procedure reads one stretch of it and sorts nothing.

CREATE TABLE Session (
  SessionId   INTEGER NOT NULL CHECK (SessionId BETWEEN 0 AND 2147483647),
  SessionName TEXT    NOT NULL CHECK (length(SessionName) BETWEEN 1 AND 50),
  PRIMARY KEY (SessionId)
) STRICT, WITHOUT ROWID;

-- A school, under the name that it goes by, in its own script.
CREATE TABLE Centre (
  CentreId   TEXT NOT NULL
    CHECK (length(CentreId) BETWEEN 1 AND 5 AND CentreId NOT GLOB '*[^A-Z0-9]*'),
  CentreName TEXT NOT NULL CHECK (length(CentreName) BETWEEN 1 AND 100),
  PRIMARY KEY (CentreId)
) STRICT, WITHOUT ROWID;

-- A qualification, by the code of its syllabus.
CREATE TABLE Qualification (
  AssessmentCode    TEXT NOT NULL
    CHECK (length(AssessmentCode) BETWEEN 3 AND 10 AND AssessmentCode NOT GLOB '*[^A-Z0-9]*'),
  QualificationName TEXT NOT NULL CHECK (length(QualificationName) BETWEEN 1 AND 100),
  PRIMARY KEY (AssessmentCode)
) STRICT, WITHOUT ROWID;

-- When the results of a qualification go to centres (issue) and to candidates (release), in a
-- session. A date is null until it is decided. The embargo ends when results are issued, not by the
-- clock: it may outlast the date.
CREATE TABLE ResultDate (
  SessionId       INTEGER NOT NULL REFERENCES Session,
  AssessmentCode  TEXT    NOT NULL REFERENCES Qualification,
  IssueDateTime   TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', IssueDateTime) = IssueDateTime),
  ReleaseDateTime TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', ReleaseDateTime) = ReleaseDateTime),
  IsEmbargoed     INTEGER NOT NULL CHECK (IsEmbargoed IN (0, 1)),
  PRIMARY KEY (SessionId, AssessmentCode),
  CHECK (IsEmbargoed = 1 OR IssueDateTime IS NOT NULL),
  CHECK (IssueDateTime IS NOT NULL OR ReleaseDateTime IS NULL),
  CHECK (ReleaseDateTime >= IssueDateTime)
) STRICT, WITHOUT ROWID;

-- A centre with candidates for a qualification.
CREATE TABLE CentreEntry (
  SessionId      INTEGER NOT NULL,
  CentreId       TEXT    NOT NULL REFERENCES Centre,
  AssessmentCode TEXT    NOT NULL,
  PRIMARY KEY (SessionId, CentreId, AssessmentCode),
  FOREIGN KEY (SessionId, AssessmentCode) REFERENCES ResultDate
) STRICT, WITHOUT ROWID;

-- A centre that may not see the results of a qualification when the other centres may. It may once
-- the exception is lifted.
CREATE TABLE EmbargoException (
  SessionId      INTEGER NOT NULL,
  CentreId       TEXT    NOT NULL,
  AssessmentCode TEXT    NOT NULL,
  LiftedDateTime TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', LiftedDateTime) = LiftedDateTime),
  PRIMARY KEY (SessionId, CentreId, AssessmentCode),
  FOREIGN KEY (SessionId, CentreId, AssessmentCode) REFERENCES CentreEntry
) STRICT, WITHOUT ROWID;

-- When the results of a qualification go to a centre and to its candidates, and whether an embargo
-- keeps them from it for now: the qualification's own, or an exception that is not lifted yet. One
-- that was lifted later than the others had their results put the dates off for this centre.
CREATE VIEW CentreResultDate AS
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
    WHEN x.CentreId IS NOT NULL AND x.LiftedDateTime IS NULL THEN 1
    ELSE d.IsEmbargoed
  END AS Embargoed
FROM CentreEntry AS e
JOIN ResultDate AS d USING (SessionId, AssessmentCode)
LEFT JOIN EmbargoException AS x USING (SessionId, CentreId, AssessmentCode);
