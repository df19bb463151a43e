-- Consecutive records of one sheet: what a matching compares, and what is shown of
-- them. Both are blocks of the S2 format; doc.go says what they hold. The program
-- moves the rows of the table record there and drops it.
CREATE TABLE person_pack (
  first_record INTEGER PRIMARY KEY,
  sheet_id     INTEGER NOT NULL REFERENCES sheet (id),
  records      INTEGER NOT NULL,
  persons      BLOB    NOT NULL
);

CREATE TABLE record_pack (
  first_record INTEGER PRIMARY KEY,
  sheet_id     INTEGER NOT NULL REFERENCES sheet (id),
  records      INTEGER NOT NULL,
  shown        BLOB    NOT NULL
);

DROP VIEW outcome;

-- Records have no row of their own: what names one is checked by the program.
CREATE TABLE outcome_pack_4 (
  run_id       INTEGER NOT NULL REFERENCES run (id),
  first_record INTEGER NOT NULL,
  letters      TEXT    NOT NULL,
  PRIMARY KEY (run_id, first_record)
) WITHOUT ROWID;
INSERT INTO outcome_pack_4 SELECT run_id, first_record, letters FROM outcome_pack;
DROP TABLE outcome_pack;
ALTER TABLE outcome_pack_4 RENAME TO outcome_pack;

CREATE VIEW outcome AS
WITH RECURSIVE position (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM position WHERE i < 1024)
SELECT pack.run_id, pack.first_record + position.i - 1 AS record_id, code.outcome, code.reason
FROM outcome_pack AS pack
CROSS JOIN position ON position.i <= length(pack.letters)
CROSS JOIN outcome_code AS code ON code.letter = substr(pack.letters, position.i, 1);

-- Links of a run in the order of the central records, by position. The program
-- moves the rows of the table link there and drops it.
CREATE TABLE link_pack (
  id            INTEGER PRIMARY KEY,
  run_id        INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  links         INTEGER NOT NULL,
  first_central INTEGER NOT NULL,
  last_central  INTEGER NOT NULL,
  block         BLOB    NOT NULL
);

-- A conflict names its records itself. The program moves the rows of conflict_3
-- and of conflict_record here and drops both.
ALTER TABLE conflict RENAME TO conflict_3;
CREATE TABLE conflict (
  id       INTEGER PRIMARY KEY,
  run_id   INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  kind     TEXT    NOT NULL,
  rule     INTEGER NOT NULL REFERENCES rule (id),
  weight   REAL    NOT NULL,
  evidence BLOB    NOT NULL,
  proposed TEXT    NOT NULL,
  records  BLOB    NOT NULL
);

CREATE TABLE duplicate_4 (
  id        INTEGER PRIMARY KEY,
  run_id    INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  record_id INTEGER GENERATED ALWAYS AS (id & 0xffffffffff) VIRTUAL,
  of_record INTEGER NOT NULL,
  kind      TEXT    NOT NULL,
  weight    REAL    NOT NULL,
  evidence  BLOB    NOT NULL
);
INSERT INTO duplicate_4 (id, of_record, kind, weight, evidence)
SELECT id, of_record, kind, weight, evidence FROM duplicate;
DROP TABLE duplicate;
ALTER TABLE duplicate_4 RENAME TO duplicate;

CREATE TABLE household_4 (
  id                 INTEGER PRIMARY KEY,
  run_id             INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  kinds              TEXT    NOT NULL, -- codes, joined with '+'
  central            INTEGER, -- first member
  regional           INTEGER,
  central_head       INTEGER, -- NULL unless exactly one is marked
  regional_head      INTEGER,
  central_members    INTEGER NOT NULL, -- records under the KK number, duplicates not counted
  regional_members   INTEGER NOT NULL,
  linked             INTEGER NOT NULL, -- members linked to members of the other side
  central_elsewhere  INTEGER NOT NULL, -- members linked to somebody outside this pair
  regional_elsewhere INTEGER NOT NULL,
  central_undecided  INTEGER NOT NULL, -- members in a conflict that a person must decide
  regional_undecided INTEGER NOT NULL
);
INSERT INTO household_4 (id, kinds, central, regional, central_head, regional_head, central_members, regional_members,
  linked, central_elsewhere, regional_elsewhere, central_undecided, regional_undecided)
SELECT id, kinds, central, regional, central_head, regional_head, central_members, regional_members,
  linked, central_elsewhere, regional_elsewhere, central_undecided, regional_undecided FROM household;
DROP TABLE household;
ALTER TABLE household_4 RENAME TO household;
