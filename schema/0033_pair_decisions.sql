-- What people said of two records that may be one: a row each time, never written over. A fingerprint of what recognition knew
-- of each record tells later whether its facts changed; where there is none (decided before this table), the version tells.
CREATE TABLE pair_decision (
  first uuid NOT NULL REFERENCES person (id),
  second uuid NOT NULL REFERENCES person (id),
  n bigint NOT NULL,
  decision text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  by_words text NOT NULL,
  first_version bigint NOT NULL,
  second_version bigint NOT NULL,
  first_print text,
  second_print text,
  undone_at timestamptz,
  undone_by text,
  PRIMARY KEY (first, second, n)
);
CREATE INDEX pair_decision_second ON pair_decision (second);
INSERT INTO pair_decision (first, second, n, decision, reason, at, by_words, first_version, second_version)
  SELECT d.first, d.second, 1, d.decision, COALESCE(d.reason, ''), COALESCE(d.decided_at, d.found_at), COALESCE(d.decided_by, ''), a.version, b.version
  FROM duplicate_pair d JOIN person a ON a.id = d.first JOIN person b ON b.id = d.second WHERE d.decision IS NOT NULL;
-- Which decision stands for the pair as its records are now; none: it waits for one. Its own decision columns are read no more.
ALTER TABLE duplicate_pair ADD COLUMN settled bigint;
UPDATE duplicate_pair SET settled = 1 WHERE decision IS NOT NULL;
CREATE INDEX duplicate_pair_open ON duplicate_pair (weight) WHERE settled IS NULL;
-- A record that came along, since the record in which it stood was merged: the merge that brought it.
ALTER TABLE person_merge ADD COLUMN through uuid;
ALTER TABLE person_merge ADD COLUMN undone_reason text;
