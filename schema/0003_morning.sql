-- Files in, as received; the bytes lie in the archive under their hash.
CREATE TABLE import (
  id uuid PRIMARY KEY,
  hash text NOT NULL UNIQUE,
  file_name text NOT NULL,
  size bigint NOT NULL,
  received_at timestamptz NOT NULL,
  received_by text NOT NULL,
  route text NOT NULL
);
CREATE INDEX import_received ON import (received_at);
-- Each reading of an import: the first one and every replay. The newest one counts.
CREATE TABLE import_reading (
  id uuid PRIMARY KEY,
  import_id uuid NOT NULL REFERENCES import (id),
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  taken boolean NOT NULL,
  format text,
  refusal text,
  counts text NOT NULL,
  skips text NOT NULL,
  notes text NOT NULL
);
CREATE INDEX import_reading_import ON import_reading (import_id);
-- Which court days an import touched.
CREATE TABLE import_court_day (
  import_id uuid NOT NULL REFERENCES import (id),
  court_code text NOT NULL,
  list_date date NOT NULL,
  PRIMARY KEY (import_id, court_code, list_date)
);
CREATE INDEX import_court_day_court ON import_court_day (court_code, list_date);
CREATE TABLE court_day (
  court_code text NOT NULL,
  list_date date NOT NULL,
  version bigint NOT NULL,
  changed_at timestamptz NOT NULL,
  PRIMARY KEY (court_code, list_date)
);
-- One person's line on one day's court list, hearing or escort record.
CREATE TABLE listing (
  id uuid PRIMARY KEY,
  court_code text NOT NULL,
  list_date date NOT NULL,
  source_key text NOT NULL,
  origin text NOT NULL,
  court_name text,
  series text,
  hearing_id text,
  room text,
  starts text,
  list_no text,
  sequence bigint,
  case_no text,
  listed_for text,
  kind text NOT NULL,
  forename text,
  middle_names text,
  surname text,
  full_name text NOT NULL,
  date_of_birth date,
  age bigint,
  sex text NOT NULL,
  pnc text,
  custody text NOT NULL,
  offences_short text NOT NULL,
  detail text NOT NULL,
  sent_at timestamptz NOT NULL,
  first_import uuid NOT NULL REFERENCES import (id),
  last_import uuid NOT NULL REFERENCES import (id),
  first_seen_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  removed_at timestamptz,
  joined_into uuid,
  UNIQUE (court_code, list_date, source_key)
);
CREATE INDEX listing_hearing ON listing (hearing_id);
CREATE TABLE listing_change (
  id uuid PRIMARY KEY,
  listing_id uuid NOT NULL REFERENCES listing (id),
  court_code text NOT NULL,
  list_date date NOT NULL,
  import_id uuid NOT NULL REFERENCES import (id),
  at timestamptz NOT NULL,
  what text NOT NULL,
  words text NOT NULL
);
CREATE INDEX listing_change_day ON listing_change (court_code, list_date);
-- Result codes as pronounced, for "made on" facts; the whole result stays in the listing's detail.
CREATE TABLE listing_result (
  listing_id uuid NOT NULL REFERENCES listing (id),
  ordinal bigint NOT NULL,
  code text,
  label text,
  ordered_on date,
  PRIMARY KEY (listing_id, ordinal)
);
CREATE TABLE escort_record (
  id uuid PRIMARY KEY,
  source_key text NOT NULL UNIQUE,
  court_code text NOT NULL,
  move_date date NOT NULL,
  status text NOT NULL,
  from_words text,
  detail text NOT NULL,
  as_of timestamptz NOT NULL,
  first_import uuid NOT NULL REFERENCES import (id),
  last_import uuid NOT NULL REFERENCES import (id)
);
CREATE INDEX escort_record_day ON escort_record (court_code, move_date);
CREATE TABLE escort_fact (
  escort_id uuid NOT NULL REFERENCES escort_record (id),
  ordinal bigint NOT NULL,
  fact text NOT NULL,
  PRIMARY KEY (escort_id, ordinal)
);
-- Which escort record belongs to which line: exact identifiers, or a human's word. Undone, never deleted.
CREATE TABLE listing_escort (
  id uuid PRIMARY KEY,
  listing_id uuid NOT NULL REFERENCES listing (id),
  escort_id uuid NOT NULL REFERENCES escort_record (id),
  how text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  undone_at timestamptz,
  undone_by text
);
CREATE INDEX listing_escort_listing ON listing_escort (listing_id);
CREATE INDEX listing_escort_escort ON listing_escort (escort_id);
-- A line and an escort record that look like one person; a human decides.
CREATE TABLE join_proposal (
  id uuid PRIMARY KEY,
  escort_id uuid NOT NULL REFERENCES escort_record (id),
  listing_id uuid NOT NULL REFERENCES listing (id),
  comparison text NOT NULL,
  at timestamptz NOT NULL,
  decision text,
  decided_at timestamptz,
  decided_by text,
  UNIQUE (escort_id, listing_id)
);
CREATE INDEX join_proposal_listing ON join_proposal (listing_id);
-- People of the register who may be the person on a line, as weighed when the line arrived or changed.
CREATE TABLE candidate (
  listing_id uuid NOT NULL REFERENCES listing (id),
  person_id uuid NOT NULL REFERENCES person (id),
  rank bigint NOT NULL,
  weight double precision NOT NULL,
  probability double precision NOT NULL,
  band text NOT NULL,
  comparison text NOT NULL,
  PRIMARY KEY (listing_id, person_id)
);
CREATE INDEX candidate_person ON candidate (person_id);
CREATE TABLE link_decision (
  id uuid PRIMARY KEY,
  listing_id uuid NOT NULL REFERENCES listing (id),
  person_id uuid NOT NULL REFERENCES person (id),
  decision text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  undone_at timestamptz,
  undone_by text
);
CREATE INDEX link_decision_listing ON link_decision (listing_id);
CREATE INDEX link_decision_person ON link_decision (person_id);
-- Work done on a line. It hangs on the line's id, so a later list never loses it.
CREATE TABLE listing_take (
  id uuid PRIMARY KEY,
  listing_id uuid NOT NULL REFERENCES listing (id),
  account_id uuid NOT NULL REFERENCES account (id),
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  released_at timestamptz,
  released_by text
);
CREATE INDEX listing_take_listing ON listing_take (listing_id);
CREATE TABLE listing_preparation (
  id uuid PRIMARY KEY,
  listing_id uuid NOT NULL REFERENCES listing (id),
  status text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL
);
CREATE INDEX listing_preparation_listing ON listing_preparation (listing_id);
CREATE TABLE listing_move (
  id uuid PRIMARY KEY,
  listing_id uuid NOT NULL REFERENCES listing (id),
  place bigint NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  undone_at timestamptz,
  undone_by text
);
CREATE INDEX listing_move_listing ON listing_move (listing_id);
CREATE TABLE board_look (
  account_id uuid NOT NULL REFERENCES account (id),
  court_code text NOT NULL,
  list_date date NOT NULL,
  looked_at timestamptz NOT NULL,
  before_at timestamptz,
  PRIMARY KEY (account_id, court_code, list_date)
);
-- The short code printed on a paper cell sheet.
CREATE TABLE sheet_code (
  code text PRIMARY KEY,
  listing_id uuid NOT NULL REFERENCES listing (id),
  printed_at timestamptz NOT NULL,
  printed_by text NOT NULL
);
CREATE INDEX sheet_code_listing ON sheet_code (listing_id);
