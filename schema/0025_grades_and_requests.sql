-- The professional grade of whoever signs, as the administrator knows it; the newest row counts.
CREATE TABLE account_grade (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  -- A key, or empty for not known any more.
  grade text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX account_grade_account ON account_grade (account_id);
-- A report that was asked for with a referral to us. It is begun by a human, once it is known who is meant.
CREATE TABLE referral_in_report (
  referral_id uuid PRIMARY KEY REFERENCES referral_in (id),
  question text NOT NULL,
  -- When it is wanted, as typed.
  wanted text NOT NULL
);
CREATE TABLE report_referral (
  report_id uuid PRIMARY KEY REFERENCES report (id),
  referral_id uuid NOT NULL REFERENCES referral_in (id)
);
CREATE INDEX report_referral_referral ON report_referral (referral_id);
