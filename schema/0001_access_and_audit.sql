-- Who may, and who did.
CREATE TABLE borough (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE
);
CREATE TABLE project (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  kind text NOT NULL,
  women_as_standard boolean NOT NULL,
  created_at timestamptz NOT NULL,
  closed_at timestamptz
);
CREATE TABLE project_borough (
  project_id uuid NOT NULL REFERENCES project (id),
  borough_id uuid NOT NULL REFERENCES borough (id),
  PRIMARY KEY (project_id, borough_id)
);
-- Courts are named by the first five characters of their organisation unit code.
CREATE TABLE court (
  code text PRIMARY KEY,
  name text NOT NULL,
  psa_code text
);
CREATE TABLE project_court (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  court_code text NOT NULL REFERENCES court (code),
  since timestamptz NOT NULL,
  since_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX project_court_court ON project_court (court_code);
CREATE TABLE account (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  email_key text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text NOT NULL,
  created_at timestamptz NOT NULL,
  disabled_at timestamptz,
  disabled_by text
);
-- A role in one project; without a project, in the whole service.
CREATE TABLE access_grant (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  role text NOT NULL,
  project_id uuid REFERENCES project (id),
  granted_at timestamptz NOT NULL,
  granted_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX access_grant_account ON access_grant (account_id);
CREATE TABLE session (
  token_hash text PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz
);
CREATE INDEX session_account ON session (account_id);
-- For machines that send files to us.
CREATE TABLE service_token (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
CREATE TABLE audit_event (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor uuid,
  actor_words text NOT NULL,
  action text NOT NULL,
  subject_kind text NOT NULL,
  subject_id text NOT NULL,
  detail text NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id);
CREATE INDEX audit_event_actor ON audit_event (actor);
-- Updating this one row first makes writers queue, so that the chain has no forks.
CREATE TABLE audit_head (
  id bigint PRIMARY KEY,
  seq bigint NOT NULL,
  hash text NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, 'start');
