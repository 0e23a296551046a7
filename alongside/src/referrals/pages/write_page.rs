//! The referral itself: what is told, to which of the services chosen, by which means. The ledger is asked before anything is
//! shown to be sent, and again where it is sent.

use super::choose_page::{known_exclusions, known_needs, known_referral};
use super::parts::{shell, status, text, titled};
use super::record_page::Ways;
use crate::access::policy::MakeReferrals;
use crate::access::{App, Permit};
use crate::clock;
use crate::consent::{Ruling, Stop, Under, Ways as CardWays, interruption};
use crate::drafts::{self, Instance, Opened, Sent as SentBefore};
use crate::ids::{PersonId, ReferralId, ServiceId};
use crate::people::{self, Person};
use crate::post;
use crate::referrals::codes::{PRIORITIES, REASONS, SENT_BY, has};
use crate::referrals::gather::{Around, Chosen, around, chosen};
use crate::referrals::making::{NewReferral, make, purpose_for, transfer};
use crate::referrals::packet::FIRST;
use crate::referrals::state::REPLY_DAYS;
use crate::triage::Section;
use crate::web::components::{
    Choice, Emphasis, Form, Input, LabelSize, Layout, TagColour, button, button_group, button_link,
    checkboxes, error_summary, radios, tag, text_input, textarea, warning_text,
};
use crate::web::{Page, PageError, Sent, page};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use law::Calendar;
use maud::{Markup, html};

/// What was chosen on the page before.
#[derive(Debug, Clone)]
struct Asked {
    person: PersonId,
    needs: Vec<String>,
    services: Vec<String>,
    applies: Vec<String>,
    instead: String,
}

impl Asked {
    /// Keys and ids only: whatever else stands in an address is left out.
    fn of(person: PersonId, form: &Form) -> Self {
        let id_of = |text: &String| text.parse::<ServiceId>().ok().map(|id| id.to_string());
        let mut services: Vec<String> = form.values("service").iter().filter_map(id_of).collect();
        services.sort();
        services.dedup();
        Self {
            person,
            needs: known_needs(form),
            services,
            applies: known_exclusions(form),
            instead: known_referral(form),
        }
    }

    fn query(&self) -> String {
        let needs = self.needs.iter().map(|need| format!("need={need}"));
        let services = self.services.iter().map(|service| format!("service={service}"));
        let applies = self.applies.iter().map(|key| format!("applies={key}"));
        let instead = (!self.instead.is_empty()).then(|| format!("instead={}", self.instead));
        needs.chain(services).chain(applies).chain(instead).collect::<Vec<_>>().join("&")
    }

    fn instance(&self) -> Instance {
        Instance {
            form: "Referral to a service",
            subject: format!("person {} services {}", self.person, self.services.join(" ")),
            href: format!("/people/{}/referrals/write?{}", self.person, self.query()),
        }
    }

    fn back(&self) -> String {
        let needs = self.needs.iter().map(|need| format!("&need={need}"));
        let applies = self.applies.iter().map(|key| format!("&applies={key}"));
        format!("/people/{}/referrals/new?asked=yes{}", self.person, needs.chain(applies).collect::<String>())
    }
}

/// What the page is made of.
struct Ready {
    person: Person,
    around: Around,
    chosen: Vec<Chosen>,
    sections: Vec<Section>,
}

impl Ready {
    fn allowed(&self) -> impl Iterator<Item = (&Chosen, &str, bool)> {
        self.chosen.iter().filter_map(|one| match &one.ruling {
            Ruling::Allowed { limits, under } => {
                Some((one, limits.as_str(), matches!(under, Under::Override(_))))
            }
            Ruling::Stop(_) => None,
        })
    }

    fn stopped(&self) -> impl Iterator<Item = (&Chosen, &Stop)> {
        self.chosen.iter().filter_map(|one| match &one.ruling {
            Ruling::Stop(stop) => Some((one, stop)),
            Ruling::Allowed { .. } => None,
        })
    }
}

async fn ready(permit: &Permit<MakeReferrals>, asked: &Asked) -> Result<Ready, PageError> {
    let asked = asked.clone();
    let ready = permit
        .read(move |r| {
            let Some(person) = people::find(r, asked.person)? else { return Ok::<_, store::Error>(None) };
            let Some(around) = around(r, &person)? else { return Ok(None) };
            let chosen = chosen(r, &person, around.suggest(&asked.needs, &asked.applies), &asked.services)?;
            let sections = around.sections(&person, &asked.needs);
            Ok(Some(Ready { person, around, chosen, sections }))
        })
        .await?;
    ready.ok_or(PageError::NotFound)
}

pub(super) async fn form(
    permit: Permit<MakeReferrals>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Sent(query): Sent,
) -> Page {
    let asked = Asked::of(id, &query);
    let ready = ready(&permit, &asked).await?;
    if ready.chosen.is_empty() {
        return Ok(Redirect::to(&asked.back()).into_response());
    }
    if let Some(card) = all_stopped(&permit, &ready, &asked) {
        return Ok(card);
    }
    let (account, what) = (permit.account_id(), asked.instance());
    let mut opened = permit.read(move |r| drafts::open(r, account, &what)).await?;
    if opened.continued_from.is_none() {
        // Who, how to reach them and what help are the least; the rest is chosen part by part.
        opened.form.set_all("part", &FIRST.map(str::to_owned));
        opened.form.set("reason", "help");
        opened.form.set("priority", "routine");
    }
    Ok(draw(&permit, &ready, &asked, Ways::of(&app), &opened))
}

pub(super) async fn send(
    permit: Permit<MakeReferrals>,
    State(app): State<App>,
    Path(id): Path<PersonId>,
    Sent(mut form): Sent,
) -> Page {
    let asked = Asked::of(id, &form);
    let ways = Ways::of(&app);
    let ready = ready(&permit, &asked).await?;
    if ready.chosen.is_empty() {
        return Err(PageError::NotFound);
    }
    if let Some(card) = all_stopped(&permit, &ready, &asked) {
        return Ok(card);
    }
    let new = read(&mut form, &ready, &asked, ways);
    if !form.is_accepted() {
        return Ok(draw(&permit, &ready, &asked, ways, &drafts::reopened(&form)));
    }
    let (what, person, instead) = (asked.instance(), ready.person.clone(), asked.instead.parse().ok());
    let sent = permit
        .write(move |w| {
            let ids: Vec<ReferralId> = new.iter().map(|_| ReferralId::fresh()).collect();
            let href = match ids.as_slice() {
                [only] => format!("/referrals/{only}"),
                _ => format!("/people/{}#referrals", person.id()),
            };
            if let SentBefore::Before(there) = drafts::submit(w, &what, &form, &href)? {
                return Ok(there);
            }
            for (id, new) in ids.iter().zip(&new) {
                // Nothing of this unit stays when one may not be told any more: the page says which.
                make(w, &person, *id, new)?.map_err(NotSent::Stopped)?;
            }
            if let (Some(old), Some(first)) = (instead, ids.first()) {
                transfer(w, &person, old, *first, "Referred to another service")?;
            }
            Ok(href)
        })
        .await;
    match sent {
        Ok(there) => Ok(Redirect::to(&there).into_response()),
        Err(NotSent::Stopped(stop)) => Ok(card(&permit, &ready.person, &stop, &asked)),
        Err(NotSent::Store(error)) => Err(error.into()),
    }
}

/// Why nothing was sent.
enum NotSent {
    Stopped(Stop),
    Store(store::Error),
}

impl From<store::Error> for NotSent {
    fn from(error: store::Error) -> Self {
        NotSent::Store(error)
    }
}

/// The card, when none of the services may be told.
fn all_stopped(permit: &Permit<MakeReferrals>, ready: &Ready, asked: &Asked) -> Option<Response> {
    if ready.allowed().next().is_some() {
        return None;
    }
    let (_, stop) = ready.stopped().next()?;
    Some(card(permit, &ready.person, stop, asked))
}

fn card(permit: &Permit<MakeReferrals>, person: &Person, stop: &Stop, asked: &Asked) -> Response {
    let back = asked.back();
    let ways = CardWays { person: person.id(), what: "Sending this referral", back: &back };
    page(permit, shell(person, "Not sent", ("Refer to a service", &back)), interruption(stop, &ways))
}

fn read(form: &mut Form, ready: &Ready, asked: &Asked, ways: Ways) -> Vec<NewReferral> {
    let mut packet: Vec<Section> =
        ready.sections.iter().filter(|s| form.values("part").contains(&s.key)).cloned().collect();
    if !packet.iter().any(|s| s.key == "who") {
        form.refuse("part", "Tick “Who”: the service must know who is referred");
    }
    let more = text(form, "more", "Anything else", 4_000);
    if !more.is_empty() {
        packet.push(Section {
            key: "more".into(),
            heading: "From the sender".into(),
            lines: more.lines().map(str::to_owned).collect(),
        });
    }
    let reason = form.value("reason").to_owned();
    if !has(REASONS, &reason) {
        form.refuse("reason", "Choose what they are asked for");
    }
    let priority = form.value("priority").to_owned();
    if !has(PRIORITIES, &priority) {
        form.refuse("priority", "Choose how soon");
    }
    let today = clock::london_day(clock::now());
    let mut new = Vec::new();
    for (one, limits, _) in ready.allowed() {
        let id = one.to.service;
        let (means_name, email_name) = (format!("means-{id}"), format!("email-{id}"));
        let (despite_name, kept_name) = (format!("despite-{id}"), format!("kept-{id}"));
        let means = form.value(&means_name).to_owned();
        if !has(SENT_BY, &means) || (means == "link-email" && !ways.email) {
            form.refuse(&means_name, format!("Choose how {} gets it", one.to.name));
        }
        let mut to = one.to.clone();
        if means == "link-email" {
            let typed = Some(form.value(&email_name)).filter(|t| !t.trim().is_empty()).unwrap_or(&to.email);
            match post::address(typed) {
                Ok(address) => to.email = address,
                Err(why) => form.refuse(&email_name, why.to_string()),
            }
        }
        let despite =
            if one.excluded.is_empty() { String::new() } else { text(form, &despite_name, "Why", 500) };
        if !one.excluded.is_empty() && despite.is_empty() {
            form.refuse(
                &despite_name,
                format!("Write why {} takes them all the same, and who there said so", one.to.name),
            );
        }
        if !limits.is_empty() && form.value(&kept_name) != "yes" {
            form.refuse(&kept_name, "Say that what you send keeps to what the person agreed to");
        }
        let days = to.reply_days.and_then(|d| i32::try_from(d).ok()).unwrap_or(REPLY_DAYS);
        new.push(NewReferral {
            project: ready.around.project,
            purpose: purpose_for(to.recipient),
            to,
            reason: reason.clone(),
            priority: priority.clone(),
            needs: asked.needs.clone(),
            despite,
            packet: packet.clone(),
            means,
            reply_due: Calendar::default().add_working_days(today, days),
            sent_at: clock::now(),
        });
    }
    new
}

fn draw(
    permit: &Permit<MakeReferrals>,
    ready: &Ready,
    asked: &Asked,
    ways: Ways,
    opened: &Opened,
) -> Response {
    let form = &opened.form;
    // Word for word beside its box: nobody ticks what they have not read.
    let words: Vec<String> = ready.sections.iter().map(|s| s.lines.join(" · ")).collect();
    let parts: Vec<Choice<'_>> = ready
        .sections
        .iter()
        .zip(&words)
        .map(|(s, words)| Choice { hint: Some(words), ..Choice::new(&s.key, &s.heading) })
        .collect();
    let codes = |list: &'static [crate::referrals::Code]| -> Vec<Choice<'static>> {
        list.iter().map(|code| Choice::new(code.key, code.words)).collect()
    };
    let action = format!("/people/{}/referrals/write", asked.person);
    let back = asked.back();
    let body = html! {
        (error_summary(form))
        (drafts::notice(opened))
        h1 class="govuk-heading-l" { "Refer to a service" }
        @for (one, stop) in ready.stopped() {
            div class="al-sent" {
                p class="govuk-body" { strong { (one.to.name) } " " (tag(TagColour::Red, "Not sent to them")) " " (stop.why.words()) "." }
                p class="govuk-body" { a class="govuk-link" href=(format!("/people/{}/consent/decide?recipient={}&purpose={}", asked.person, stop.recipient.key(), stop.purpose.key())) { "Record what the person says about telling " (one.to.name) } ". Write the name as it stands here, or none for every service of that kind." }
            }
        }
        form method="post" action=(action) novalidate data-draft=(format!("/drafts/{}", opened.id)) {
            (drafts::fields(&asked.instance(), opened))
            @for need in &asked.needs { input type="hidden" name="need" value=(need); }
            @for service in &asked.services { input type="hidden" name="service" value=(service); }
            @for key in &asked.applies { input type="hidden" name="applies" value=(key); }
            @if !asked.instead.is_empty() { input type="hidden" name="instead" value=(asked.instead); }
            (checkboxes(&form.field("part", "What are they told?").with_size(LabelSize::Medium).with_hint("Each is sent as it stands here. Send what the help needs, no more"), Layout::Small, &parts))
            (textarea(&form.field("more", "Anything else they need to know").with_size(LabelSize::Small).with_hint("What the person hopes for, how best to reach them, who goes with them"), 4))
            (radios(&form.field("reason", "What are they asked for?").with_size(LabelSize::Small), Layout::Small, &codes(REASONS)))
            (radios(&form.field("priority", "How soon?").with_size(LabelSize::Small), Layout::Inline, &codes(PRIORITIES)))
            @for (one, limits, overridden) in ready.allowed() { (service(form, one, limits, overridden, ways)) }
            (button_group(&[button("Send, and note it in the ledger", Emphasis::Primary), button_link("Other services", Emphasis::Secondary, &back)]))
        }
    };
    let title = titled(form, "Refer to a service");
    (status(form), page(permit, shell(&ready.person, &title, ("Choose services", &back)), body))
        .into_response()
}

fn service(form: &Form, one: &Chosen, limits: &str, overridden: bool, ways: Ways) -> Markup {
    let id = one.to.service;
    let (means_name, email_name) = (format!("means-{id}"), format!("email-{id}"));
    let (despite_name, kept_name) = (format!("despite-{id}"), format!("kept-{id}"));
    let mut email_form = form.clone();
    if email_form.value(&email_name).is_empty() {
        email_form.set(&email_name, one.to.email.clone());
    }
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let email = text_input(&email_form.field(&email_name, "Their e-mail address"), line);
    let means: Vec<Choice<'_>> = SENT_BY
        .iter()
        .filter(|code| ways.email || code.key != "link-email")
        .map(|code| Choice {
            reveals: (code.key == "link-email").then(|| email.clone()),
            ..Choice::new(code.key, code.words)
        })
        .collect();
    html! {
        h2 class="govuk-heading-m" { (one.to.name) }
        @if overridden { (warning_text("Without the person’s consent: a reason to tell was recorded, and holds for now. Send only what that reason needs.")) }
        @else if limits.is_empty() { p class="govuk-body" { "The person agreed that this service may be told." } }
        @else { (warning_text(&format!("The person agreed in part. Only this may be said: {limits}"))) }
        @if !one.excluded.is_empty() {
            ul class="govuk-list govuk-list--bullet" { @for why in &one.excluded { li { (tag(TagColour::Red, "Not for them")) " " (why) } } }
            (textarea(&form.field(&despite_name, "Why they take the person all the same").with_size(LabelSize::Small).with_hint("And who there said so"), 2))
        }
        (radios(&form.field(&means_name, "How do they get it?").with_size(LabelSize::Small), Layout::Small, &means))
        @if !limits.is_empty() { (checkboxes(&form.field(&kept_name, "The person’s limit").with_size(LabelSize::Small), Layout::Small, &[Choice::new("yes", "What I send keeps to what the person agreed to")])) }
    }
}
