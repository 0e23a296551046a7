//! The frame around every page.

use super::assets::address;
use super::components::{
    FooterLink, NavItem, OpenGlass, SignedIn, footer, glass_banner, header, service_navigation,
    session_warning, skip_link,
};
use super::tongue::Tongue;
use crate::access::policy::{
    AnswerAccess, AnswerRequests, ApproveDisclosure, Countersign, HandOver, ImportFiles, KeepPartners,
    KeepPost, KeepRegister, ManageAccounts, ManageService, PreviewRetention, PrintPack, ReadAudit, ReferIn,
    ReviewGlass, SearchPeople, SeeLeavers, TakeReferralsIn, ViewBoard, ViewClinical, ViewDirectory,
    ViewImports, ViewReferrals, ViewTasks,
};
use crate::access::{Account, Capability, Permit};
use crate::clock;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

/// What the frame shows: which page, where in the service, about whom.
#[derive(Debug, Default)]
pub struct Shell<'a> {
    /// The page's title, first in the browser's tab. No name of a person.
    pub title: &'a str,
    /// The room it belongs to: the address its navigation item has.
    pub room: &'a str,
    /// Back link or breadcrumbs, above the content.
    pub before: Option<Markup>,
    /// The identity bar, on every page about a person.
    pub identity: Option<Markup>,
    /// The page uses the whole width: boards and tables.
    pub wide: bool,
}

/// A page for someone signed in.
pub fn page<C: Capability>(permit: &Permit<C>, shell: Shell<'_>, body: Markup) -> Response {
    let Some(account) = permit.account() else { return bare_page(shell.title, body).into_response() };
    document(shell.title, "al-page", html! {
        (skip_link())
        (header("", Some(SignedIn { name: &account.name, role: &roles_of(account), account_href: "/account", sign_out_action: "/sign-out" })))
        (service_navigation(&navigation(account, shell.room)))
        @if let Some(identity) = &shell.identity { (identity) }
        div class=(if shell.wide { "govuk-width-container al-wide" } else { "govuk-width-container" }) {
            @if let Some(before) = &shell.before { nav aria-label="Back" { (before) } }
            (glass_banner(&opened_words(account)))
            main class="govuk-main-wrapper" id="content" tabindex="-1" { (body) }
        }
        (footer(&SIGNED_IN_FOOTER, env!("CARGO_PKG_VERSION")))
        (session_warning((account.session.ends_at.as_second() - clock::now().as_second()).max(0)))
    })
    .into_response()
}

/// What is open outside the reader's projects, for the banner on every page.
fn opened_words(account: &Account) -> Vec<OpenGlass> {
    account
        .opened
        .iter()
        .map(|o| OpenGlass {
            record: format!("/people/{}", o.record),
            close: format!("/glass-uses/{}/close", o.id),
            until: clock::time_words(o.until),
        })
        .collect()
}

const FOOTER: [FooterLink<'static>; 1] = [FooterLink { text: "Help with this service", href: "/help" }];

const SIGNED_IN_FOOTER: [FooterLink<'static>; 3] = [
    FooterLink { text: "What you typed", href: "/drafts" },
    FooterLink { text: "Your session", href: "/session" },
    FooterLink { text: "Help with this service", href: "/help" },
];

/// A page for anybody: sign-in, help, errors.
pub fn bare_page(title: &str, body: Markup) -> Markup {
    document(
        title,
        "al-page",
        html! {
            (skip_link())
            (header("", None))
            div class="govuk-width-container" { main class="govuk-main-wrapper" id="content" tabindex="-1" { (body) } }
            (footer(&FOOTER, env!("CARGO_PKG_VERSION")))
        },
    )
}

/// A page for anybody, in a language.
pub fn public_page(tongue: Tongue, title: &str, body: Markup) -> Markup {
    let (help, skip) = match tongue {
        Tongue::English => ("Help with this service", "Skip to main content"),
        Tongue::Welsh => ("Cymorth gyda’r gwasanaeth hwn", "Neidio i’r prif gynnwys"),
    };
    let links = [FooterLink { text: help, href: "/help" }];
    document_in(
        tongue,
        &format!("{title} – Alongside"),
        "al-page",
        html! {
            a href="#content" class="govuk-skip-link" data-module="govuk-skip-link" { (skip) }
            (header("", None))
            div class="govuk-width-container" { main class="govuk-main-wrapper" id="content" tabindex="-1" { (body) } }
            (footer(&links, env!("CARGO_PKG_VERSION")))
        },
    )
}

/// A sheet to be printed: nothing around it but a way back, which does not print.
pub fn print_page(title: &str, body: Markup) -> Markup {
    document(title, "al-page al-page--print", body)
}

/// The same in a language, with a title of its own: what a browser prints at the head of a page must not tell more than the page.
pub fn print_page_in(tongue: Tongue, title: &str, body: Markup) -> Markup {
    document_in(tongue, title, "al-page al-page--print", body)
}

fn document(title: &str, class: &str, body: Markup) -> Markup {
    document_in(Tongue::English, &format!("{title} – Alongside"), class, body)
}

fn document_in(tongue: Tongue, title: &str, class: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(tongue.code()) class="govuk-template" {
            head {
                meta charset="utf-8";
                title { (title) }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="theme-color" content="#17514d";
                link rel="icon" href=(address("favicon.svg")) type="image/svg+xml";
                link rel="stylesheet" href=(address("alongside.css"));
                script type="module" src=(address("alongside.js")) {}
            }
            body class={ "govuk-template__body " (class) } { (body) }
        }
    }
}

fn roles_of(account: &Account) -> String {
    let mut words: Vec<&str> = Vec::new();
    for grant in &account.grants {
        if !words.contains(&grant.role.words()) {
            words.push(grant.role.words());
        }
    }
    words.join(", ")
}

fn navigation<'a>(account: &Account, room: &str) -> Vec<NavItem<'a>> {
    use super::components::Current;
    let mut items = Vec::new();
    let mut add = |may: bool, text, href| {
        if may {
            items.push(NavItem {
                text,
                href,
                current: if room == href { Current::Section } else { Current::No },
            });
        }
    };
    add(account.may::<ViewBoard>(), "Courts", "/courts");
    add(account.may::<PrintPack>(), "Open a sheet", "/sheet");
    add(account.may::<ViewTasks>(), "Tasks", "/tasks");
    add(account.may::<TakeReferralsIn>(), "Referred to us", "/referrals-in");
    add(account.may::<ReferIn>(), "Refer somebody", "/refer");
    add(account.may::<SearchPeople>(), "Find a person", "/people");
    add(account.may::<HandOver>(), "Warnings", "/warnings");
    add(account.may::<ApproveDisclosure>(), "To approve", "/disclosures/approvals");
    add(account.may::<ViewClinical>(), "Psychiatry", "/psychiatry");
    add(account.may::<ViewClinical>(), "Reports", "/reports");
    add(account.may::<ViewReferrals>(), "Referrals", "/referrals");
    // Whoever refers finds the directory there; it has a place of its own for those who only keep it.
    add(account.may::<ViewDirectory>() && !account.may::<ViewReferrals>(), "Directory", "/directory");
    add(account.may::<AnswerRequests>(), "Requests", "/requests");
    add(account.may::<KeepRegister>(), "Duplicates", "/duplicates");
    add(account.may::<ImportFiles>() || account.may::<ViewImports>(), "Lists in", "/imports");
    add(account.may::<Countersign>(), "Countersign", "/countersign");
    add(account.may::<ManageService>(), "Projects", "/projects");
    add(account.may::<ManageService>(), "All courts", "/all-courts");
    add(account.may::<ManageService>(), "Questionnaires", "/instruments");
    add(account.may::<KeepPartners>(), "Partner services", "/partner-services");
    add(account.may::<ManageAccounts>(), "People who sign in", "/accounts");
    add(account.may::<KeepPost>(), "Post", "/post");
    add(account.may::<SeeLeavers>(), "Left open", "/leavers");
    add(account.may::<ManageService>(), "Backups", "/backups");
    add(account.may::<ReadAudit>(), "Audit", "/audit");
    add(account.may::<ReviewGlass>(), "Glass reviews", "/glass-uses");
    add(account.may::<AnswerAccess>(), "Subject access", "/subject-access");
    add(account.may::<PreviewRetention>(), "Retention", "/retention");
    items
}
