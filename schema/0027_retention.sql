-- A legal hold: nothing of this person goes while it stands.
CREATE TABLE legal_hold (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  class text NOT NULL,
  words text NOT NULL,
  review_on date NOT NULL,
  placed_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX legal_hold_person ON legal_hold (person_id);
CREATE TABLE legal_hold_lifting (
  hold_id uuid PRIMARY KEY REFERENCES legal_hold (id),
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
-- That somebody died: retention counts from it. A later row says that it was a mistake.
CREATE TABLE person_death (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  died_on date NOT NULL,
  source text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX person_death_person ON person_death (person_id);
CREATE TABLE person_death_mistake (
  death_id uuid PRIMARY KEY REFERENCES person_death (id),
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
-- One carrying out: who confirmed which set, and why.
CREATE TABLE retention_run (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  reason text NOT NULL,
  rules_version text NOT NULL,
  -- Fingerprint of the set that was previewed and confirmed.
  set_hash text NOT NULL,
  items bigint NOT NULL,
  rows_gone bigint NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX retention_run_at ON retention_run (at);
-- What stays of what was taken away: no name, no birth date.
CREATE TABLE tombstone (
  id uuid PRIMARY KEY,
  run_id uuid NOT NULL REFERENCES retention_run (id),
  kind text NOT NULL,
  -- The record's number, where one record was taken away; nothing where many lines were.
  record_id uuid,
  items bigint NOT NULL,
  rows_gone bigint NOT NULL,
  due_since date NOT NULL,
  rule_words text NOT NULL,
  -- Fingerprint of the numbers of the rows, not of what stood in them.
  hash text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX tombstone_run ON tombstone (run_id);
CREATE INDEX tombstone_record ON tombstone (record_id);
-- The bytes as received were taken away; what was read of them may still stand.
ALTER TABLE import ADD COLUMN raw_gone_at timestamptz;
