IF OBJECT_ID(N'dbo.GetSessionResultStatus', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.GetSessionResultStatus AS RETURN 0');
GO

-- Where the results of a session's assessments stand: a page of them, by assessment code.
--
-- A parameter of other characters than codes have matches nothing: to the columns' collation alone
-- it might be a code.
ALTER PROCEDURE dbo.GetSessionResultStatus
  @BusinessStreamId nvarchar(2),
  @SessionId int,
  @Offset int,
  @Limit int
AS
BEGIN
  SET NOCOUNT ON;
  SET XACT_ABORT ON;

  -- both row sets are from one state of the database
  SET TRANSACTION ISOLATION LEVEL SERIALIZABLE;
  BEGIN TRANSACTION;

  -- how many there are on all pages
  SELECT COUNT(*) AS Total
  FROM dbo.SessionAssessment
  WHERE BusinessStreamId = @BusinessStreamId
    AND SessionId = @SessionId
    AND @BusinessStreamId COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%';

  -- IssuedDateTime is null until the result is issued, ReleasedDateTime until it is released
  SELECT
    BusinessStreamId,
    SessionId,
    AssessmentCode,
    ResultStatus,
    IssuedDateTime,
    ReleasedDateTime
  FROM dbo.SessionAssessment
  WHERE BusinessStreamId = @BusinessStreamId
    AND SessionId = @SessionId
    AND @BusinessStreamId COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
  ORDER BY AssessmentCode
  OFFSET @Offset ROWS FETCH NEXT @Limit ROWS ONLY;

  COMMIT TRANSACTION;
END;
GO
