-- What hangs on a line goes with the line, and is the person's only while the line is linked to them.
UPDATE triage SET person_id = NULL WHERE listing_id IS NOT NULL AND person_id IS NOT NULL;
UPDATE psychiatric SET person_id = NULL WHERE listing_id IS NOT NULL AND person_id IS NOT NULL;
-- One row: whoever takes records away, places a hold or opens a request for access waits here for the other.
CREATE TABLE retention_turn (
  one bigint PRIMARY KEY
);
INSERT INTO retention_turn (one) VALUES (1);
-- For sets of many records: what hangs on what.
CREATE INDEX listing_change_listing ON listing_change (listing_id);
CREATE INDEX hearing_version_answers_to ON hearing_version (answers_to);
CREATE INDEX assessment_listing ON assessment (listing_id);
CREATE INDEX response_assessment ON response (assessment_id);
CREATE INDEX disclosure_decision ON disclosure (decision_id);
CREATE INDEX disclosure_override_of ON disclosure (override_id);
CREATE INDEX report_delivery_disclosure ON report_delivery (disclosure_id);
CREATE INDEX oral_report_disclosure ON oral_report (disclosure_id);
CREATE INDEX consent_decision_withdraws ON consent_decision (withdraws);
CREATE INDEX diary_entry_person ON diary_entry (person_id);
CREATE INDEX person_merge_merged ON person_merge (merged);
CREATE INDEX referral_in_row_referral ON referral_in_row (referral_id);
