-- One person's day in court. It comes from a line of a list or a message, or somebody typed it about a person who stood on no
-- line of ours.
CREATE TABLE hearing (
  id uuid PRIMARY KEY,
  listing_id uuid UNIQUE REFERENCES listing (id),
  person_id uuid REFERENCES person (id),
  project_id uuid REFERENCES project (id),
  recorded_at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX hearing_person ON hearing (person_id);
-- What somebody said about it: the court by its lists and messages, or a colleague. The newest of each voice counts, all stay;
-- neither overwrites the other. Columns hold what is counted and looked for, "said" all of it.
CREATE TABLE hearing_version (
  id uuid PRIMARY KEY,
  hearing_id uuid NOT NULL REFERENCES hearing (id),
  voice text NOT NULL,
  import_id uuid REFERENCES import (id),
  said_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  by_words text NOT NULL,
  reason text NOT NULL,
  answers_to uuid REFERENCES hearing_version (id),
  court_code text NOT NULL,
  hearing_on date NOT NULL,
  attended text NOT NULL,
  stood_before text NOT NULL,
  stood_after text NOT NULL,
  ended text NOT NULL,
  put_off_for text NOT NULL,
  next_on date,
  said text NOT NULL
);
CREATE INDEX hearing_version_hearing ON hearing_version (hearing_id, voice);
CREATE INDEX hearing_version_said_at ON hearing_version (said_at);
-- The results of a version, with their national codes.
CREATE TABLE hearing_result (
  version_id uuid NOT NULL REFERENCES hearing_version (id),
  ordinal bigint NOT NULL,
  code text,
  label text NOT NULL,
  used_as text,
  ordered_on date,
  PRIMARY KEY (version_id, ordinal)
);
CREATE INDEX hearing_result_code ON hearing_result (code);
CREATE INDEX listing_last_import ON listing (last_import);
