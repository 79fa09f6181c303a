-- Where the results of a session's assessments stand: a page of them, by assessment code.

-- How many there are on all pages.
-- row set: page
SELECT count(*) AS Total
FROM SessionAssessment
WHERE BusinessStreamId = :BusinessStreamId
  AND SessionId = :SessionId;

-- IssuedDateTime is null until the result is issued, ReleasedDateTime until it is released.
-- row set: items
SELECT
  BusinessStreamId,
  SessionId,
  AssessmentCode,
  ResultStatus,
  IssuedDateTime,
  ReleasedDateTime
FROM SessionAssessment
WHERE BusinessStreamId = :BusinessStreamId
  AND SessionId = :SessionId
ORDER BY AssessmentCode
LIMIT :Limit OFFSET :Offset;
