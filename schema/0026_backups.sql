-- Backups that were tried, and what became of each.
CREATE TABLE backup_run (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  proven boolean NOT NULL,
  place text NOT NULL,
  words text NOT NULL,
  seconds bigint NOT NULL
);
CREATE INDEX backup_run_at ON backup_run (at);
