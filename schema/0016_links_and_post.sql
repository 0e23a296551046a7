-- What leaves by e-mail or as a text message. The text holds no secret: a link is made in the moment of sending.
CREATE TABLE post_message (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  to_address text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  link_purpose text NOT NULL,
  link_subject uuid,
  link_hours bigint NOT NULL,
  link_path text NOT NULL,
  about_kind text NOT NULL,
  about_id uuid NOT NULL,
  project_id uuid NOT NULL REFERENCES project (id),
  queued_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL,
  -- When it is sent, or tried again.
  due_at timestamptz NOT NULL,
  state text NOT NULL,
  claimed_at timestamptz,
  tries bigint NOT NULL
);
CREATE INDEX post_message_due ON post_message (state, due_at);
CREATE INDEX post_message_about ON post_message (about_id);
-- What came of each try.
CREATE TABLE post_try (
  id uuid PRIMARY KEY,
  message_id uuid NOT NULL REFERENCES post_message (id),
  at timestamptz NOT NULL,
  came text NOT NULL,
  words text NOT NULL
);
CREATE INDEX post_try_message ON post_try (message_id);
-- One-time links of any purpose. Only the hash of the secret is kept.
CREATE TABLE link (
  id uuid PRIMARY KEY,
  purpose text NOT NULL,
  subject_id uuid NOT NULL,
  token_hash text NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by text,
  revoked_at timestamptz,
  revoked_by text
);
CREATE INDEX link_subject ON link (purpose, subject_id);
-- Links that did not fit, counted by ten minutes: any number of tries is one row.
CREATE TABLE link_tries (
  purpose text NOT NULL,
  since timestamptz NOT NULL,
  failed bigint NOT NULL,
  PRIMARY KEY (purpose, since)
);
