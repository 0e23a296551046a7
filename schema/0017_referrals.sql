-- A referral made to a service: what was told, word for word, under which entry of the ledger.
CREATE TABLE referral (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  service_id uuid NOT NULL,
  service_name text NOT NULL,
  recipient text NOT NULL,
  purpose text NOT NULL,
  reason text NOT NULL,
  priority text NOT NULL,
  needs text NOT NULL,
  despite text NOT NULL,
  packet text NOT NULL,
  disclosure_id uuid NOT NULL,
  means text NOT NULL,
  sent_to text NOT NULL,
  sent_at timestamptz NOT NULL,
  reply_due date,
  made_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX referral_person ON referral (person_id);
CREATE INDEX referral_project ON referral (project_id, sent_at);
CREATE INDEX referral_service ON referral (service_id);
-- What happened to it since. How far it is is worked out from these; nothing is overwritten. What was written down by mistake
-- is taken back by a later row that names it.
CREATE TABLE referral_event (
  id uuid PRIMARY KEY,
  referral_id uuid NOT NULL REFERENCES referral (id),
  kind text NOT NULL,
  code text NOT NULL,
  words text NOT NULL,
  -- The moment it happened; for an appointment, the moment it is for.
  at timestamptz NOT NULL,
  place text NOT NULL,
  -- The appointment that was attended or missed, the row taken back, the referral that took over.
  of_event uuid,
  recorded_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL,
  via text NOT NULL
);
CREATE INDEX referral_event_referral ON referral_event (referral_id);
