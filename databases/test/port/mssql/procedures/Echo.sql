IF OBJECT_ID(N'dbo.Echo', N'P') IS NULL
EXEC (N'CREATE PROCEDURE dbo.Echo AS RETURN 0');
GO

ALTER PROCEDURE dbo.Echo
  @Code nvarchar(10) = NULL,
  @Name nvarchar(100) = NULL,
  @Amount bigint = NULL,
  @Moment datetime2(3) = NULL,
  @IsLate bit = NULL
AS
BEGIN
  SET NOCOUNT ON;

  SELECT
    @Code AS Code,
    @Name AS Name,
    @Amount AS Amount,
    @Moment AS Moment,
    @IsLate AS IsLate;
END;
GO
