-- Assessments and filled questionnaires. Nothing is overwritten: a save is a version, a correction a version with its reason.
-- An assessment is about a person. `screening_id` and `listing_id` say what it began from.
CREATE TABLE assessment (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  listing_id uuid REFERENCES listing (id),
  begun_at timestamptz NOT NULL,
  begun_by text NOT NULL,
  account_id uuid
);
CREATE INDEX assessment_person ON assessment (person_id);
-- One save of one topic. `state` is what the clinician said: begun, complete, left-out. `confirmed` holds which answers were
-- taken over from before, and the words that say so; `reason` is only there after signing.
CREATE TABLE assessment_topic (
  id uuid PRIMARY KEY,
  assessment_id uuid NOT NULL REFERENCES assessment (id),
  topic text NOT NULL,
  version bigint NOT NULL,
  state text NOT NULL,
  answers text NOT NULL,
  confirmed text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  UNIQUE (assessment_id, topic, version)
);
-- One version of one need. A need that was taken off the list has a last version that says why.
CREATE TABLE assessment_need (
  id uuid PRIMARY KEY,
  need_id uuid NOT NULL,
  assessment_id uuid NOT NULL REFERENCES assessment (id),
  version bigint NOT NULL,
  area text NOT NULL,
  level text NOT NULL,
  plan text NOT NULL,
  by_whom text NOT NULL,
  by_when text NOT NULL,
  taken_off boolean NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  UNIQUE (need_id, version)
);
CREATE INDEX assessment_need_assessment ON assessment_need (assessment_id);
-- Signed once. `not_asked` are the topics nobody asked about, as they stood when it was signed.
CREATE TABLE assessment_signature (
  assessment_id uuid PRIMARY KEY REFERENCES assessment (id),
  no_need_reason text NOT NULL,
  not_asked text NOT NULL,
  countersign boolean NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  account_id uuid
);
CREATE TABLE assessment_countersignature (
  id uuid PRIMARY KEY,
  assessment_id uuid NOT NULL REFERENCES assessment (id),
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  account_id uuid
);
CREATE INDEX assessment_countersignature_of ON assessment_countersignature (assessment_id);
-- One filled questionnaire; what was answered is in its versions.
CREATE TABLE response (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  assessment_id uuid REFERENCES assessment (id),
  instrument text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX response_person ON response (person_id, instrument);
-- `answers` are as given, item by item, before any reversal; the score is what the file of that version made of them.
-- `result` and `assessor` are for questionnaires whose licence lets us keep no more.
CREATE TABLE response_version (
  response_id uuid NOT NULL REFERENCES response (id),
  version bigint NOT NULL,
  name text NOT NULL,
  instrument_version text NOT NULL,
  filled_on date NOT NULL,
  answers text NOT NULL,
  variant text NOT NULL,
  mode text NOT NULL,
  language text NOT NULL,
  sex text NOT NULL,
  assessor text NOT NULL,
  result text NOT NULL,
  total double precision,
  lower_bound double precision,
  out_of double precision,
  band text NOT NULL,
  positive text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  PRIMARY KEY (response_id, version)
);
-- Entered in error: it stays readable and counts nowhere.
CREATE TABLE response_error (
  response_id uuid PRIMARY KEY REFERENCES response (id),
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
-- An answer that must be talked about in the same contact, raised by one version.
CREATE TABLE response_prompt (
  id uuid PRIMARY KEY,
  response_id uuid NOT NULL REFERENCES response (id),
  version bigint NOT NULL,
  prompt text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX response_prompt_response ON response_prompt (response_id);
-- What was done about it. Put off is an answer that leaves it open.
CREATE TABLE response_prompt_answer (
  id uuid PRIMARY KEY,
  prompt_id uuid NOT NULL REFERENCES response_prompt (id),
  done text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX response_prompt_answer_prompt ON response_prompt_answer (prompt_id);
