//! Triage, and psychiatric assessments at every stage from asked to report received. All services and doctors are invented.

use super::Failed;
use super::page::{id_after, values_of};
use super::screenings::Row;
use super::somebody::{Fields, Somebody};
use super::words::{DOCTORS, OPINIONS, QUESTIONS, REASONS, pick};
use jiff::ToSpan;
use jiff::civil::Date;

/// How far a psychiatric assessment got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Asked,
    Sent,
    Accepted,
    Seen,
    Received,
}

impl Stage {
    pub(super) const ALL: [Stage; 5] =
        [Stage::Asked, Stage::Sent, Stage::Accepted, Stage::Seen, Stage::Received];

    /// How long ago the court asked.
    fn days(self) -> i64 {
        match self {
            Stage::Asked | Stage::Sent => 0,
            Stage::Accepted => 4,
            Stage::Seen => 11,
            Stage::Received => 17,
        }
    }
}

/// Who works on it, and with which service.
pub(super) struct Hands<'a, 's> {
    pub nurse: &'a Somebody<'s>,
    pub partner: &'a Somebody<'s>,
    pub service: &'a str,
}

/// The two services of the demo. The first answers through an account, the other by one-time links.
pub(super) fn services(manager: &Somebody<'_>, projects: &[String]) -> Result<String, Failed> {
    let mut first = None;
    for (name, kind, hours) in [
        ("Pretend Liaison Psychiatry", "liaison-psychiatry", "72"),
        ("Made-up Community Team", "community-team", ""),
    ] {
        let fields = Fields::new()
            .all(&[("name", name), ("kind", kind), ("reply-hours", hours)])
            .with("contact", "Invented: nobody answers here")
            .with("project", projects.first().cloned().unwrap_or_default());
        let to = manager.post("/partner-services", &fields)?.to;
        for project in projects.iter().skip(1) {
            manager.post(&format!("{to}/projects"), &Fields::new().with("project", project.clone()))?;
        }
        if first.is_none() {
            let page = manager.get(&to)?.page;
            let account =
                values_of(&page, "account").into_iter().next().ok_or("no clinical partner to link")?;
            let link = Fields::new().with("account", account).with("answers", "yes");
            manager.post(&format!("{to}/accounts"), &link)?;
            first = id_after(&to, "/partner-services/");
        }
    }
    first.ok_or_else(|| "the demo's partner service is not there".into())
}

/// A clinician's decision on what the rules propose.
pub(super) fn triage(nurse: &Somebody<'_>, row: &Row, refer: bool) -> Result<String, Failed> {
    let href = format!("{}/triage", row.href());
    let shown = values_of(&nurse.get(&href)?.page, "shown");
    let mut fields = Fields::new().with("medical-help", "no");
    if refer {
        fields = fields
            .all(&[("decision", "refer"), ("urgency", "D")])
            .with("reason", pick(&REASONS, row.turn))
            .with("relied", shown.first().cloned().unwrap_or_default());
    } else {
        fields = fields.with("decision", "not-now").with(
            "reason",
            "Settled since, sees the GP on Thursday, and would rather wait. We ask again then.",
        );
    }
    let fields = shown.into_iter().fold(fields, |all, key| all.with("shown", key));
    let to = nurse.post(&href, &fields)?.to;
    id_after(&to, "/triage/").ok_or_else(|| "the demo's decision was not kept".into())
}

/// Asks for an assessment and takes it as far as it got.
pub(super) fn follow(hands: &Hands<'_, '_>, row: &Row, stage: Stage, day: Date) -> Result<(), Failed> {
    let on = |days: i64| day.checked_add(days.days()).unwrap_or(day);
    let asked = on(-stage.days());
    let mut request = Fields::new()
        .with("purpose", if row.turn.is_multiple_of(2) { "disposal" } else { "mhtr" })
        .with("question", pick(&QUESTIONS, row.turn))
        .day("hearing-on", on(10))
        .day("report-due", on(8));
    if stage <= Stage::Sent {
        request = request.with("triage", triage(hands.nurse, row, true)?).with("asked-by", "practitioner");
    } else {
        // The court asked at an earlier hearing.
        request = request.all(&[("asked-by", "court"), ("asker", "The bench")]).day("asked-on", asked);
    }
    let to = hands.nurse.post(&format!("{}/psychiatry", row.href()), &request)?.to;
    let case = id_after(&to, "/psychiatry/").ok_or("the demo's assessment was not asked for")?;
    let case = format!("/psychiatry/{case}");
    if stage == Stage::Asked {
        return Ok(());
    }
    let packet = Fields::new().with("partner", hands.service).all(&[
        ("doctor", "1"),
        ("part", "who"),
        ("part", "where"),
        ("part", "question"),
    ]);
    let to = hands.nurse.post(&format!("{case}/send"), &packet)?.to;
    let request = id_after(&to, "#sent-").ok_or("the demo's request was not sent: no consent to it")?;
    if stage == Stage::Sent {
        return Ok(());
    }
    let doctor = pick(&DOCTORS, row.turn);
    let seen = if stage == Stage::Accepted { on(3) } else { on(3 - stage.days()) };
    let answer = Fields::new()
        .all(&[("d1-answer", "accepted"), ("d1-name", doctor), ("d1-s12", "yes"), ("d1-time", "14:00")])
        .day("d1-appointment", seen)
        .day("d1-due", on(8));
    hands.partner.post(&format!("/requests/{request}/answer"), &answer)?;
    if stage == Stage::Accepted {
        return Ok(());
    }
    let mut report = Fields::new().day("d1-seen", seen);
    if stage == Stage::Received {
        report = report
            .with("d1-opinion", pick(&OPINIONS, row.turn))
            .with("d1-route", if row.turn.is_multiple_of(2) { "community" } else { "mhtr" })
            .day("d1-sent", on(-1));
    }
    hands.partner.post(&format!("/requests/{request}/report"), &report)?;
    if stage == Stage::Received {
        let part = format!("{case}/parts/doctor-1");
        let form = hands.nurse.form(&part)?.day("d1-received", day);
        hands.nurse.post(&part, &form)?;
    } else {
        let part = format!("{case}/parts/court");
        let form = hands.nurse.form(&part)?.instead("custody-only", "yes");
        let form =
            form.instead("custody-only-words", "The bench, at the last hearing").day("custody-since", asked);
        hands.nurse.post(&part, &form)?;
    }
    Ok(())
}
