-- Where a candidate's result stands: one row, or none where the candidate did not enter for the
-- assessment. IssuedDateTime is null until the result is issued.

-- row set: results
SELECT
  BusinessStreamId,
  SessionId,
  CentreId,
  CandidateNumber,
  AssessmentCode,
  ResultStatus,
  IssuedDateTime
FROM CandidateResult
WHERE BusinessStreamId = :BusinessStreamId
  AND SessionId = :SessionId
  AND CentreId = :CentreId
  AND CandidateNumber = :CandidateNumber
  AND AssessmentCode = :AssessmentCode;
