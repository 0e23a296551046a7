//! Reports for the court, at every stage from asked for to followed. What is said in them is invented and undramatic.

use super::Failed;
use super::page::{id_after, values_of};
use super::screenings::Row;
use super::somebody::{Fields, Somebody};
use super::words::{ASKED_OF_US, LIMITS, PLANS, pick};
use alongside::clock;

/// How far a report got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    Asked,
    Written,
    Ready,
    Delivered,
    Followed,
}

impl Stage {
    pub(super) const ALL: [Stage; 5] =
        [Stage::Asked, Stage::Written, Stage::Ready, Stage::Delivered, Stage::Followed];
}

/// The head of the reports of every project that a manager manages.
pub(super) fn letterheads(manager: &Somebody<'_>) -> Result<(), Failed> {
    let page = manager.get("/letterheads")?.page;
    let fields = Fields::new()
        .with("organisation", "A pretend charity")
        .with("address", "1 Nowhere Street\nLondon N0 0AA")
        .with("contact", "020 7946 0000, office hours")
        .with("classification", "Official – sensitive");
    for (_, link) in
        page.match_indices("\"/letterheads/").filter_map(|(at, _)| page.get(at..)?.split_once('"'))
    {
        let href = link.split('"').next().unwrap_or_default();
        manager.post(href, &fields)?;
    }
    Ok(())
}

/// The bench asks, and the report gets as far as it got. Somebody whom nobody has named yet can't say who may have it.
pub(super) fn report(nurse: &Somebody<'_>, row: &Row, stage: Stage) -> Result<(), Failed> {
    let stage = if row.fresh { stage } else { stage.min(Stage::Ready) };
    let new = format!("{}/reports/new", row.href());
    let form = nurse
        .form(&new)?
        .instead("kind", if row.turn.is_multiple_of(2) { "bail-remand" } else { "same-day" });
    let form = form
        .instead("asked-by", if row.turn.is_multiple_of(3) { "legal-adviser" } else { "bench" })
        .instead("asker", "The bench, court 1")
        .instead("question", pick(&ASKED_OF_US, row.turn))
        // The clock runs by the target: a demo made in the afternoon has its hearing behind it.
        .instead("hearing-time", "")
        .moment("asked", row.contact);
    let to = nurse.post(&new, &form)?.to;
    let id = id_after(&to, "/reports/").ok_or("the demo's report was not asked for")?;
    let href = format!("/reports/{id}");
    if stage == Stage::Asked {
        return Ok(());
    }
    nurse.post(&format!("{href}/take"), &Fields::new())?;
    let write = format!("{href}/write");
    let text = nurse
        .form(&write)?
        .with("source", "interview")
        .instead(
            "text-participation",
            "Follows well when questions are short. A break each half hour would help.",
        )
        .instead("text-limits", pick(&LIMITS, row.turn))
        .instead("rec-kind-1", "bail")
        .instead("rec-words-1", pick(&PLANS, row.turn))
        .instead("rec-why-1", "Help can begin this week, and stops if nobody can keep the appointment.")
        .instead("then", "check");
    nurse.post(&write, &text)?;
    if stage == Stage::Written {
        return Ok(());
    }
    let check = nurse.get(&format!("{href}/sign"))?.page;
    let ticked = |name: &str, fields: Fields| {
        values_of(&check, name).into_iter().fold(fields, |all, v| all.with(name, v))
    };
    nurse.post(&format!("{href}/sign"), &ticked("save", ticked("looked", Fields::new())))?;
    if stage == Stage::Ready {
        return Ok(());
    }
    let person = row.person(nurse)?;
    let agreed = Fields::new()
        .all(&[("to-court", "given"), ("to-defence", "given"), ("how", "in-person"), ("easy-read", "no")])
        .with("own-words", "Tell them, it saves me saying it twice")
        .moment("when", row.contact);
    nurse.post(&format!("/people/{person}/consent/decide"), &agreed)?;
    for (whom, name) in [("court", "Legal adviser, court 1"), ("defence", "Pretend and Partners")] {
        let deliver = format!("{href}/deliver");
        let form =
            nurse.form(&deliver)?.instead("to", whom).instead("to-name", name).instead("means", "paper");
        nurse.post(&deliver, &form.moment("when", clock::now()))?;
    }
    if stage == Stage::Followed {
        let page = nurse.get(&href)?.page;
        let one = id_after(&page, "/recommendations/").ok_or("the demo's report recommends nothing")?;
        let answer = if row.turn.is_multiple_of(3) { "partly" } else { "followed" };
        let fields = Fields::new().all(&[
            ("answer", answer),
            ("source", "Heard in court"),
            ("why", "“A plan that begins this week.”"),
        ]);
        nurse.post(&format!("{href}/recommendations/{one}"), &fields)?;
    }
    Ok(())
}
