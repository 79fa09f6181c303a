CREATE OR REPLACE PROCEDURE GetKept (
  Offset IN  NUMBER,
  Limit  IN  NUMBER,
  Page   OUT SYS_REFCURSOR,
  Items  OUT SYS_REFCURSOR
)
AS
BEGIN
  OPEN Page FOR SELECT COUNT(*) AS Total FROM Kept;

  OPEN Items FOR
    SELECT Code, Name, Amount, FROM_TZ(Moment, '+00:00') AS Moment, IsLate
    FROM Kept
    ORDER BY NLSSORT(Code, 'NLS_SORT=BINARY')
    OFFSET GetKept.Offset ROWS FETCH NEXT GetKept.Limit ROWS ONLY;
END GetKept;
/
