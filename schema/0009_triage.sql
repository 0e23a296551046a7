-- A clinician's decision whether somebody should be seen by a psychiatrist, with the reasons the rules proposed as they were
-- seen then. A later decision is a new row.
CREATE TABLE triage (
  id uuid PRIMARY KEY,
  listing_id uuid REFERENCES listing (id),
  person_id uuid REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  decided_at timestamptz NOT NULL,
  by_words text NOT NULL,
  decision text NOT NULL,
  reason text NOT NULL,
  urgency text NOT NULL,
  urgency_words text NOT NULL,
  urgency_confirmed boolean NOT NULL,
  respond_by timestamptz,
  rules_version text NOT NULL,
  proposals text NOT NULL,
  added text NOT NULL
);
CREATE INDEX triage_listing ON triage (listing_id);
CREATE INDEX triage_person ON triage (person_id);
CREATE INDEX triage_project ON triage (project_id);
-- Somebody came: what ends the clock of response.
CREATE TABLE triage_response (
  id uuid PRIMARY KEY,
  triage_id uuid NOT NULL REFERENCES triage (id),
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  by_words text NOT NULL,
  words text NOT NULL
);
CREATE INDEX triage_response_triage ON triage_response (triage_id);
-- A psychiatric assessment from the moment it was asked for. What happened to it since are its facts.
CREATE TABLE psychiatric (
  id uuid PRIMARY KEY,
  triage_id uuid REFERENCES triage (id),
  listing_id uuid REFERENCES listing (id),
  person_id uuid REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  hearing_on date,
  request text NOT NULL,
  recorded_at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX psychiatric_listing ON psychiatric (listing_id);
CREATE INDEX psychiatric_person ON psychiatric (person_id);
CREATE INDEX psychiatric_project ON psychiatric (project_id);
CREATE INDEX psychiatric_triage ON psychiatric (triage_id);
-- One answer to one question about it. The newest answer to a question counts; all stay. An empty answer takes it back.
CREATE TABLE psychiatric_fact (
  id uuid PRIMARY KEY,
  psychiatric_id uuid NOT NULL REFERENCES psychiatric (id),
  question text NOT NULL,
  answer text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  via text NOT NULL
);
CREATE INDEX psychiatric_fact_psychiatric ON psychiatric_fact (psychiatric_id, question);
-- Services that answer requests. What is known of one is versioned.
CREATE TABLE partner_service (
  id uuid PRIMARY KEY,
  version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE TABLE partner_service_version (
  partner_id uuid NOT NULL REFERENCES partner_service (id),
  version bigint NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  name text NOT NULL,
  kind text NOT NULL,
  contact text NOT NULL,
  reply_hours bigint,
  PRIMARY KEY (partner_id, version)
);
-- Projects that may send to a partner service, and accounts that answer for it.
CREATE TABLE partner_project (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES partner_service (id),
  project_id uuid NOT NULL REFERENCES project (id),
  since timestamptz NOT NULL,
  since_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX partner_project_project ON partner_project (project_id);
CREATE TABLE partner_account (
  id uuid PRIMARY KEY,
  partner_id uuid NOT NULL REFERENCES partner_service (id),
  account_id uuid NOT NULL REFERENCES account (id),
  since timestamptz NOT NULL,
  since_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX partner_account_account ON partner_account (account_id);
-- What was told to a partner service, word for word, under which entry of the ledger.
CREATE TABLE partner_request (
  id uuid PRIMARY KEY,
  psychiatric_id uuid NOT NULL REFERENCES psychiatric (id),
  partner_id uuid NOT NULL REFERENCES partner_service (id),
  project_id uuid NOT NULL REFERENCES project (id),
  doctor bigint NOT NULL,
  packet text NOT NULL,
  disclosure_id uuid NOT NULL,
  sent_at timestamptz NOT NULL,
  sent_by text NOT NULL,
  reply_due timestamptz,
  taken_back_at timestamptz,
  taken_back_by text,
  taken_back_why text
);
CREATE INDEX partner_request_psychiatric ON partner_request (psychiatric_id);
CREATE INDEX partner_request_partner ON partner_request (partner_id);
-- One-time links. Only the hash of the secret is kept.
CREATE TABLE answer_link (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES partner_request (id),
  purpose text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by text,
  revoked_at timestamptz,
  revoked_by text
);
CREATE INDEX answer_link_request ON answer_link (request_id);
-- Links that did not fit, counted by ten minutes: any number of tries is one row.
CREATE TABLE answer_tries (
  since timestamptz PRIMARY KEY,
  failed bigint NOT NULL
);
