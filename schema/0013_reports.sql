-- Reports for the court: asked for, written, signed, delivered. Nothing is overwritten: a save, a signature, a delivery, an answer
-- is a row. A report hangs on a line of a list, or on a person.
CREATE TABLE report (
  id uuid PRIMARY KEY,
  listing_id uuid REFERENCES listing (id),
  person_id uuid REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  kind text NOT NULL,
  purpose text NOT NULL,
  asked_by text NOT NULL,
  asker text NOT NULL,
  question text NOT NULL,
  restriction text NOT NULL,
  asked_at timestamptz NOT NULL,
  after_id uuid REFERENCES report (id),
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX report_listing ON report (listing_id);
CREATE INDEX report_person ON report (person_id);
CREATE INDEX report_project ON report (project_id);
-- For which hearing, and what that makes of the time it is due. The newest counts.
CREATE TABLE report_hearing (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES report (id),
  hearing_on date,
  hearing_time text NOT NULL,
  court text NOT NULL,
  room text NOT NULL,
  due_at timestamptz,
  due_why text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX report_hearing_report ON report_hearing (report_id);
-- Who writes it. The newest counts.
CREATE TABLE report_writer (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES report (id),
  account_id uuid NOT NULL,
  name text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX report_writer_report ON report_writer (report_id);
-- One save of the text of one version.
CREATE TABLE report_save (
  report_id uuid NOT NULL REFERENCES report (id),
  version bigint NOT NULL,
  save bigint NOT NULL,
  changed text NOT NULL,
  body text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL,
  PRIMARY KEY (report_id, version, save)
);
-- A version signed: of which save, what it changes against the one before, and the points of the check that its author looked at.
CREATE TABLE report_version (
  report_id uuid NOT NULL REFERENCES report (id),
  version bigint NOT NULL,
  save bigint NOT NULL,
  changed text NOT NULL,
  looked_at text NOT NULL,
  countersign boolean NOT NULL,
  role_words text NOT NULL,
  signed_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL,
  PRIMARY KEY (report_id, version)
);
CREATE TABLE report_countersignature (
  report_id uuid NOT NULL,
  version bigint NOT NULL,
  words text NOT NULL,
  role_words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL,
  PRIMARY KEY (report_id, version)
);
-- A version as everybody gets it: the document as data, the very bytes of its PDF, and the hash over the document.
CREATE TABLE report_locked (
  report_id uuid NOT NULL,
  version bigint NOT NULL,
  hash text NOT NULL,
  document text NOT NULL,
  pdf bytea NOT NULL,
  pages bigint NOT NULL,
  locked_at timestamptz NOT NULL,
  PRIMARY KEY (report_id, version)
);
-- A recommendation of a signed version.
CREATE TABLE report_recommendation (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES report (id),
  version bigint NOT NULL,
  place bigint NOT NULL,
  kind text NOT NULL,
  words text NOT NULL,
  why text NOT NULL,
  instead text NOT NULL
);
CREATE INDEX report_recommendation_report ON report_recommendation (report_id);
-- Whether the court followed it. The newest counts.
CREATE TABLE report_followed (
  id uuid PRIMARY KEY,
  recommendation_id uuid NOT NULL REFERENCES report_recommendation (id),
  answer text NOT NULL,
  why text NOT NULL,
  source text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX report_followed_recommendation ON report_followed (recommendation_id);
-- One version given to one receiver, under its entry in the ledger of disclosure.
CREATE TABLE report_delivery (
  id uuid PRIMARY KEY,
  report_id uuid NOT NULL REFERENCES report (id),
  version bigint NOT NULL,
  recipient text NOT NULL,
  to_name text NOT NULL,
  to_role text NOT NULL,
  means text NOT NULL,
  delivered_at timestamptz NOT NULL,
  disclosure_id uuid NOT NULL REFERENCES disclosure (id),
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX report_delivery_report ON report_delivery (report_id);
-- The receiver acknowledged it. One row a delivery: the first counts.
CREATE TABLE report_receipt (
  delivery_id uuid PRIMARY KEY REFERENCES report_delivery (id),
  received_by text NOT NULL,
  note text NOT NULL,
  received_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
-- No longer wanted, with the reason.
CREATE TABLE report_closing (
  report_id uuid PRIMARY KEY REFERENCES report (id),
  reason text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
-- What was said in court or to somebody, with or without a written report.
CREATE TABLE oral_report (
  id uuid PRIMARY KEY,
  report_id uuid REFERENCES report (id),
  listing_id uuid REFERENCES listing (id),
  person_id uuid REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  said text NOT NULL,
  recipient text NOT NULL,
  to_name text NOT NULL,
  purpose text NOT NULL,
  court text NOT NULL,
  room text NOT NULL,
  said_at timestamptz NOT NULL,
  questions text NOT NULL,
  response text NOT NULL,
  disclosure_id uuid NOT NULL REFERENCES disclosure (id),
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX oral_report_report ON oral_report (report_id);
CREATE INDEX oral_report_listing ON oral_report (listing_id);
CREATE INDEX oral_report_person ON oral_report (person_id);
-- What was asked and answered, or how the bench answered, after it was first recorded.
CREATE TABLE oral_report_more (
  id uuid PRIMARY KEY,
  oral_id uuid NOT NULL REFERENCES oral_report (id),
  what text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX oral_report_more_oral ON oral_report_more (oral_id);
-- What stands at the head of a project's reports. The newest counts.
CREATE TABLE report_letterhead (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  organisation text NOT NULL,
  address text NOT NULL,
  contact text NOT NULL,
  classification text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX report_letterhead_project ON report_letterhead (project_id);
