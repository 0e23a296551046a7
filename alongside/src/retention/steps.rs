//! **The one exception to "nothing is overwritten or deleted".** Every statement of the service that takes a record away stands
//! in this file, and nothing runs them but a set that a named person has confirmed ([`super::carry_out`], [`super::removal`]).
//!
//! One line a table: the table, the tables whose ids lead to it, how its own ids are found (where others hang on it), and its
//! statement. A test holds that every table of the database is here or in [`super::stays`] with a reason.

use store::{Statement, sql};

/// One table.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The table.
    pub table: &'static str,
    pub(super) of: &'static [&'static str],
    pub(super) ids: Option<Statement>,
    pub(super) goes: Statement,
}

/// A table that others hang on: its ids are found first, and its rows go by them.
const fn branch(table: &'static str, of: &'static [&'static str], ids: Statement, goes: Statement) -> Step {
    Step { table, of, ids: Some(ids), goes }
}

/// A table that nothing hangs on: its rows go by the ids they hang on.
const fn leaf(table: &'static str, of: &'static [&'static str], goes: Statement) -> Step {
    Step { table, of, ids: None, goes }
}

/// A table that a removal may begin with.
const fn root(table: &'static str, goes: Statement) -> Step {
    Step { table, of: &[], ids: None, goes }
}

const ROOTS: &[&str] = &["person", "listing"];
const PERSON: &[&str] = &["person"];
const LINE: &[&str] = &["listing"];

/// From the roots to what hangs on them. A row that hangs on a line goes with it, unless it is also another person's.
#[rustfmt::skip]
pub const STEPS: &[Step] = &[
    root("person", sql("DELETE FROM person WHERE id IN ($LIST)")),
    root("listing", sql("DELETE FROM listing WHERE id IN ($LIST)")),
    leaf("person_version", PERSON, sql("DELETE FROM person_version WHERE person_id IN ($LIST)")),
    leaf("person_alias", PERSON, sql("DELETE FROM person_alias WHERE person_id IN ($LIST)")),
    leaf("match_due", PERSON, sql("DELETE FROM match_due WHERE person_id IN ($LIST)")),
    leaf("person_merge", PERSON, sql("DELETE FROM person_merge WHERE kept IN ($LIST) OR merged IN ($LIST)")),
    leaf("duplicate_pair", PERSON, sql("DELETE FROM duplicate_pair WHERE first IN ($LIST) OR second IN ($LIST)")),
    leaf("pair_decision", PERSON, sql("DELETE FROM pair_decision WHERE first IN ($LIST) OR second IN ($LIST)")),
    leaf("person_restriction", PERSON, sql("DELETE FROM person_restriction WHERE person_id IN ($LIST)")),
    leaf("person_named", PERSON, sql("DELETE FROM person_named WHERE person_id IN ($LIST)")),
    leaf("episode", PERSON, sql("DELETE FROM episode WHERE person_id IN ($LIST)")),
    leaf("glass", PERSON, sql("DELETE FROM glass WHERE record_id IN ($LIST)")),
    leaf("lawful_basis", PERSON, sql("DELETE FROM lawful_basis WHERE person_id IN ($LIST)")),
    branch("legal_hold", PERSON, sql("SELECT id FROM legal_hold WHERE person_id IN ($LIST)"), sql("DELETE FROM legal_hold WHERE id IN ($LIST)")),
    leaf("legal_hold_lifting", &["legal_hold"], sql("DELETE FROM legal_hold_lifting WHERE hold_id IN ($LIST)")),
    branch("person_death", PERSON, sql("SELECT id FROM person_death WHERE person_id IN ($LIST)"), sql("DELETE FROM person_death WHERE id IN ($LIST)")),
    leaf("person_death_mistake", &["person_death"], sql("DELETE FROM person_death_mistake WHERE death_id IN ($LIST)")),
    // An escort record that another line has too stays with that one.
    branch("escort_record", LINE, sql("SELECT e.id FROM escort_record e JOIN listing_escort j ON j.escort_id = e.id WHERE j.undone_at IS NULL AND j.listing_id IN ($LIST) AND NOT EXISTS (SELECT 1 FROM listing_escort o WHERE o.escort_id = e.id AND o.undone_at IS NULL AND o.listing_id NOT IN ($LIST))"), sql("DELETE FROM escort_record WHERE id IN ($LIST)")),
    leaf("escort_fact", &["escort_record"], sql("DELETE FROM escort_fact WHERE escort_id IN ($LIST)")),
    leaf("listing_escort", &["listing", "escort_record"], sql("DELETE FROM listing_escort WHERE listing_id IN ($LIST) OR escort_id IN ($LIST)")),
    leaf("join_proposal", &["listing", "escort_record"], sql("DELETE FROM join_proposal WHERE listing_id IN ($LIST) OR escort_id IN ($LIST)")),
    leaf("candidate", ROOTS, sql("DELETE FROM candidate WHERE person_id IN ($LIST) OR listing_id IN ($LIST)")),
    leaf("link_decision", ROOTS, sql("DELETE FROM link_decision WHERE person_id IN ($LIST) OR listing_id IN ($LIST)")),
    leaf("listing_change", LINE, sql("DELETE FROM listing_change WHERE listing_id IN ($LIST)")),
    leaf("listing_result", LINE, sql("DELETE FROM listing_result WHERE listing_id IN ($LIST)")),
    leaf("listing_take", LINE, sql("DELETE FROM listing_take WHERE listing_id IN ($LIST)")),
    leaf("listing_preparation", LINE, sql("DELETE FROM listing_preparation WHERE listing_id IN ($LIST)")),
    leaf("listing_move", LINE, sql("DELETE FROM listing_move WHERE listing_id IN ($LIST)")),
    leaf("sheet_code", LINE, sql("DELETE FROM sheet_code WHERE listing_id IN ($LIST)")),
    branch("referral_in", ROOTS, sql("SELECT q.id FROM referral_in q JOIN referral_in_event e ON e.referral_id = q.id WHERE e.kind = 'joined' AND NOT EXISTS (SELECT 1 FROM referral_in_event u WHERE u.referral_id = q.id AND u.kind IN ('joined', 'unjoined') AND u.id > e.id) AND (e.listing_id IN ($LIST) OR e.person_id IN ($LIST))"), sql("DELETE FROM referral_in WHERE id IN ($LIST)")),
    leaf("referral_in_event", &["referral_in"], sql("DELETE FROM referral_in_event WHERE referral_id IN ($LIST)")),
    leaf("referral_in_report", &["referral_in"], sql("DELETE FROM referral_in_report WHERE referral_id IN ($LIST)")),
    leaf("referral_in_row", &["referral_in"], sql("DELETE FROM referral_in_row WHERE referral_id IN ($LIST)")),
    branch("screening", ROOTS, sql("SELECT id FROM screening WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM screening WHERE id IN ($LIST)")),
    leaf("screening_version", &["screening"], sql("DELETE FROM screening_version WHERE screening_id IN ($LIST)")),
    branch("assessment", PERSON, sql("SELECT id FROM assessment WHERE person_id IN ($LIST)"), sql("DELETE FROM assessment WHERE id IN ($LIST)")),
    leaf("assessment_topic", &["assessment"], sql("DELETE FROM assessment_topic WHERE assessment_id IN ($LIST)")),
    leaf("assessment_need", &["assessment"], sql("DELETE FROM assessment_need WHERE assessment_id IN ($LIST)")),
    leaf("assessment_signature", &["assessment"], sql("DELETE FROM assessment_signature WHERE assessment_id IN ($LIST)")),
    leaf("assessment_countersignature", &["assessment"], sql("DELETE FROM assessment_countersignature WHERE assessment_id IN ($LIST)")),
    branch("response", PERSON, sql("SELECT id FROM response WHERE person_id IN ($LIST)"), sql("DELETE FROM response WHERE id IN ($LIST)")),
    leaf("response_version", &["response"], sql("DELETE FROM response_version WHERE response_id IN ($LIST)")),
    leaf("response_error", &["response"], sql("DELETE FROM response_error WHERE response_id IN ($LIST)")),
    branch("response_prompt", &["response"], sql("SELECT id FROM response_prompt WHERE response_id IN ($LIST)"), sql("DELETE FROM response_prompt WHERE id IN ($LIST)")),
    leaf("response_prompt_answer", &["response_prompt"], sql("DELETE FROM response_prompt_answer WHERE prompt_id IN ($LIST)")),
    branch("triage", ROOTS, sql("SELECT id FROM triage WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM triage WHERE id IN ($LIST)")),
    leaf("triage_response", &["triage"], sql("DELETE FROM triage_response WHERE triage_id IN ($LIST)")),
    branch("psychiatric", ROOTS, sql("SELECT id FROM psychiatric WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM psychiatric WHERE id IN ($LIST)")),
    leaf("psychiatric_fact", &["psychiatric"], sql("DELETE FROM psychiatric_fact WHERE psychiatric_id IN ($LIST)")),
    branch("partner_request", &["psychiatric"], sql("SELECT id FROM partner_request WHERE psychiatric_id IN ($LIST)"), sql("DELETE FROM partner_request WHERE id IN ($LIST)")),
    leaf("answer_link", &["partner_request"], sql("DELETE FROM answer_link WHERE request_id IN ($LIST)")),
    branch("hearing", ROOTS, sql("SELECT id FROM hearing WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM hearing WHERE id IN ($LIST)")),
    branch("hearing_version", &["hearing"], sql("SELECT id FROM hearing_version WHERE hearing_id IN ($LIST)"), sql("DELETE FROM hearing_version WHERE id IN ($LIST)")),
    leaf("hearing_result", &["hearing_version"], sql("DELETE FROM hearing_result WHERE version_id IN ($LIST)")),
    // The ledger comes before what rests on its entries, so that it goes after it.
    branch("consent_decision", ROOTS, sql("SELECT id FROM consent_decision WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM consent_decision WHERE id IN ($LIST)")),
    branch("disclosure_override", ROOTS, sql("SELECT id FROM disclosure_override WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM disclosure_override WHERE id IN ($LIST)")),
    leaf("disclosure_override_answer", &["disclosure_override"], sql("DELETE FROM disclosure_override_answer WHERE override_id IN ($LIST)")),
    branch("disclosure", ROOTS, sql("SELECT id FROM disclosure WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM disclosure WHERE id IN ($LIST)")),
    leaf("disclosure_notice", &["disclosure"], sql("DELETE FROM disclosure_notice WHERE disclosure_id IN ($LIST)")),
    branch("warning", ROOTS, sql("SELECT id FROM warning WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM warning WHERE id IN ($LIST)")),
    branch("warning_handover", &["warning"], sql("SELECT id FROM warning_handover WHERE warning_id IN ($LIST)"), sql("DELETE FROM warning_handover WHERE id IN ($LIST)")),
    leaf("warning_receipt", &["warning_handover"], sql("DELETE FROM warning_receipt WHERE handover_id IN ($LIST)")),
    leaf("warning_link", &["warning_handover"], sql("DELETE FROM warning_link WHERE handover_id IN ($LIST)")),
    leaf("warning_closing", &["warning"], sql("DELETE FROM warning_closing WHERE warning_id IN ($LIST)")),
    branch("report", ROOTS, sql("SELECT id FROM report WHERE person_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM report WHERE id IN ($LIST)")),
    leaf("report_hearing", &["report"], sql("DELETE FROM report_hearing WHERE report_id IN ($LIST)")),
    leaf("report_writer", &["report"], sql("DELETE FROM report_writer WHERE report_id IN ($LIST)")),
    leaf("report_save", &["report"], sql("DELETE FROM report_save WHERE report_id IN ($LIST)")),
    leaf("report_version", &["report"], sql("DELETE FROM report_version WHERE report_id IN ($LIST)")),
    leaf("report_countersignature", &["report"], sql("DELETE FROM report_countersignature WHERE report_id IN ($LIST)")),
    leaf("report_locked", &["report"], sql("DELETE FROM report_locked WHERE report_id IN ($LIST)")),
    branch("report_recommendation", &["report"], sql("SELECT id FROM report_recommendation WHERE report_id IN ($LIST)"), sql("DELETE FROM report_recommendation WHERE id IN ($LIST)")),
    leaf("report_followed", &["report_recommendation"], sql("DELETE FROM report_followed WHERE recommendation_id IN ($LIST)")),
    branch("report_delivery", &["report"], sql("SELECT id FROM report_delivery WHERE report_id IN ($LIST)"), sql("DELETE FROM report_delivery WHERE id IN ($LIST)")),
    leaf("report_receipt", &["report_delivery"], sql("DELETE FROM report_receipt WHERE delivery_id IN ($LIST)")),
    leaf("report_closing", &["report"], sql("DELETE FROM report_closing WHERE report_id IN ($LIST)")),
    leaf("report_referral", &["report", "referral_in"], sql("DELETE FROM report_referral WHERE report_id IN ($LIST) OR referral_id IN ($LIST)")),
    branch("oral_report", &["person", "listing", "report"], sql("SELECT id FROM oral_report WHERE person_id IN ($LIST) OR report_id IN ($LIST) OR (listing_id IN ($LIST) AND person_id IS NULL)"), sql("DELETE FROM oral_report WHERE id IN ($LIST)")),
    leaf("oral_report_more", &["oral_report"], sql("DELETE FROM oral_report_more WHERE oral_id IN ($LIST)")),
    branch("referral", PERSON, sql("SELECT id FROM referral WHERE person_id IN ($LIST)"), sql("DELETE FROM referral WHERE id IN ($LIST)")),
    branch("referral_event", &["referral"], sql("SELECT id FROM referral_event WHERE referral_id IN ($LIST)"), sql("DELETE FROM referral_event WHERE id IN ($LIST)")),
    branch("contact", PERSON, sql("SELECT id FROM contact WHERE person_id IN ($LIST)"), sql("DELETE FROM contact WHERE id IN ($LIST)")),
    leaf("contact_mark", &["contact"], sql("DELETE FROM contact_mark WHERE contact_id IN ($LIST)")),
    branch("information_request", PERSON, sql("SELECT id FROM information_request WHERE person_id IN ($LIST)"), sql("DELETE FROM information_request WHERE id IN ($LIST)")),
    leaf("information_event", &["information_request"], sql("DELETE FROM information_event WHERE request_id IN ($LIST)")),
    branch("advice_sheet", PERSON, sql("SELECT id FROM advice_sheet WHERE person_id IN ($LIST)"), sql("DELETE FROM advice_sheet WHERE id IN ($LIST)")),
    leaf("advice_mark", &["advice_sheet"], sql("DELETE FROM advice_mark WHERE sheet_id IN ($LIST)")),
    branch("task", PERSON, sql("SELECT id FROM task WHERE person_id IN ($LIST)"), sql("DELETE FROM task WHERE id IN ($LIST)")),
    leaf("task_event", &["task"], sql("DELETE FROM task_event WHERE task_id IN ($LIST)")),
    branch("diary_entry", PERSON, sql("SELECT id FROM diary_entry WHERE person_id IN ($LIST)"), sql("DELETE FROM diary_entry WHERE id IN ($LIST)")),
    branch("access_request", PERSON, sql("SELECT id FROM access_request WHERE person_id IN ($LIST)"), sql("DELETE FROM access_request WHERE id IN ($LIST)")),
    leaf("access_extension", &["access_request"], sql("DELETE FROM access_extension WHERE request_id IN ($LIST)")),
    leaf("access_ruling", &["access_request"], sql("DELETE FROM access_ruling WHERE request_id IN ($LIST)")),
    leaf("access_opinion", &["access_request"], sql("DELETE FROM access_opinion WHERE request_id IN ($LIST)")),
    branch("access_export", &["access_request"], sql("SELECT id FROM access_export WHERE request_id IN ($LIST)"), sql("DELETE FROM access_export WHERE id IN ($LIST)")),
    leaf("access_sending", &["access_export"], sql("DELETE FROM access_sending WHERE export_id IN ($LIST)")),
    leaf("access_closing", &["access_request"], sql("DELETE FROM access_closing WHERE request_id IN ($LIST)")),
    branch("post_message", &["referral", "referral_event", "referral_in"], sql("SELECT id FROM post_message WHERE about_id IN ($LIST)"), sql("DELETE FROM post_message WHERE id IN ($LIST)")),
    leaf("post_try", &["post_message"], sql("DELETE FROM post_try WHERE message_id IN ($LIST)")),
    leaf("link", &["referral", "referral_in"], sql("DELETE FROM link WHERE subject_id IN ($LIST)")),
];

/// Rows that stay but point at something that goes: a report about somebody who once stood on the line, a row that answers an
/// earlier one.
#[rustfmt::skip]
pub(super) const UNTIE: &[(&str, Statement)] = &[
    ("listing", sql("UPDATE assessment SET listing_id = NULL WHERE listing_id IN ($LIST)")),
    ("listing", sql("UPDATE screening SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE triage SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE psychiatric SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE hearing SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE consent_decision SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE disclosure_override SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE disclosure SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE warning SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE report SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("listing", sql("UPDATE oral_report SET listing_id = NULL WHERE person_id IS NOT NULL AND listing_id IN ($LIST)")),
    ("triage", sql("UPDATE psychiatric SET triage_id = NULL WHERE triage_id IN ($LIST)")),
    ("assessment", sql("UPDATE response SET assessment_id = NULL WHERE assessment_id IN ($LIST)")),
    ("report", sql("UPDATE report SET after_id = NULL WHERE after_id IN ($LIST)")),
    ("hearing_version", sql("UPDATE hearing_version SET answers_to = NULL WHERE answers_to IN ($LIST)")),
    ("warning_handover", sql("UPDATE warning_handover SET after_id = NULL WHERE after_id IN ($LIST)")),
    ("consent_decision", sql("UPDATE consent_decision SET withdraws = NULL WHERE withdraws IN ($LIST)")),
    ("consent_decision", sql("UPDATE disclosure SET decision_id = NULL WHERE decision_id IN ($LIST)")),
    ("disclosure_override", sql("UPDATE disclosure SET override_id = NULL WHERE override_id IN ($LIST)")),
];

/// An entry of the ledger that another person's record rests on stays with it, and leads to nobody who goes.
pub(super) const LEFT_WITH_OTHERS: Statement = sql(
    "UPDATE disclosure SET person_id = NULL, listing_id = NULL, decision_id = NULL, override_id = NULL WHERE id IN ($LIST)",
);

/// What colleagues typed about any of it and never sent; the other text of a form first.
pub(super) const DRAFTS: [Statement; 2] = [
    sql("DELETE FROM draft_other_text WHERE draft_id IN ($LIST)"),
    sql("DELETE FROM draft WHERE id IN ($LIST)"),
];
