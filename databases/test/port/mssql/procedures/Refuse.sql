IF OBJECT_ID(N'dbo.Refuse', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.Refuse AS RETURN 0');
GO

ALTER PROCEDURE dbo.Refuse
  @Code nvarchar(10)
AS
BEGIN
  SET NOCOUNT ON;

  IF @Code = N'0500' THROW 50001, N'0500 is not asked for here', 1;

  SELECT @Code AS Code;
END;
GO
