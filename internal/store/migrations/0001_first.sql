PRAGMA application_id = 1885430894;

CREATE TABLE source (
  id             INTEGER PRIMARY KEY,
  side           TEXT    NOT NULL CHECK (side IN ('central', 'regional')),
  path           TEXT    NOT NULL,
  sha256         TEXT    NOT NULL,
  size           INTEGER NOT NULL, -- bytes
  loaded_at      TEXT    NOT NULL, -- RFC 3339, UTC
  version        TEXT    NOT NULL, -- of the program that loaded it
  rows           INTEGER NOT NULL, -- records + rejected + skipped
  records        INTEGER NOT NULL,
  rejected       INTEGER NOT NULL,
  skipped        TEXT    NOT NULL, -- JSON: reason -> count
  issues         TEXT    NOT NULL, -- JSON: field:code -> count
  warnings       TEXT    NOT NULL, -- JSON array
  first_record   INTEGER NOT NULL, -- record ids of a source are contiguous
  last_record    INTEGER NOT NULL,
  first_excluded INTEGER NOT NULL,
  last_excluded  INTEGER NOT NULL,
  UNIQUE (side, sha256)
);

CREATE TABLE sheet (
  id         INTEGER PRIMARY KEY,
  source_id  INTEGER NOT NULL REFERENCES source (id),
  position   INTEGER NOT NULL,
  name       TEXT    NOT NULL, -- '' for a delimited file
  header_row INTEGER NOT NULL,
  header     TEXT    NOT NULL, -- JSON array
  columns    TEXT    NOT NULL  -- JSON: field code -> zero-based cell
);

CREATE TABLE record (
  id       INTEGER PRIMARY KEY,
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  row      INTEGER NOT NULL,
  person   BLOB    NOT NULL,
  cells    TEXT    NOT NULL -- JSON array of every cell as it stood
);

CREATE TABLE excluded (
  id       INTEGER PRIMARY KEY,
  sheet_id INTEGER NOT NULL REFERENCES sheet (id),
  row      INTEGER NOT NULL,
  kind     TEXT    NOT NULL CHECK (kind IN ('rejected', 'skipped')),
  reason   TEXT    NOT NULL,
  cells    TEXT    NOT NULL
);

CREATE TABLE run (
  id          INTEGER PRIMARY KEY,
  started_at  TEXT NOT NULL,
  finished_at TEXT NOT NULL,
  version     TEXT NOT NULL,
  options     TEXT NOT NULL, -- JSON
  model       TEXT NOT NULL, -- JSON
  rules       TEXT NOT NULL, -- JSON: what each blocking rule contributed
  comparisons TEXT NOT NULL, -- JSON: the layout of evidence in this run
  totals      TEXT NOT NULL  -- JSON: by side and outcome
);

CREATE TABLE run_source (
  run_id    INTEGER NOT NULL REFERENCES run (id),
  side      TEXT    NOT NULL,
  position  INTEGER NOT NULL,
  source_id INTEGER NOT NULL REFERENCES source (id),
  PRIMARY KEY (run_id, side, position)
) WITHOUT ROWID;

CREATE TABLE rule (
  id   INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE
);

CREATE TABLE outcome_code (
  letter  TEXT PRIMARY KEY,
  outcome TEXT NOT NULL,
  reason  TEXT NOT NULL,
  UNIQUE (outcome, reason)
) WITHOUT ROWID;

-- One letter per record, for up to 1024 consecutive records of one source.
CREATE TABLE outcome_pack (
  run_id       INTEGER NOT NULL REFERENCES run (id),
  first_record INTEGER NOT NULL REFERENCES record (id),
  letters      TEXT    NOT NULL,
  PRIMARY KEY (run_id, first_record)
) WITHOUT ROWID;

CREATE VIEW outcome AS
SELECT pack.run_id, record.id AS record_id, code.outcome, code.reason
FROM outcome_pack AS pack
CROSS JOIN record ON record.id BETWEEN pack.first_record AND pack.first_record + length(pack.letters) - 1
CROSS JOIN outcome_code AS code ON code.letter = substr(pack.letters, record.id - pack.first_record + 1, 1);

-- The key of a link is its run and its central record; no table needs an index
-- beside its key.
CREATE TABLE link (
  id          INTEGER PRIMARY KEY,
  run_id      INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  central     INTEGER GENERATED ALWAYS AS (id & 0xffffffffff) VIRTUAL REFERENCES record (id),
  regional    INTEGER NOT NULL REFERENCES record (id),
  rule        INTEGER NOT NULL REFERENCES rule (id),
  weight      REAL    NOT NULL, -- bits
  probability REAL    NOT NULL,
  evidence    BLOB    NOT NULL  -- levels, then weights in hundredths of bits
);

CREATE TABLE conflict (
  id       INTEGER PRIMARY KEY,
  run_id   INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  kind     TEXT    NOT NULL,
  rule     INTEGER NOT NULL REFERENCES rule (id),
  weight   REAL    NOT NULL,
  evidence BLOB    NOT NULL,
  proposed TEXT    NOT NULL
);

CREATE TABLE conflict_record (
  conflict_id INTEGER NOT NULL REFERENCES conflict (id),
  position    INTEGER NOT NULL,
  record_id   INTEGER NOT NULL REFERENCES record (id),
  PRIMARY KEY (conflict_id, position)
) WITHOUT ROWID;

-- The key of a duplicate is its run and the record set aside.
CREATE TABLE duplicate (
  id        INTEGER PRIMARY KEY,
  run_id    INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  record_id INTEGER GENERATED ALWAYS AS (id & 0xffffffffff) VIRTUAL REFERENCES record (id),
  of_record INTEGER NOT NULL REFERENCES record (id),
  kind      TEXT    NOT NULL,
  weight    REAL    NOT NULL,
  evidence  BLOB    NOT NULL
);
