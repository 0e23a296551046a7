-- Finding people by any part, records that are one person, and undoing it.
--
-- A merge moves nothing: the merged record only points at the kept one, and questions about a person ask for both.
-- Undoing it clears the pointer, and every row is where it was.
ALTER TABLE person ADD COLUMN merged_into uuid;
CREATE INDEX person_merged ON person (merged_into);
CREATE TABLE person_merge (
  id uuid PRIMARY KEY,
  kept uuid NOT NULL REFERENCES person (id),
  merged uuid NOT NULL REFERENCES person (id),
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  undone_at timestamptz,
  undone_by text
);
CREATE INDEX person_merge_kept ON person_merge (kept);
-- Name parts and their sounds, birth date, identifiers, postcode: found by prefix.
CREATE TABLE person_token (
  token text NOT NULL,
  person_id uuid NOT NULL REFERENCES person (id),
  PRIMARY KEY (token, person_id)
);
CREATE INDEX person_token_person ON person_token (person_id, token);
-- Two records that may be one person. The lower id stands first.
CREATE TABLE duplicate_pair (
  first uuid NOT NULL REFERENCES person (id),
  second uuid NOT NULL REFERENCES person (id),
  weight double precision NOT NULL,
  band text NOT NULL,
  comparison text NOT NULL,
  found_at timestamptz NOT NULL,
  decision text,
  reason text,
  decided_at timestamptz,
  decided_by text,
  PRIMARY KEY (first, second)
);
CREATE INDEX duplicate_pair_second ON duplicate_pair (second);
-- A fingerprint of who a line says it is: a pair that was refused is not offered again for the same words on another day.
ALTER TABLE listing ADD COLUMN identity text;
CREATE INDEX listing_identity ON listing (identity);
