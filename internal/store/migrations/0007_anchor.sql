-- The entry of the audit trail that was the last one when the database was last
-- written: a trail that does not hold it was cut off.
CREATE TABLE audit_anchor (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  number INTEGER NOT NULL,
  hash   TEXT    NOT NULL
);
