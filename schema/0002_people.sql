-- The register: everyone who has a record. A change of a person's details is a new version.
CREATE TABLE person (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  version bigint NOT NULL
);
CREATE TABLE person_version (
  person_id uuid NOT NULL REFERENCES person (id),
  version bigint NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  source text NOT NULL,
  forename text,
  middle_names text,
  surname text,
  date_of_birth date,
  sex text NOT NULL,
  pnc text,
  cro text,
  nhs_number text,
  prison_number text,
  crn text,
  house text,
  street text,
  town text,
  postcode text,
  PRIMARY KEY (person_id, version)
);
CREATE TABLE person_alias (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  forename text,
  middle_names text,
  surname text,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX person_alias_person ON person_alias (person_id);
-- What recognition compares: kept current in the transaction that changes a person.
CREATE TABLE match_record (
  person_id uuid PRIMARY KEY REFERENCES person (id),
  record text NOT NULL
);
CREATE TABLE match_key (
  key bigint NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id),
  PRIMARY KEY (key, person_id)
);
CREATE INDEX match_key_person ON match_key (person_id);
-- How often each name, birth date or outcode occurs in the register.
CREATE TABLE term_count (
  kind text NOT NULL,
  value text NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (kind, value)
);
-- A person's involvement with a project, from identification to closure.
CREATE TABLE episode (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  opened_at timestamptz NOT NULL,
  opened_by text NOT NULL,
  last_contact_at timestamptz NOT NULL,
  closed_at timestamptz,
  closed_by text
);
CREATE INDEX episode_person ON episode (person_id);
CREATE INDEX episode_project ON episode (project_id);
