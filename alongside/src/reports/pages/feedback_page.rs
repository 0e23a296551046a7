//! A practitioner's own page: what the court made of what they recommended. Nobody else's figures stand here.

use crate::access::Permit;
use crate::access::policy::WriteReports;
use crate::audit::Event;
use crate::clock;
use crate::reports::followed::{FOLLOWED, tally};
use crate::reports::reading::{name_of, reports_signed_by};
use crate::reports::record::Report;
use crate::reports::sections::{RECOMMENDED, words_of};
use crate::web::components::{Caption, Column, back_link, empty_state, table};
use crate::web::{Page, Shell, page};
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<WriteReports>) -> Page {
    let me = permit.account_id();
    let mine: Vec<(Report, String)> = permit
        .read(move |r| {
            let mut mine = Vec::new();
            for report in reports_signed_by(r, me)? {
                let Some(name) = name_of(r, &report)? else { continue };
                mine.push((report, name));
            }
            r.saw(
                Event::new("own recommendations looked at", "report", "own")
                    .with(format!("{} reports", mine.len())),
            );
            Ok::<_, store::Error>(mine)
        })
        .await?;
    let body = html! {
        h1 class="govuk-heading-l" { "What the court made of your recommendations" }
        p class="govuk-body" { "Only you see this page. A court that decides otherwise may know more than the report did: this is for learning, not a mark." }
        @if mine.is_empty() { (empty_state("You signed no report yet", html! {})) }
        @else { (figures(&mine)) (each(&mine)) }
    };
    let shell = Shell {
        title: "Your recommendations",
        room: "/reports",
        before: Some(back_link("Reports", "/reports")),
        ..Shell::default()
    };
    Ok(page(&permit, shell, body))
}

fn figures(mine: &[(Report, String)]) -> Markup {
    let tally = tally(mine.iter().map(|(report, _)| report));
    let mut columns = vec![Column::words("About")];
    columns.extend(FOLLOWED.iter().map(|(_, words)| Column::figures(words)));
    columns.push(Column::figures("Nothing recorded"));
    let rows: Vec<Vec<Markup>> = tally
        .iter()
        .map(|(kind, counts)| {
            let mut row = vec![html! { (words_of(&RECOMMENDED, kind)) }];
            row.extend(
                FOLLOWED.iter().map(|(key, _)| html! { (counts.answers.get(*key).copied().unwrap_or(0)) }),
            );
            row.push(html! { (counts.open) });
            row
        })
        .collect();
    html! { (table(Caption::Shown("By what they are about: counts, no rates. Below a few dozen a rate would say nothing"), &columns, &rows)) }
}

fn each(mine: &[(Report, String)]) -> Markup {
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for (report, name) in mine {
        let Some(version) = report.current() else { continue };
        for one in version.recommendations.iter().filter(|one| one.kind != "none") {
            let answer = report.answer_to(one);
            rows.push(vec![
                html! { a class="govuk-link" href=(format!("/reports/{}#recommendations", report.id)) { (name) } ", " (clock::day_words(clock::london_day(version.signed_at))) },
                html! { (words_of(&RECOMMENDED, &one.kind)) br; span class="al-typed" { (one.words) } },
                html! { @match answer { Some(answer) => { (words_of(&FOLLOWED, &answer.answer)) @if !answer.why.is_empty() { ": " span class="al-typed" { (answer.why) } } }, None => "Nothing recorded yet" } },
            ]);
        }
    }
    html! {
        h2 class="govuk-heading-m" { "Each of them, newest first" }
        (table(Caption::Hidden("Each recommendation"), &[Column::words("Report"), Column::words("Recommended"), Column::words("The court")], &rows))
    }
}
