IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'ProcedureCaller')
CREATE ROLE ProcedureCaller;
GO

GRANT EXECUTE ON dbo.Echo TO ProcedureCaller;
GRANT EXECUTE ON dbo.GetFraction TO ProcedureCaller;
GRANT EXECUTE ON dbo.GetKept TO ProcedureCaller;
GRANT EXECUTE ON dbo.GetOddities TO ProcedureCaller;
GRANT EXECUTE ON dbo.GetRowSets TO ProcedureCaller;
GRANT EXECUTE ON dbo.GetTooLarge TO ProcedureCaller;
GRANT EXECUTE ON dbo.Refuse TO ProcedureCaller;
GO
