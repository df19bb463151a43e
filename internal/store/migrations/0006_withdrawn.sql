-- A source that is withdrawn takes no part in later runs. Its rows stay until no
-- run speaks of them any more.
ALTER TABLE source ADD COLUMN withdrawn_at TEXT; -- RFC 3339, UTC; NULL = in use
