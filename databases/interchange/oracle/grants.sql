-- Whoever is granted this role may call the procedures of this schema, and do nothing else with it:
-- what they read they read in their owner's name. Roles belong to the whole database, where there
-- may be several such schemas, and so the role goes by the schema's name: INTERCHANGE_CALLER.
DECLARE
  roleExists EXCEPTION;
  PRAGMA EXCEPTION_INIT(roleExists, -1921);
  schemaName CONSTANT VARCHAR2(128) := SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA');
  roleName CONSTANT VARCHAR2(128) := schemaName || '_CALLER';
BEGIN
  BEGIN
    EXECUTE IMMEDIATE 'CREATE ROLE "' || roleName || '"';
  EXCEPTION
    WHEN roleExists THEN NULL;
  END;
  EXECUTE IMMEDIATE 'GRANT EXECUTE ON "' || schemaName || '".GetEnquireServices'
    || ' TO "' || roleName || '"';
END;
/
