-- Contacts with a person and about them.
CREATE TABLE contact (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  at timestamptz NOT NULL,
  -- With the person themselves, or with an agency about them.
  agency text NOT NULL,
  who text NOT NULL,
  role text NOT NULL,
  means text NOT NULL,
  purpose text NOT NULL,
  direction text NOT NULL,
  words text NOT NULL,
  told text NOT NULL,
  disclosure_id uuid,
  outcome text NOT NULL,
  follow_up text NOT NULL,
  follow_up_on date,
  request_id uuid,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX contact_person ON contact (person_id);
CREATE INDEX contact_project ON contact (project_id, at);
-- Written down by mistake, or its follow-up is done.
CREATE TABLE contact_mark (
  id uuid PRIMARY KEY,
  contact_id uuid NOT NULL REFERENCES contact (id),
  mark text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX contact_mark_contact ON contact_mark (contact_id);
-- Something that an agency was asked for.
CREATE TABLE information_request (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  agency text NOT NULL,
  who text NOT NULL,
  who_key text NOT NULL,
  role text NOT NULL,
  subject text NOT NULL,
  words text NOT NULL,
  means text NOT NULL,
  asked_at timestamptz NOT NULL,
  due_on date NOT NULL,
  disclosure_id uuid NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX information_request_person ON information_request (person_id);
CREATE INDEX information_request_project ON information_request (project_id, due_on);
-- What became of it: answered, asked again, no longer needed, not answered.
CREATE TABLE information_event (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES information_request (id),
  kind text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX information_event_request ON information_event (request_id);
