IF OBJECT_ID(N'dbo.CentreWiseEmbargoInfo', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.CentreWiseEmbargoInfo AS RETURN 0');
GO

-- When the results of a session are issued, centre by centre: a page of its qualifications that
-- have a date of issue, by centre and assessment code. A centre can be named; without one these are
-- all centres'.
--
-- One plan serves with and without @CentreId: a range, of one centre or of all that there can be.
--
-- A parameter of other characters than codes have matches nothing: to the columns' collation alone
-- it might be a code.
ALTER PROCEDURE dbo.CentreWiseEmbargoInfo
  @SessionId int,
  @CentreId nvarchar(5) = NULL,
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
  FROM dbo.CentreResultDate
  WHERE SessionId = @SessionId
    AND CentreId BETWEEN COALESCE(@CentreId, N'0') AND COALESCE(@CentreId, N'ZZZZZ')
    AND COALESCE(@CentreId, N'') COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    AND IssueDateTime IS NOT NULL;

  -- Embargoed is 1 while the centre may not see the result, whatever the date
  SELECT
    BusinessStreamId,
    SessionId,
    CentreId,
    CentreName,
    QualificationName,
    AssessmentCode,
    N'issue' AS ResultDateType,
    IssueDateTime AS ResultDateTime,
    Embargoed
  FROM dbo.NamedCentreResultDate
  WHERE SessionId = @SessionId
    AND CentreId BETWEEN COALESCE(@CentreId, N'0') AND COALESCE(@CentreId, N'ZZZZZ')
    AND COALESCE(@CentreId, N'') COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
    AND IssueDateTime IS NOT NULL
  ORDER BY CentreId, AssessmentCode
  OFFSET @Offset ROWS FETCH NEXT @Limit ROWS ONLY;

  COMMIT TRANSACTION;
END;
GO
