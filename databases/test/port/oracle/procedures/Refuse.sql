CREATE OR REPLACE PROCEDURE Refuse (
  Code  IN  VARCHAR2,
  Items OUT SYS_REFCURSOR
)
AS
BEGIN
  IF Refuse.Code = '0500' THEN
    RAISE_APPLICATION_ERROR(-20001, '0500 is not asked for here');
  END IF;

  OPEN Items FOR SELECT Refuse.Code AS Code FROM DUAL;
END Refuse;
/
