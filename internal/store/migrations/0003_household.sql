-- The households of a run, by position. A household that one side lacks has
-- neither a first member nor members there.
CREATE TABLE household (
  id                 INTEGER PRIMARY KEY,
  run_id             INTEGER GENERATED ALWAYS AS (id >> 40) VIRTUAL REFERENCES run (id),
  kinds              TEXT    NOT NULL, -- codes, joined with '+'
  central            INTEGER REFERENCES record (id), -- first member
  regional           INTEGER REFERENCES record (id),
  central_head       INTEGER REFERENCES record (id), -- NULL unless exactly one is marked
  regional_head      INTEGER REFERENCES record (id),
  central_members    INTEGER NOT NULL, -- records under the KK number, duplicates not counted
  regional_members   INTEGER NOT NULL,
  linked             INTEGER NOT NULL, -- members linked to members of the other side
  central_elsewhere  INTEGER NOT NULL, -- members linked to somebody outside this pair
  regional_elsewhere INTEGER NOT NULL,
  central_undecided  INTEGER NOT NULL, -- members in a conflict that a person must decide
  regional_undecided INTEGER NOT NULL
);
