-- What was asked about one component of a candidate's result.

-- One row, or none where the candidate has no such component.
-- row set: component
SELECT
  e.BusinessStreamId,
  e.SessionId,
  e.CentreId,
  e.CandidateNumber,
  e.AssessmentCode,
  c.ComponentId
FROM Entry AS e
JOIN Component AS c USING (BusinessStreamId, SessionId, AssessmentCode)
WHERE e.BusinessStreamId = :BusinessStreamId
  AND e.SessionId = :SessionId
  AND e.CentreId = :CentreId
  AND e.CandidateNumber = :CandidateNumber
  AND e.AssessmentCode = :AssessmentCode
  AND c.ComponentId = :ComponentId;

-- All enquiries, the earliest first. CompletedDateTime and Outcome are null until an enquiry is
-- completed.
-- row set: enquiries
SELECT
  EnquiryId,
  ServiceType,
  Status,
  RequestedDateTime,
  CompletedDateTime,
  Outcome
FROM ResultEnquiry
WHERE BusinessStreamId = :BusinessStreamId
  AND SessionId = :SessionId
  AND CentreId = :CentreId
  AND CandidateNumber = :CandidateNumber
  AND AssessmentCode = :AssessmentCode
  AND ComponentId = :ComponentId
ORDER BY RequestedDateTime, EnquiryId;
