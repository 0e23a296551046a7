-- Records opened outside one's projects, and records that few may find.
CREATE TABLE glass (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  record_id uuid NOT NULL,
  reason_class text NOT NULL,
  reason text NOT NULL,
  opened_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  closed_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid REFERENCES account (id),
  outcome text,
  outcome_words text
);
CREATE INDEX glass_account ON glass (account_id, ends_at);
CREATE INDEX glass_waiting ON glass (reviewed_at, opened_at);
-- A restriction is a fact with an author; it is ended, never deleted. Kinds: limited (only accounts named here find the
-- record), address (the address is withheld).
CREATE TABLE person_restriction (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  kind text NOT NULL,
  reason text NOT NULL,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX person_restriction_person ON person_restriction (person_id);
CREATE TABLE person_named (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  account_id uuid NOT NULL REFERENCES account (id),
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX person_named_person ON person_named (person_id);
