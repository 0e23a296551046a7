-- People whose match record, keys and search words are to be made anew, since what those are made of changed its meaning. The
-- service does it at its next start.
CREATE TABLE match_due (
  person_id uuid PRIMARY KEY REFERENCES person (id)
);
-- A number that was taken out of somebody's details is no evidence any longer.
INSERT INTO match_due (person_id)
SELECT p.id FROM person p JOIN person_version l ON l.person_id = p.id AND l.version = p.version
WHERE EXISTS (SELECT 1 FROM person_version v WHERE v.person_id = p.id AND v.version < p.version AND (
  (COALESCE(l.pnc, '') = '' AND COALESCE(v.pnc, '') <> '')
  OR (COALESCE(l.cro, '') = '' AND COALESCE(v.cro, '') <> '')
  OR (COALESCE(l.nhs_number, '') = '' AND COALESCE(v.nhs_number, '') <> '')
  OR (COALESCE(l.prison_number, '') = '' AND COALESCE(v.prison_number, '') <> '')
  OR (COALESCE(l.crn, '') = '' AND COALESCE(v.crn, '') <> '')))
-- A record has every number of those merged into it, not one of a kind.
UNION SELECT merged_into FROM person WHERE merged_into IS NOT NULL;
-- Other names that the line of a list taught: the decision that linked the line, with which they are taken back.
ALTER TABLE person_alias ADD COLUMN link_decision uuid;
CREATE INDEX person_alias_link_decision ON person_alias (link_decision);
