-- Whoever is a member of this role may call the procedures of this database, and do nothing else:
-- what they read they read in their owner's name.
IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = N'ProcedureCaller')
CREATE ROLE ProcedureCaller;
GO

GRANT EXECUTE ON dbo.GetCiQuestionPapers TO ProcedureCaller;
GRANT EXECUTE ON dbo.GetOcrQuestionPapers TO ProcedureCaller;
GO
