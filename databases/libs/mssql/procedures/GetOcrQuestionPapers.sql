IF OBJECT_ID(N'dbo.GetOcrQuestionPapers', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.GetOcrQuestionPapers AS RETURN 0');
GO

-- The question papers of an assessment of OCR: a page of them, by version, component and what LIBS
-- calls the paper. A version and a component can be named; without one these are all.
--
-- One plan serves with and without @AssessmentVersion: a range, of one version or of all that there
-- can be. @ComponentId only picks from these: an assessment seldom has more than a few dozen
-- papers.
--
-- A parameter of other characters than codes have matches nothing: to the columns' collation alone
-- it might be a code.
ALTER PROCEDURE dbo.GetOcrQuestionPapers
  @SessionId int,
  @AssessmentCode nvarchar(10),
  @AssessmentVersion nvarchar(3) = NULL,
  @ComponentId nvarchar(3) = NULL,
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
  FROM dbo.OcrQuestionPaper
  WHERE SessionId = @SessionId
    AND AssessmentCode = @AssessmentCode
    AND AssessmentVersion
      BETWEEN COALESCE(@AssessmentVersion, N'0') AND COALESCE(@AssessmentVersion, N'ZZZ')
    AND ComponentId = COALESCE(@ComponentId, ComponentId)
    AND CONCAT(@AssessmentCode, @AssessmentVersion, @ComponentId)
      COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%';

  -- Duration is in minutes
  SELECT
    BusinessStreamId,
    SessionId,
    AssessmentCode,
    AssessmentVersion,
    ComponentId,
    QpIdentifier,
    Title,
    Duration
  FROM dbo.OcrQuestionPaper
  WHERE SessionId = @SessionId
    AND AssessmentCode = @AssessmentCode
    AND AssessmentVersion
      BETWEEN COALESCE(@AssessmentVersion, N'0') AND COALESCE(@AssessmentVersion, N'ZZZ')
    AND ComponentId = COALESCE(@ComponentId, ComponentId)
    AND CONCAT(@AssessmentCode, @AssessmentVersion, @ComponentId)
      COLLATE Latin1_General_BIN2 NOT LIKE N'%[^A-Z0-9]%'
  ORDER BY AssessmentVersion, ComponentId, QpIdentifier
  OFFSET @Offset ROWS FETCH NEXT @Limit ROWS ONLY;

  COMMIT TRANSACTION;
END;
GO
