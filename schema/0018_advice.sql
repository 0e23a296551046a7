-- Sheets given to people: the text as it was given, word for word.
CREATE TABLE advice_sheet (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES person (id),
  project_id uuid NOT NULL REFERENCES project (id),
  variant text NOT NULL,
  language text NOT NULL,
  safe text NOT NULL,
  sections text NOT NULL,
  how text NOT NULL,
  given_at timestamptz NOT NULL,
  account_id uuid,
  by_words text NOT NULL
);
CREATE INDEX advice_sheet_person ON advice_sheet (person_id);
-- Given by mistake: it stays readable.
CREATE TABLE advice_mark (
  id uuid PRIMARY KEY,
  sheet_id uuid NOT NULL REFERENCES advice_sheet (id),
  words text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX advice_mark_sheet ON advice_mark (sheet_id);
