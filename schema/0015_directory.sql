-- Services that people can be sent to. What is known of one is versioned: answers to the sheet of the directory.
CREATE TABLE service (
  id uuid PRIMARY KEY,
  version bigint NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  -- The id it has where it came from, so that the same file twice changes nothing.
  source_key text UNIQUE,
  ended_at timestamptz,
  ended_by text,
  ended_why text
);
CREATE TABLE service_version (
  service_id uuid NOT NULL REFERENCES service (id),
  version bigint NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  reason text NOT NULL,
  name text NOT NULL,
  answers text NOT NULL,
  PRIMARY KEY (service_id, version)
);
-- Projects in which it is offered; none means all.
CREATE TABLE service_project (
  id uuid PRIMARY KEY,
  service_id uuid NOT NULL REFERENCES service (id),
  project_id uuid NOT NULL REFERENCES project (id),
  since timestamptz NOT NULL,
  since_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX service_project_service ON service_project (service_id);
-- Somebody rang and it is still right; or somebody says that something is wrong, until it is settled.
CREATE TABLE service_word (
  id uuid PRIMARY KEY,
  service_id uuid NOT NULL REFERENCES service (id),
  kind text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  settled_at timestamptz,
  settled_by text
);
CREATE INDEX service_word_service ON service_word (service_id);
-- Files of services as they were received, before anything was taken from them.
CREATE TABLE directory_file (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  body text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  came text NOT NULL
);
