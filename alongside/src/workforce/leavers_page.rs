//! What colleagues who left had taken on and did not finish: figures and places, so that somebody takes it over.

use crate::access::Permit;
use crate::access::policy::{SeeLeavers, ViewBoard, ViewTasks};
use crate::clock;
use crate::morning::left_open;
use crate::rota::{Post, When, left_posts};
use crate::tasks::left_tasks;
use crate::web::components::{Caption, Column, empty_state, table};
use crate::web::{Page, Shell, page};
use maud::{Markup, html};

pub(super) async fn show(permit: Permit<SeeLeavers>) -> Page {
    let today = clock::london_day(clock::now());
    let (open, posts, tasks) = permit
        .read(move |r| Ok::<_, store::Error>((left_open(r, today)?, left_posts(r, today)?, left_tasks(r)?)))
        .await?;
    let boards = permit.may::<ViewBoard>();
    let rows: Vec<Vec<Markup>> = open
        .iter()
        .map(|left| {
            let (day, place) =
                (clock::day_words(left.date), format!("/courts/{}/{}", left.court_code, left.date));
            vec![
                html! { (left.colleague) },
                html! { (left.court) },
                html! { @if boards { a class="govuk-link" href=(place) { (day) } } @else { (day) } },
                html! { (left.lines) },
            ]
        })
        .collect();
    let columns = [
        Column::words("Colleague who left"),
        Column::words("Court"),
        Column::words("Day"),
        Column::figures("Lines taken"),
    ];
    let on_rota: Vec<Vec<Markup>> =
        posts.iter().map(|post| on_rota(post, permit.may::<ViewTasks>())).collect();
    let rota_columns = [Column::words("Colleague who left"), Column::words("Where"), Column::words("When")];
    let own: Vec<Vec<Markup>> = tasks.iter().map(|(name, n)| vec![html! { (name) }, html! { (n) }]).collect();
    let task_columns = [Column::words("Colleague who left"), Column::figures("Tasks")];
    let nothing = rows.is_empty() && on_rota.is_empty() && own.is_empty();
    let body = html! {
        h1 class="govuk-heading-l" { "Left open by those who left" }
        p class="govuk-body" { "Colleagues whose accounts are disabled are offered nowhere any more. What they had taken on from today on stands here until somebody else takes it." }
        @if nothing { (empty_state("Nothing is left open", html! { p class="govuk-body" { "Nobody who left had taken on anything of today or later." } })) }
        @if !rows.is_empty() { (table(Caption::Shown("Lines of the board"), &columns, &rows)) }
        @if !on_rota.is_empty() { (table(Caption::Shown("On the rota still: end each post, and put somebody else there"), &rota_columns, &on_rota)) }
        @if !own.is_empty() { (table(Caption::Shown("Own tasks"), &task_columns, &own)) }
        @if !own.is_empty() && permit.may::<ViewTasks>() { p class="govuk-body" { "Whose nobody sees to them stand among " a class="govuk-link" href="/tasks" { "all tasks" } "; hand them over under “Hand over while away”." } }
    };
    Ok(page(
        &permit,
        Shell { title: "Left open by those who left", room: "/leavers", ..Shell::default() },
        body,
    ))
}

fn on_rota(post: &Post, may_look: bool) -> Vec<Markup> {
    let today = clock::london_day(clock::now());
    let every = match post.new.when {
        When::Every(weekday, _) => format!("{weekday:?}s"),
        When::On(day) => clock::day_words(day),
    };
    let day = post.next(today).unwrap_or(today);
    let when = format!("{every}, {}", post.new.half.key());
    vec![
        html! { (post.name) },
        html! { (post.new.place.name()) },
        html! { @if may_look { a class="govuk-link" href=(format!("/rota?week={}", day)) { (when) } } @else { (when) } },
    ]
}
