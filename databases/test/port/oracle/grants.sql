DECLARE
  roleExists EXCEPTION;
  PRAGMA EXCEPTION_INIT(roleExists, -1921);
  schemaName CONSTANT VARCHAR2(128) := SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA');
  roleName CONSTANT VARCHAR2(128) := schemaName || '_CALLER';

  PROCEDURE letExecute(procedureName IN VARCHAR2) AS
  BEGIN
    EXECUTE IMMEDIATE 'GRANT EXECUTE ON "' || schemaName || '".' || procedureName
      || ' TO "' || roleName || '"';
  END letExecute;
BEGIN
  BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE "' || roleName || '"';
  EXCEPTION
    WHEN roleExists THEN NULL;
  END;
  letExecute('Echo');
  letExecute('GetFraction');
  letExecute('GetKept');
  letExecute('GetOddities');
  letExecute('GetRowSets');
  letExecute('GetTooLarge');
  letExecute('Refuse');
END;
/
