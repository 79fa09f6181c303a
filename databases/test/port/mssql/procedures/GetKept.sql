IF OBJECT_ID(N'dbo.GetKept', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.GetKept AS RETURN 0');
GO

ALTER PROCEDURE dbo.GetKept
  @Offset int,
  @Limit int
AS
BEGIN
  SET NOCOUNT ON;

  SELECT COUNT(*) AS Total FROM dbo.Kept;

  SELECT Code, Name, Amount, Moment, IsLate
  FROM dbo.Kept
  ORDER BY Code
  OFFSET @Offset ROWS FETCH NEXT @Limit ROWS ONLY;
END;
GO
