IF OBJECT_ID(N'dbo.GetRowSets', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.GetRowSets AS RETURN 0');
GO

ALTER PROCEDURE dbo.GetRowSets
AS
BEGIN
  SET NOCOUNT ON;

  SELECT Code FROM dbo.Kept WHERE Code = N'c';
  SELECT Code FROM dbo.Kept WHERE Code = N'a';
  SELECT Amount, Code FROM dbo.Kept WHERE Code IN (N'A', N'B') ORDER BY Code DESC;
END;
GO
