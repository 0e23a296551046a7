-- Lines that joined another one are found from it.
CREATE INDEX listing_joined ON listing (joined_into);
-- One contact in which somebody was screened, or the reason why not. It hangs on a line of a court list, or on a person;
-- a line's screening is the person's while the line is linked to them. A correction is a new version.
CREATE TABLE screening (
  id uuid PRIMARY KEY,
  listing_id uuid REFERENCES listing (id),
  person_id uuid REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  version bigint NOT NULL,
  CHECK (listing_id IS NOT NULL OR person_id IS NOT NULL)
);
CREATE INDEX screening_listing ON screening (listing_id);
CREATE INDEX screening_person ON screening (person_id);
CREATE INDEX screening_project ON screening (project_id);
CREATE TABLE screening_version (
  screening_id uuid NOT NULL REFERENCES screening (id),
  version bigint NOT NULL,
  at timestamptz NOT NULL,
  by_account uuid,
  by_words text NOT NULL,
  reason text NOT NULL,
  seen text NOT NULL,
  seen_words text NOT NULL,
  contact_at timestamptz NOT NULL,
  late_from_paper boolean NOT NULL,
  need text,
  outcome text,
  answers text NOT NULL,
  in_error boolean NOT NULL,
  PRIMARY KEY (screening_id, version)
);
