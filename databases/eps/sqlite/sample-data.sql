-- Invented data to run and to test with. It is the same every time it is made: no chance, no clock.
--
-- Keys to try. Business stream / session / centre / candidate / assessment / component:
--
--   a candidate's result
--     02 / 14244 / 04200 / 1804 / 0500        ISSUED, with its assessment
--     02 / 14244 / GB413 / 1001 / 0500        ISSUED, after an embargo exception of the centre
--     02 / 14244 / GB412 / 1001 / 0500        EMBARGOED by an exception of the centre
--     02 / 14244 / 04200 / 1804 / 0460        EMBARGOED, as its assessment
--     02 / 14244 / 04200 / 1804 / 0430        PENDING, as its assessment
--     02 / 14244 / 04200 / 1804 / 0490        WITHHELD, as its assessment
--     02 / 14244 / 04200 / 1805 / 0500        WITHHELD from this candidate
--     04 / 3229  / 43319 / 8129 / R031        ISSUED
--   the enquiries about a component
--     04 / 3229  / 43319 / 8129 / R031 / 02   two, the first completed
--     04 / 3229  / 43319 / 8129 / R031 / 01   none
--     04 / 3229  / 43319 / 8130 / R031 / 02   three: completed, withdrawn, received
--     04 / 3229  / 43319 / 8129 / R031 / 09   no such component
--   a session's assessments
--     04 / 3229     150, R031 among them, every status
--     02 / 14244    160, 0500 among them, every status
--     01 / 3301     2450, more than the largest page
--     02 / 17002    60, all PENDING
--     02 / 16884 and 01 / 3269                  150 and 120, all released
--
-- In a series of generated rows `n` counts from 1.

CREATE TEMP TABLE Number (n INTEGER PRIMARY KEY);
INSERT INTO Number
WITH RECURSIVE Counting (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM Counting WHERE n < 350)
SELECT n FROM Counting;

INSERT INTO Session (BusinessStreamId, SessionId, SessionName) VALUES
  ('01', 3269, 'June 2025'),
  ('01', 3301, 'June 2026'),
  ('02', 14244, 'June 2026'),
  ('02', 16884, 'November 2025'),
  ('02', 17002, 'November 2026'),
  ('04', 3229, 'June 2026');

-- Assessments. IssuedDateTime is when a session's results go to centres, ReleasedDateTime when they
-- go to candidates. In a `Mixed` session some assessments stay behind.

INSERT INTO SessionAssessment
WITH
Series (BusinessStreamId, SessionId, Code, First, Step, Length, State, Issued, Released) AS (
  VALUES
    ('01', 3269, 'H%03d', 401, 1, 120, 'Issued', '2025-08-14T05:00:00Z', '2025-08-21T07:00:00Z'),
    ('01', 3301, 'A%03d', 1, 1, 350, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('01', 3301, 'B%03d', 1, 1, 350, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('01', 3301, 'F%03d', 1, 1, 350, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('01', 3301, 'G%03d', 1, 1, 350, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('01', 3301, 'H%03d', 1, 1, 350, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('01', 3301, 'J%03d', 1, 1, 350, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('01', 3301, 'Y%03d', 1, 1, 350, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('02', 14244, '%04d', 400, 5, 60, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('02', 14244, '%04d', 9200, 3, 100, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z'),
    ('02', 16884, '%04d', 400, 5, 50, 'Issued', '2026-01-13T06:00:00Z', '2026-01-15T06:00:00Z'),
    ('02', 16884, '%04d', 9200, 3, 100, 'Issued', '2026-01-13T06:00:00Z', '2026-01-15T06:00:00Z'),
    ('02', 17002, '%04d', 400, 5, 60, 'Pending', NULL, NULL),
    ('04', 3229, 'R%03d', 1, 1, 150, 'Mixed', '2026-08-13T05:00:00Z', '2026-08-20T07:00:00Z')
),
Assessment AS (
  SELECT
    *,
    n,
    CASE
      WHEN State = 'Pending' OR (State = 'Mixed' AND n % 25 = 7) THEN 'PENDING'
      WHEN State = 'Mixed' AND n % 25 = 13 THEN 'EMBARGOED'
      WHEN State = 'Mixed' AND n % 50 = 19 THEN 'WITHHELD'
      ELSE 'ISSUED'
    END AS ResultStatus
  FROM Series
  JOIN Number ON n <= Length
)
SELECT
  BusinessStreamId,
  SessionId,
  printf(Code, First + Step * (n - 1)),
  ResultStatus,
  CASE WHEN ResultStatus = 'ISSUED' THEN Issued END,
  CASE WHEN ResultStatus = 'ISSUED' AND NOT (State = 'Mixed' AND n % 10 = 4) THEN Released END
FROM Assessment;

-- Units of the large session have one component, other assessments two or three.

INSERT INTO Component
SELECT BusinessStreamId, SessionId, AssessmentCode, printf('%02d', n)
FROM SessionAssessment
JOIN Number ON n <= CASE
  WHEN SessionId = 3301 THEN 1
  WHEN AssessmentCode GLOB '*5' THEN 2
  ELSE 3
END;

-- The candidates of the keys to try.

INSERT INTO Entry
  (BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode, IsWithheld)
VALUES
  ('02', 14244, '04200', '1804', '0500', 0),
  ('02', 14244, '04200', '1804', '0430', 0),
  ('02', 14244, '04200', '1804', '0460', 0),
  ('02', 14244, '04200', '1804', '0490', 0),
  ('02', 14244, '04200', '1805', '0500', 1),
  ('02', 14244, 'GB412', '1001', '0500', 0),
  ('02', 14244, 'GB413', '1001', '0500', 0),
  ('04', 3229, '43319', '8129', 'R031', 0),
  ('04', 3229, '43319', '8130', 'R031', 0);

INSERT INTO EmbargoException
  (BusinessStreamId, SessionId, CentreId, AssessmentCode, LiftedDateTime)
VALUES
  ('02', 14244, 'GB412', '0500', NULL),
  ('02', 14244, 'GB413', '0500', '2026-08-27T09:00:00Z');

INSERT INTO ResultEnquiry
  (EnquiryId, BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode, ComponentId,
   ServiceType, Status, RequestedDateTime, CompletedDateTime, Outcome)
VALUES
  (70012, '04', 3229, '43319', '8129', 'R031', '02',
   '2S', 'COMPLETED', '2026-08-27T09:14:00Z', '2026-09-15T11:30:00Z', 'NO_CHANGE'),
  (70345, '04', 3229, '43319', '8129', 'R031', '02',
   '1', 'IN_PROGRESS', '2026-09-21T10:02:00Z', NULL, NULL),
  (70013, '04', 3229, '43319', '8130', 'R031', '02',
   '2P', 'COMPLETED', '2026-08-27T09:20:00Z', '2026-09-04T15:45:00Z', 'GRADE_RAISED'),
  (70201, '04', 3229, '43319', '8130', 'R031', '02',
   '3', 'WITHDRAWN', '2026-09-08T08:30:00Z', NULL, NULL),
  (70346, '04', 3229, '43319', '8130', 'R031', '02',
   '1S', 'RECEIVED', '2026-09-21T10:05:00Z', NULL, NULL);

-- More candidates, numbered from 2001 in each centre, each with three or four assessments.

CREATE TEMP TABLE NumberedAssessment (
  BusinessStreamId, SessionId, n, AssessmentCode,
  PRIMARY KEY (BusinessStreamId, SessionId, n)
) WITHOUT ROWID;
INSERT INTO NumberedAssessment
SELECT
  BusinessStreamId,
  SessionId,
  row_number() OVER (PARTITION BY BusinessStreamId, SessionId ORDER BY AssessmentCode),
  AssessmentCode
FROM SessionAssessment;

INSERT INTO Entry
WITH
Series (BusinessStreamId, SessionId, Code, First, Centres, Candidates, Choices) AS (
  VALUES
    ('01', 3269, '%05d', 10110, 12, 15, 3),
    ('01', 3301, '%05d', 10110, 6, 10, 3),
    ('02', 14244, '%05d', 4200, 10, 15, 4),
    ('02', 14244, 'GB%03d', 412, 10, 15, 4),
    ('02', 16884, '%d', 1126, 10, 10, 3),
    ('02', 17002, 'GB%03d', 412, 10, 10, 3),
    ('04', 3229, '%05d', 43310, 20, 15, 3)
),
Choice AS (
  SELECT
    s.BusinessStreamId,
    s.SessionId,
    printf(s.Code, s.First + centre.n - 1) AS CentreId,
    printf('%04d', 2000 + candidate.n) AS CandidateNumber,
    7 * centre.n + 13 * candidate.n + 31 * choice.n AS Draw,
    (
      SELECT max(n)
      FROM NumberedAssessment AS a
      WHERE a.BusinessStreamId = s.BusinessStreamId AND a.SessionId = s.SessionId
    ) AS Assessments
  FROM Series AS s
  JOIN Number AS centre ON centre.n <= s.Centres
  JOIN Number AS candidate ON candidate.n <= s.Candidates
  JOIN Number AS choice ON choice.n <= s.Choices
)
SELECT
  c.BusinessStreamId,
  c.SessionId,
  c.CentreId,
  c.CandidateNumber,
  a.AssessmentCode,
  c.Draw % 61 = 0
FROM Choice AS c
JOIN NumberedAssessment AS a
  ON a.BusinessStreamId = c.BusinessStreamId
  AND a.SessionId = c.SessionId
  AND a.n = 1 + c.Draw % c.Assessments;

-- A centre that is being looked into sees none of its results.

INSERT INTO EmbargoException
SELECT DISTINCT BusinessStreamId, SessionId, CentreId, AssessmentCode, NULL
FROM Entry
WHERE BusinessStreamId = '04' AND SessionId = 3229 AND CentreId = '43327';

-- More enquiries: every eighth of these candidates, where the result is issued, asks about each
-- component but the first, one to three times and a week or so apart.

INSERT INTO ResultEnquiry
WITH
Asked AS (
  SELECT
    *,
    row_number() OVER (
      ORDER BY BusinessStreamId, SessionId, CentreId, CandidateNumber, AssessmentCode, ComponentId, n
    ) AS Nth
  FROM CandidateResult
  JOIN Component USING (BusinessStreamId, SessionId, AssessmentCode)
  JOIN Number ON n <= 1 + (CandidateNumber + ComponentId) % 3
  WHERE ResultStatus = 'ISSUED'
    AND CandidateNumber LIKE '2%' AND CandidateNumber % 8 = 3
    AND ComponentId > '01'
),
Enquiry AS (
  SELECT
    *,
    strftime('%Y-%m-%dT%H:%M:%SZ', IssuedDateTime,
      format('+%d days', 7 * n + Nth % 5), format('+%d minutes', Nth % 480)) AS RequestedDateTime,
    CASE Nth % 8
      WHEN 0 THEN 'RECEIVED' WHEN 1 THEN 'IN_PROGRESS' WHEN 2 THEN 'WITHDRAWN' ELSE 'COMPLETED'
    END AS Status
  FROM Asked
)
SELECT
  80000 + Nth,
  BusinessStreamId,
  SessionId,
  CentreId,
  CandidateNumber,
  AssessmentCode,
  ComponentId,
  CASE Nth % 7
    WHEN 0 THEN '1' WHEN 1 THEN '1S' WHEN 2 THEN '2' WHEN 3 THEN '2S' WHEN 4 THEN '2P'
    WHEN 5 THEN '2PS' ELSE '3'
  END,
  Status,
  RequestedDateTime,
  CASE WHEN Status = 'COMPLETED' THEN
    strftime('%Y-%m-%dT%H:%M:%SZ', RequestedDateTime, format('+%d days', 10 + Nth % 15))
  END,
  CASE WHEN Status = 'COMPLETED' THEN
    CASE Nth % 9
      WHEN 0 THEN 'GRADE_RAISED' WHEN 1 THEN 'GRADE_LOWERED' WHEN 2 THEN 'MARK_CHANGED'
      WHEN 3 THEN 'MARK_CHANGED' ELSE 'NO_CHANGE'
    END
  END
FROM Enquiry;

DROP TABLE NumberedAssessment;
DROP TABLE Number;
