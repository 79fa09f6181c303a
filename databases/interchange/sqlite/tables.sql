-- Interchange, where OCR's centres exchange entries and results with it: business stream 01 alone,
-- as far as is told of what can be enquired about after results.
--
-- Codes are text, leading zeros kept. Dates and times are ISO 8601 text in UTC, to the second.
--
-- Every table is stored in the order of its primary key (WITHOUT ROWID). The key of CentreEntry
-- begins with what the procedure looks by and holds the order in which it answers, so that the
-- procedure reads one stretch of it and sorts no rows.

-- SESSION alone is a word of Oracle's own.
CREATE TABLE ExamSession (
  SessionId   INTEGER NOT NULL CHECK (SessionId BETWEEN 0 AND 2147483647),
  SessionName TEXT    NOT NULL CHECK (length(SessionName) BETWEEN 1 AND 50),
  PRIMARY KEY (SessionId)
) STRICT, WITHOUT ROWID;

-- A school or college, under the name that it goes by, in its own script.
CREATE TABLE Centre (
  CentreId   TEXT NOT NULL
    CHECK (length(CentreId) BETWEEN 1 AND 5 AND CentreId NOT GLOB '*[^A-Z0-9]*'),
  CentreName TEXT NOT NULL CHECK (length(CentreName) BETWEEN 1 AND 100),
  PRIMARY KEY (CentreId)
) STRICT, WITHOUT ROWID;

-- Qualifications whose results come out on one day, such as all GCSEs.
CREATE TABLE QualificationGroup (
  QualificationGroupId   INTEGER NOT NULL CHECK (QualificationGroupId BETWEEN 0 AND 2147483647),
  QualificationGroupName TEXT    NOT NULL,
  PRIMARY KEY (QualificationGroupId)
) STRICT, WITHOUT ROWID;

CREATE TABLE Qualification (
  QualificationId      INTEGER NOT NULL CHECK (QualificationId BETWEEN 1 AND 2147483647),
  QualificationGroupId INTEGER NOT NULL REFERENCES QualificationGroup,
  QualificationName    TEXT    NOT NULL CHECK (length(QualificationName) BETWEEN 1 AND 100),
  PRIMARY KEY (QualificationId),
  UNIQUE (QualificationGroupId, QualificationId)
) STRICT, WITHOUT ROWID;

-- An assessment of a qualification that is examined in a session, and when its results went to
-- centres (issued) and to candidates (released): null until they did. Enquiries are taken until
-- EnquiriesCloseDateTime; it is null until results are issued, and where none are taken at all.
CREATE TABLE SessionAssessment (
  SessionId              INTEGER NOT NULL REFERENCES ExamSession,
  AssessmentCode         TEXT    NOT NULL
    CHECK (length(AssessmentCode) BETWEEN 3 AND 10 AND AssessmentCode NOT GLOB '*[^A-Z0-9]*'),
  QualificationGroupId   INTEGER NOT NULL,
  QualificationId        INTEGER NOT NULL,
  IssuedDateTime         TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', IssuedDateTime) = IssuedDateTime),
  ReleasedDateTime       TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', ReleasedDateTime) = ReleasedDateTime),
  EnquiriesCloseDateTime TEXT
    CHECK (strftime('%Y-%m-%dT%H:%M:%SZ', EnquiriesCloseDateTime) = EnquiriesCloseDateTime),
  PRIMARY KEY (SessionId, AssessmentCode),
  UNIQUE (SessionId, QualificationGroupId, AssessmentCode),
  FOREIGN KEY (QualificationGroupId, QualificationId)
    REFERENCES Qualification (QualificationGroupId, QualificationId),
  CHECK (IssuedDateTime IS NOT NULL OR ReleasedDateTime IS NULL),
  CHECK (IssuedDateTime IS NOT NULL OR EnquiriesCloseDateTime IS NULL),
  CHECK (ReleasedDateTime >= IssuedDateTime),
  CHECK (EnquiriesCloseDateTime >= IssuedDateTime)
) STRICT, WITHOUT ROWID;

-- A paper of an assessment.
CREATE TABLE Component (
  SessionId      INTEGER NOT NULL,
  AssessmentCode TEXT    NOT NULL,
  ComponentId    TEXT    NOT NULL
    CHECK (length(ComponentId) BETWEEN 1 AND 3 AND ComponentId NOT GLOB '*[^A-Z0-9]*'),
  PRIMARY KEY (SessionId, AssessmentCode, ComponentId),
  FOREIGN KEY (SessionId, AssessmentCode) REFERENCES SessionAssessment
) STRICT, WITHOUT ROWID;

-- How many candidates of a centre entered for an assessment: 0 when all of them were withdrawn. The
-- group is the assessment's, repeated here to be looked by.
CREATE TABLE CentreEntry (
  SessionId            INTEGER NOT NULL,
  QualificationGroupId INTEGER NOT NULL,
  CentreId             TEXT    NOT NULL REFERENCES Centre,
  AssessmentCode       TEXT    NOT NULL,
  EntryCount           INTEGER NOT NULL CHECK (EntryCount BETWEEN 0 AND 2147483647),
  PRIMARY KEY (SessionId, QualificationGroupId, CentreId, AssessmentCode),
  FOREIGN KEY (SessionId, QualificationGroupId, AssessmentCode)
    REFERENCES SessionAssessment (SessionId, QualificationGroupId, AssessmentCode)
) STRICT, WITHOUT ROWID;
