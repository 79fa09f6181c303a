IF OBJECT_ID(N'dbo.GetResultEnquiryStatus', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.GetResultEnquiryStatus AS RETURN 0');
GO

-- What was asked about one component of a candidate's result.
--
-- A parameter of other characters than codes have matches nothing: to the columns' collation alone
-- it might be a code.
ALTER PROCEDURE dbo.GetResultEnquiryStatus
  @BusinessStreamId nvarchar(2),
  @SessionId int,
  @CentreId nvarchar(5),
  @CandidateNumber nvarchar(4),
  @AssessmentCode nvarchar(10),
  @ComponentId nvarchar(3)
AS
BEGIN
  SET NOCOUNT ON;
  SET XACT_ABORT ON;

  -- both row sets are from one state of the database
  SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
  BEGIN TRANSACTION;

  -- one row, or none where the candidate has no such component
  SELECT
    BusinessStreamId,
    SessionId,
    CentreId,
    CandidateNumber,
    AssessmentCode,
    ComponentId
  FROM dbo.CandidateComponent
  WHERE BusinessStreamId = @BusinessStreamId
    AND SessionId = @SessionId
    AND CentreId = @CentreId
    AND CandidateNumber = @CandidateNumber
    AND AssessmentCode = @AssessmentCode
    AND ComponentId = @ComponentId
    AND CONCAT(@BusinessStreamId, @CentreId, @CandidateNumber, @AssessmentCode, @ComponentId)
      COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%';

  -- All enquiries, the earliest first. CompletedDateTime and Outcome are null until an enquiry is
  -- completed.
  SELECT
    EnquiryId,
    ServiceType,
    Status,
    RequestedDateTime,
    CompletedDateTime,
    Outcome
  FROM dbo.ResultEnquiry
  WHERE BusinessStreamId = @BusinessStreamId
    AND SessionId = @SessionId
    AND CentreId = @CentreId
    AND CandidateNumber = @CandidateNumber
    AND AssessmentCode = @AssessmentCode
    AND ComponentId = @ComponentId
    AND CONCAT(@BusinessStreamId, @CentreId, @CandidateNumber, @AssessmentCode, @ComponentId)
      COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
  ORDER BY RequestedDateTime, EnquiryId;

  COMMIT TRANSACTION;
END;
GO
