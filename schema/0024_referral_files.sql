-- Files of referrals, as they came: the bytes first, then what was taken from them.
CREATE TABLE referral_in_file (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  body bytea NOT NULL,
  at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX referral_in_file_account ON referral_in_file (account_id, at);
-- Which rows were taken: the same row twice is one referral.
CREATE TABLE referral_in_row (
  fingerprint text PRIMARY KEY,
  referral_id uuid NOT NULL REFERENCES referral_in (id),
  file_id uuid NOT NULL REFERENCES referral_in_file (id)
);
