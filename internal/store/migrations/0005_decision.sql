-- What people decided about two records, by what the records say: it outlives
-- the files and runs that showed them. A decision is never changed; it ends when
-- it is undone or another one on the same two replaces it.
CREATE TABLE decision (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  first      TEXT    NOT NULL, -- identity; the central one, or the lesser of one side
  second     TEXT    NOT NULL,
  first_side  TEXT   NOT NULL CHECK (first_side IN ('central', 'regional')),
  second_side TEXT   NOT NULL CHECK (second_side IN ('central', 'regional')),
  verdict    TEXT    NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
  kind       TEXT    NOT NULL, -- the conflict that was to be decided
  reviewer   TEXT    NOT NULL,
  note       TEXT    NOT NULL,
  decided_at TEXT    NOT NULL, -- RFC 3339, UTC
  file       TEXT    NOT NULL, -- base name of the reviewed file
  row        INTEGER NOT NULL, -- of its sheet
  ended_at   TEXT,             -- NULL = in force
  ended_by   TEXT,
  ended_for  TEXT CHECK (ended_for IN ('undone', 'replaced'))
);

CREATE UNIQUE INDEX decision_in_force ON decision (first, second) WHERE ended_at IS NULL;
