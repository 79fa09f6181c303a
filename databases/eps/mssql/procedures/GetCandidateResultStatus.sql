IF OBJECT_ID(N'dbo.GetCandidateResultStatus', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.GetCandidateResultStatus AS RETURN 0');
GO

-- Where a candidate's result stands: one row, or none where the candidate did not enter for the
-- assessment. IssuedDateTime is null until the result is issued.
--
-- A parameter of other characters than codes have matches nothing: to the columns' collation alone
-- it might be a code.
ALTER PROCEDURE dbo.GetCandidateResultStatus
  @BusinessStreamId nvarchar(2),
  @SessionId int,
  @CentreId nvarchar(5),
  @CandidateNumber nvarchar(4),
  @AssessmentCode nvarchar(10)
AS
BEGIN
  SET NOCOUNT ON;
  SET XACT_ABORT ON;

  -- all that the view reads is from one state of the database
  SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;

  SELECT
    BusinessStreamId,
    SessionId,
    CentreId,
    CandidateNumber,
    AssessmentCode,
    ResultStatus,
    IssuedDateTime
  FROM dbo.CandidateResult
  WHERE BusinessStreamId = @BusinessStreamId
    AND SessionId = @SessionId
    AND CentreId = @CentreId
    AND CandidateNumber = @CandidateNumber
    AND AssessmentCode = @AssessmentCode
    AND CONCAT(@BusinessStreamId, @CentreId, @CandidateNumber, @AssessmentCode)
      COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%';
END;
GO
