-- What somebody is typing, kept from the first pause, valid or not. One row is one form opened once; its id is also what
-- makes a second press of the same button change nothing.
CREATE TABLE draft (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES account (id),
  form text NOT NULL,
  subject text NOT NULL,
  href text NOT NULL,
  version bigint NOT NULL,
  body text NOT NULL,
  begun_at timestamptz NOT NULL,
  saved_at timestamptz NOT NULL,
  submitted_at timestamptz,
  result_href text,
  discarded_at timestamptz,
  emptied_at timestamptz
);
CREATE INDEX draft_account ON draft (account_id, form, subject);
CREATE INDEX draft_saved ON draft (saved_at);
-- A text that lost the race against a later one of the same form: both are kept and shown.
CREATE TABLE draft_other_text (
  id uuid PRIMARY KEY,
  draft_id uuid NOT NULL REFERENCES draft (id),
  body text NOT NULL,
  saved_at timestamptz NOT NULL,
  emptied_at timestamptz
);
CREATE INDEX draft_other_text_draft ON draft_other_text (draft_id);
