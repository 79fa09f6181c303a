-- Interchange, where OCR's centres exchange entries and results with it: business stream 01 alone,
-- as far as is told of what can be enquired about after results. Oracle 19 or later.
--
-- Tables are made where they are missing, and otherwise left as they are.
--
-- Codes are text, leading zeros kept. Names are in the national character set, which holds every
-- script whatever the database's own is. Dates and times are in UTC, to the second.
--
-- Every table is stored in the order of its primary key (ORGANIZATION INDEX). CentreEntry's begins
-- with what the procedure looks by, so that the procedure reads one stretch of it.
--
-- That a code holds nothing but A-Z and 0-9 is checked by taking these away: a range in a regular
-- expression would depend on the language of whoever asks.

-- SESSION alone is a word of Oracle's own.
DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE ExamSession (
  SessionId   NUMBER(10)    NOT NULL CHECK (SessionId BETWEEN 0 AND 2147483647),
  SessionName NVARCHAR2(50) NOT NULL,
  PRIMARY KEY (SessionId)
) ORGANIZATION INDEX]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/

-- A school or college, under the name that it goes by, in its own script.
DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE Centre (
  CentreId   VARCHAR2(5)    NOT NULL
    CHECK (TRANSLATE(CentreId, '.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '.') IS NULL),
  CentreName NVARCHAR2(100) NOT NULL,
  PRIMARY KEY (CentreId)
) ORGANIZATION INDEX]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/

-- Qualifications whose results come out on one day, such as all GCSEs.
DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE QualificationGroup (
  QualificationGroupId   NUMBER(10)     NOT NULL
    CHECK (QualificationGroupId BETWEEN 0 AND 2147483647),
  QualificationGroupName NVARCHAR2(100) NOT NULL,
  PRIMARY KEY (QualificationGroupId)
) ORGANIZATION INDEX]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/

DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE Qualification (
  QualificationId      NUMBER(10)     NOT NULL CHECK (QualificationId BETWEEN 1 AND 2147483647),
  QualificationGroupId NUMBER(10)     NOT NULL REFERENCES QualificationGroup,
  QualificationName    NVARCHAR2(100) NOT NULL,
  PRIMARY KEY (QualificationId),
  UNIQUE (QualificationGroupId, QualificationId)
) ORGANIZATION INDEX]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/

-- An assessment of a qualification that is examined in a session, and when its results went to
-- centres (issued) and to candidates (released): null until they did. Enquiries are taken until
-- EnquiriesCloseDateTime; it is null until results are issued, and where none are taken at all.
DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE SessionAssessment (
  SessionId              NUMBER(10)   NOT NULL REFERENCES ExamSession,
  AssessmentCode         VARCHAR2(10) NOT NULL
    CHECK (
      LENGTH(AssessmentCode) >= 3
      AND TRANSLATE(AssessmentCode, '.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '.') IS NULL
    ),
  QualificationGroupId   NUMBER(10)   NOT NULL,
  QualificationId        NUMBER(10)   NOT NULL,
  IssuedDateTime         TIMESTAMP(0),
  ReleasedDateTime       TIMESTAMP(0),
  EnquiriesCloseDateTime TIMESTAMP(0),
  PRIMARY KEY (SessionId, AssessmentCode),
  UNIQUE (SessionId, QualificationGroupId, AssessmentCode),
  FOREIGN KEY (QualificationGroupId, QualificationId)
    REFERENCES Qualification (QualificationGroupId, QualificationId),
  CHECK (IssuedDateTime IS NOT NULL OR ReleasedDateTime IS NULL),
  CHECK (IssuedDateTime IS NOT NULL OR EnquiriesCloseDateTime IS NULL),
  CHECK (ReleasedDateTime >= IssuedDateTime),
  CHECK (EnquiriesCloseDateTime >= IssuedDateTime)
) ORGANIZATION INDEX]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/

-- A paper of an assessment.
DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE Component (
  SessionId      NUMBER(10)   NOT NULL,
  AssessmentCode VARCHAR2(10) NOT NULL,
  ComponentId    VARCHAR2(3)  NOT NULL
    CHECK (TRANSLATE(ComponentId, '.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '.') IS NULL),
  PRIMARY KEY (SessionId, AssessmentCode, ComponentId),
  FOREIGN KEY (SessionId, AssessmentCode) REFERENCES SessionAssessment
) ORGANIZATION INDEX]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/

-- How many candidates of a centre entered for an assessment: 0 when all of them were withdrawn. The
-- group is the assessment's, repeated here to be looked by.
DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE CentreEntry (
  SessionId            NUMBER(10)   NOT NULL,
  QualificationGroupId NUMBER(10)   NOT NULL,
  CentreId             VARCHAR2(5)  NOT NULL REFERENCES Centre,
  AssessmentCode       VARCHAR2(10) NOT NULL,
  EntryCount           NUMBER(10)   NOT NULL CHECK (EntryCount BETWEEN 0 AND 2147483647),
  PRIMARY KEY (SessionId, QualificationGroupId, CentreId, AssessmentCode),
  FOREIGN KEY (SessionId, QualificationGroupId, AssessmentCode)
    REFERENCES SessionAssessment (SessionId, QualificationGroupId, AssessmentCode)
) ORGANIZATION INDEX]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/
