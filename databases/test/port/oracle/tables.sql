-- A schema that is there for the tests of the port alone: what every engine has to give alike.
DECLARE
  nameIsTaken EXCEPTION;
  PRAGMA EXCEPTION_INIT(nameIsTaken, -955);
BEGIN
  EXECUTE IMMEDIATE q'[
CREATE TABLE Kept (
  Code   VARCHAR2(10) NOT NULL PRIMARY KEY,
  Name   NVARCHAR2(100),
  Amount NUMBER(19),
  Moment TIMESTAMP(3),
  IsLate NUMBER(1) CHECK (IsLate IN (0, 1))
)]';
EXCEPTION
  WHEN nameIsTaken THEN NULL;
END;
/
