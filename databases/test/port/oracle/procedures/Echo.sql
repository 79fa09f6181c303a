CREATE OR REPLACE PROCEDURE Echo (
  Code   IN  VARCHAR2,
  Name   IN  NVARCHAR2,
  Amount IN  NUMBER,
  Moment IN  TIMESTAMP,
  IsLate IN  NUMBER,
  Items  OUT SYS_REFCURSOR
)
AS
BEGIN
  OPEN Items FOR
    SELECT
      Echo.Code AS Code,
      Echo.Name AS Name,
      Echo.Amount AS Amount,
      FROM_TZ(Echo.Moment, '+00:00') AS Moment,
      Echo.IsLate AS IsLate
    FROM DUAL;
END Echo;
/
