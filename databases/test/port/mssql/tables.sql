-- A database that is there for the tests of the port alone: what every engine has to give alike.
IF OBJECT_ID(N'dbo.Kept', N'U') IS NULL
CREATE TABLE dbo.Kept (
  Code   nvarchar(10) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
  Name   nvarchar(100) NULL,
  Amount bigint NULL,
  Moment datetime2(3) NULL,
  IsLate bit NULL
);
GO
