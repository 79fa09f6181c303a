IF OBJECT_ID(N'dbo.GetOddities', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.GetOddities AS RETURN 0');
GO

ALTER PROCEDURE dbo.GetOddities
AS
BEGIN
  SET NOCOUNT ON;

  SELECT
    CAST(N'R031' AS nchar(10)) AS Padded,
    N'' AS Blank,
    CAST('2026-08-13T05:00:00.250999' AS datetime2(7)) AS Fine,
    CAST(5 AS decimal(9, 2)) AS Whole,
    N'B' AS B,
    N'A' AS A;
END;
GO
