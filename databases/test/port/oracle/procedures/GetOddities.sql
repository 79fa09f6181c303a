CREATE OR REPLACE PROCEDURE GetOddities (
  Items OUT SYS_REFCURSOR
)
AS
BEGIN
  OPEN Items FOR
    SELECT
      CAST('R031' AS CHAR(10)) AS Padded,
      '' AS Blank,
      TIMESTAMP '2026-08-13 05:00:00.250999 +00:00' AS Fine,
      CAST(5 AS NUMBER(9, 2)) AS Whole,
      'B' AS B,
      'A' AS A
    FROM DUAL;
END GetOddities;
/
