-- Signing in: refused tries, second factors, sessions that their owner sees, one-time links, tokens with a scope.
--
-- One row an account (by the hash of the address typed, whether or not there is such an account) or a network, with
-- counts: ten thousand refused tries are a few rows.
CREATE TABLE refused_try (
  kind text NOT NULL,
  subject text NOT NULL,
  account_id uuid REFERENCES account (id),
  failures bigint NOT NULL,
  turned_away bigint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  held_until timestamptz,
  PRIMARY KEY (kind, subject)
);
CREATE INDEX refused_try_last ON refused_try (last_at);
-- Sessions that were open before their owner could see them are over: everybody signs in again once.
ALTER TABLE session ADD COLUMN id uuid;
ALTER TABLE session ADD COLUMN network text;
ALTER TABLE session ADD COLUMN browser text;
ALTER TABLE session ADD COLUMN idle_minutes bigint;
ALTER TABLE session ADD COLUMN second_factor text;
ALTER TABLE session ADD COLUMN ended_by text;
UPDATE session SET ended_at = created_at WHERE ended_at IS NULL;
CREATE UNIQUE INDEX session_id ON session (id);
-- Stricter limits than the service's for the people of a project or with a role.
CREATE TABLE session_limit (
  kind text NOT NULL,
  subject text NOT NULL,
  idle_minutes bigint NOT NULL,
  hours bigint NOT NULL,
  set_at timestamptz NOT NULL,
  set_by text NOT NULL,
  PRIMARY KEY (kind, subject)
);
-- Between the right password and the second factor: opens nothing but that one question.
CREATE TABLE sign_in_step (
  token_hash text PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  expires_at timestamptz NOT NULL
);
-- The seed is sealed with a key that is not in the database. `last_step` keeps a code from being used twice.
CREATE TABLE totp (
  account_id uuid PRIMARY KEY REFERENCES account (id),
  sealed_seed text NOT NULL,
  begun_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  last_step bigint NOT NULL
);
CREATE TABLE recovery_code (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  code_hash text NOT NULL,
  made_at timestamptz NOT NULL,
  used_at timestamptz,
  replaced_at timestamptz
);
CREATE INDEX recovery_code_account ON recovery_code (account_id);
CREATE TABLE passkey (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  name text NOT NULL,
  credential_id text NOT NULL UNIQUE,
  credential text NOT NULL,
  made_at timestamptz NOT NULL,
  last_used_at timestamptz,
  removed_at timestamptz
);
CREATE INDEX passkey_account ON passkey (account_id);
-- What a browser was asked to sign, until it answers.
CREATE TABLE passkey_challenge (
  token_hash text PRIMARY KEY,
  account_id uuid REFERENCES account (id),
  state text NOT NULL,
  expires_at timestamptz NOT NULL
);
-- A link that lets one account choose a password, once. Only the hash of its secret is kept.
CREATE TABLE one_time_link (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  secret_hash text NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  withdrawn_at timestamptz
);
CREATE INDEX one_time_link_account ON one_time_link (account_id);
-- A token opens one thing, for a time; the one before it goes on for a short while after rotation.
ALTER TABLE service_token ADD COLUMN scope text;
ALTER TABLE service_token ADD COLUMN expires_at timestamptz;
ALTER TABLE service_token ADD COLUMN replaces uuid;
UPDATE service_token SET scope = 'imports' WHERE scope IS NULL;
-- A look at who may sign in and with which roles, and by whom it was confirmed.
CREATE TABLE access_review (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  accounts bigint NOT NULL,
  grants bigint NOT NULL,
  evidence_sha256 text NOT NULL,
  note text NOT NULL
);
