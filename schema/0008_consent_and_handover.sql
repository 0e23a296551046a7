-- Decisions about disclosure, what was told, and warnings handed over.
--
-- Like every record made in the cells, these hang on a line of a court list or on a person; what hangs on a line is the
-- person's for as long as the line is linked to them. Nothing here is changed later: a withdrawal, an approval, a receipt
-- is a row of its own.

-- On what ground a project holds somebody's record, in the deployer's words. The newest row of a project counts.
CREATE TABLE lawful_basis (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  words text NOT NULL,
  told text NOT NULL,
  from_day date NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX lawful_basis_person ON lawful_basis (person_id);

-- What a person said about telling one recipient, for one purpose or ('any') for all.
CREATE TABLE consent_decision (
  id uuid PRIMARY KEY,
  person_id uuid REFERENCES person (id),
  listing_id uuid REFERENCES listing (id),
  recipient text NOT NULL,
  recipient_name text NOT NULL,
  purpose text NOT NULL,
  decision text NOT NULL,
  limits text NOT NULL,
  own_words text NOT NULL,
  how text NOT NULL,
  interpreter text NOT NULL,
  easy_read text NOT NULL,
  capacity_words text NOT NULL,
  capacity_by text NOT NULL,
  capacity_share text NOT NULL,
  expires_on date,
  withdraws uuid REFERENCES consent_decision (id),
  decided_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX consent_decision_person ON consent_decision (person_id);
CREATE INDEX consent_decision_listing ON consent_decision (listing_id);

-- Telling somebody without consent: why, and what the person was told about it.
CREATE TABLE disclosure_override (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  person_id uuid REFERENCES person (id),
  listing_id uuid REFERENCES listing (id),
  recipient text NOT NULL,
  recipient_name text NOT NULL,
  purpose text NOT NULL,
  class text NOT NULL,
  reason text NOT NULL,
  told text NOT NULL,
  told_words text NOT NULL,
  at_once boolean NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX disclosure_override_person ON disclosure_override (person_id);
CREATE INDEX disclosure_override_listing ON disclosure_override (listing_id);
CREATE INDEX disclosure_override_project ON disclosure_override (project_id);
-- A second account's answer to it. One row an override: the first answer counts.
CREATE TABLE disclosure_override_answer (
  override_id uuid PRIMARY KEY REFERENCES disclosure_override (id),
  approved boolean NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);

-- The ledger: what was told, to whom, by which means, resting on which decision or override.
CREATE TABLE disclosure (
  id uuid PRIMARY KEY,
  person_id uuid REFERENCES person (id),
  listing_id uuid REFERENCES listing (id),
  recipient text NOT NULL,
  recipient_name text NOT NULL,
  to_role text NOT NULL,
  purpose text NOT NULL,
  means text NOT NULL,
  summary text NOT NULL,
  about_kind text NOT NULL,
  about_id uuid,
  limits text NOT NULL,
  decision_id uuid REFERENCES consent_decision (id),
  override_id uuid REFERENCES disclosure_override (id),
  told_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX disclosure_person ON disclosure (person_id);
CREATE INDEX disclosure_listing ON disclosure (listing_id);
-- A recipient was told that the person withdrew: what was told can't be recalled, but they can be asked to stop using it.
CREATE TABLE disclosure_notice (
  id uuid PRIMARY KEY,
  disclosure_id uuid NOT NULL REFERENCES disclosure (id),
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX disclosure_notice_disclosure ON disclosure_notice (disclosure_id);

-- A self-harm warning: who said what, when, how we know.
CREATE TABLE warning (
  id uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  project_id uuid NOT NULL REFERENCES project (id),
  listing_id uuid REFERENCES listing (id),
  person_id uuid REFERENCES person (id),
  words text NOT NULL,
  said_by text NOT NULL,
  heard_at timestamptz NOT NULL,
  basis text NOT NULL,
  advice text NOT NULL,
  raised_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX warning_project ON warning (project_id);
CREATE INDEX warning_listing ON warning (listing_id);
CREATE INDEX warning_person ON warning (person_id);
-- Given to one receiver. `after_id` names the handover before it, when the person moved on.
CREATE TABLE warning_handover (
  id uuid PRIMARY KEY,
  warning_id uuid NOT NULL REFERENCES warning (id),
  after_id uuid REFERENCES warning_handover (id),
  receiver text NOT NULL,
  place text NOT NULL,
  given_to text NOT NULL,
  means text NOT NULL,
  handed_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  disclosure_id uuid NOT NULL REFERENCES disclosure (id),
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX warning_handover_warning ON warning_handover (warning_id);
-- The receiver confirmed. One row a handover: the first receipt counts.
CREATE TABLE warning_receipt (
  handover_id uuid PRIMARY KEY REFERENCES warning_handover (id),
  received_by text NOT NULL,
  role text NOT NULL,
  how text NOT NULL,
  note text NOT NULL,
  received_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
-- A link that a receiver without an account can confirm by, once. Only the hash of its secret is kept.
CREATE TABLE warning_link (
  id uuid PRIMARY KEY,
  handover_id uuid NOT NULL REFERENCES warning_handover (id),
  token_hash text NOT NULL UNIQUE,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  expires_at timestamptz NOT NULL,
  opened bigint NOT NULL,
  used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
CREATE INDEX warning_link_handover ON warning_link (handover_id);
-- A manager closed it though nobody confirmed.
CREATE TABLE warning_closing (
  warning_id uuid PRIMARY KEY REFERENCES warning (id),
  reason text NOT NULL,
  words text NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
