CREATE TABLE mapping (
  header  TEXT PRIMARY KEY, -- key of the titles that it is for
  text    TEXT NOT NULL,    -- as it was written by hand
  kept_at TEXT NOT NULL     -- RFC 3339, UTC
) WITHOUT ROWID;
