-- Somebody asked for what is held about a person: themselves, or somebody for them.
CREATE TABLE access_request (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  received_on date NOT NULL,
  requester text NOT NULL,
  requester_name text NOT NULL,
  -- How it was made sure that they are who they say, and may ask.
  identity text NOT NULL,
  wants text NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX access_request_person ON access_request (person_id);
-- Two months more, with the reason that the requester was told.
CREATE TABLE access_extension (
  request_id uuid PRIMARY KEY REFERENCES access_request (id),
  reason text NOT NULL,
  told_on date NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
-- What a human ruled on one passage; the newest counts, and only while the passage says what it said.
CREATE TABLE access_ruling (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES access_request (id),
  passage text NOT NULL,
  text_hash text NOT NULL,
  decision text NOT NULL,
  class text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX access_ruling_request ON access_ruling (request_id, passage);
-- A copy that was made, as it was made.
CREATE TABLE access_export (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES access_request (id),
  version bigint NOT NULL,
  hash text NOT NULL,
  document text NOT NULL,
  pdf bytea NOT NULL,
  pages bigint NOT NULL,
  passages bigint NOT NULL,
  withheld bigint NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL,
  UNIQUE (request_id, version)
);
-- What was sent when to whom.
CREATE TABLE access_sending (
  id uuid PRIMARY KEY,
  export_id uuid NOT NULL REFERENCES access_export (id),
  to_name text NOT NULL,
  means text NOT NULL,
  sent_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX access_sending_export ON access_sending (export_id);
-- Answered, taken back, or refused with the reason.
CREATE TABLE access_closing (
  request_id uuid PRIMARY KEY REFERENCES access_request (id),
  outcome text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
