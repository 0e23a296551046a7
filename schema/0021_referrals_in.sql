-- Somebody referred to us: by an agency with an account, by a one-time link, by a poster, by telephone or on paper.
CREATE TABLE referral_in (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  source text NOT NULL,
  door_id uuid,
  name text NOT NULL,
  born_on date,
  sex text NOT NULL,
  number text NOT NULL,
  place text NOT NULL,
  court_code text NOT NULL,
  hearing_on date,
  hearing_time text NOT NULL,
  worries text NOT NULL,
  words text NOT NULL,
  danger text NOT NULL,
  told text NOT NULL,
  agrees text NOT NULL,
  referrer_name text NOT NULL,
  referrer_role text NOT NULL,
  referrer_contact text NOT NULL,
  received_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX referral_in_project ON referral_in (project_id, received_at);
CREATE INDEX referral_in_day ON referral_in (court_code, hearing_on);
CREATE INDEX referral_in_account ON referral_in (account_id);
-- What became of it. How it stands is worked out from these.
CREATE TABLE referral_in_event (
  id uuid PRIMARY KEY,
  referral_id uuid NOT NULL REFERENCES referral_in (id),
  kind text NOT NULL,
  code text NOT NULL,
  words text NOT NULL,
  listing_id uuid,
  person_id uuid,
  other_id uuid,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX referral_in_event_referral ON referral_in_event (referral_id);
CREATE INDEX referral_in_event_listing ON referral_in_event (listing_id);
CREATE INDEX referral_in_event_person ON referral_in_event (person_id);
-- Doors: an open form behind a poster, or one link for one referral.
CREATE TABLE referral_door (
  id uuid PRIMARY KEY,
  project_id uuid NOT NULL REFERENCES project (id),
  kind text NOT NULL,
  name text NOT NULL,
  code text UNIQUE,
  made_at timestamptz NOT NULL,
  made_by text NOT NULL,
  ended_at timestamptz,
  ended_by text
);
CREATE INDEX referral_door_project ON referral_door (project_id);
-- How often an open form was sent, by door or network and by ten minutes: any number of tries is one row.
CREATE TABLE referral_door_use (
  bucket text NOT NULL,
  since timestamptz NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (bucket, since)
);
