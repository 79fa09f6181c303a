-- A database that is there for the tests of the port alone: what every engine has to give alike.
CREATE TABLE Kept (
  Code   TEXT NOT NULL CHECK (length(Code) BETWEEN 1 AND 10),
  Name   TEXT CHECK (length(Name) BETWEEN 1 AND 100),
  Amount INTEGER,
  Moment TEXT,
  IsLate INTEGER CHECK (IsLate IN (0, 1)),
  PRIMARY KEY (Code)
) STRICT, WITHOUT ROWID;
