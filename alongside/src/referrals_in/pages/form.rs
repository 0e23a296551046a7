//! The form that everybody fills in, in each language; and how what was sent is read.

use crate::ids::ProjectId;
use crate::referrals_in::codes::{DANGER, PLACES, ROLES, TOLD, WORRIES, has};
use crate::referrals_in::keeping::NewReferralIn;
use crate::web::components::{
    Choice, Form, Input, InputKind, LabelSize, Layout, TypedDate, Width, checkboxes, date_input_in, details,
    radios, select, text_input, textarea, typed_date, warning_text,
};
use crate::web::{Strings, Tongue};
use maud::{Markup, html};
use uuid::Uuid;

/// The strings of the form.
pub(in crate::referrals_in) fn strings(tongue: Tongue) -> Strings {
    match tongue {
        Tongue::English => Strings::of(tongue, include_str!("../words/en.toml")),
        Tongue::Welsh => Strings::of(tongue, include_str!("../words/cy.toml")),
    }
}

/// A field that people do not see; what fills it in is no person.
pub(super) const TRAP: &str = "website";

/// Courts as choices: code and name.
pub(super) type Courts = Vec<(String, String)>;

fn worded(s: &Strings, prefix: &str, list: &'static [crate::forms::Opt]) -> Vec<(String, &'static str)> {
    list.iter().map(|opt| (s.get(&format!("{prefix}{}", opt.key)).to_owned(), opt.key)).collect()
}

fn choices<'a>(all: &'a [(String, &'static str)]) -> Vec<Choice<'a>> {
    all.iter().map(|(words, key)| Choice::new(key, words)).collect()
}

/// The fields.
pub(super) fn fields(form: &Form, s: &Strings, courts: &Courts) -> Markup {
    let small = LabelSize::Small;
    let line = Input { autocomplete: Some("off"), ..Input::default() };
    let (places, worries, roles) =
        (worded(s, "place-", PLACES), worded(s, "worry-", WORRIES), worded(s, "role-", ROLES));
    let (danger, told) = (worded(s, "", DANGER), worded(s, "", TOLD));
    let sexes = [("sex-f", "F"), ("sex-m", "M"), ("sex-x", "X")].map(|(key, value)| (s.get(key), value));
    let sexes: Vec<Choice<'_>> = sexes.iter().map(|(words, key)| Choice::new(key, words)).collect();
    let mut court_choices = vec![Choice::new("", s.get("court-choose"))];
    court_choices.extend(courts.iter().map(|(code, name)| Choice::new(code, name)));
    let boxes = ["day", "month", "year"].map(|part| s.get(part));
    html! {
        (warning_text(s.get("now")))
        (radios(&form.field("danger", s.get("danger")).with_size(small), Layout::Chips, &choices(&danger)))
        h2 class="govuk-heading-m" { (s.get("who")) }
        (text_input(&form.field("name", s.get("name")).with_size(small).with_hint(s.get("name-hint")), line))
        (date_input_in(&form.field("born", s.get("born")).with_size(small), boxes))
        (radios(&form.field("sex", s.get("sex")).with_size(small), Layout::Chips, &sexes))
        (text_input(&form.field("number", s.get("number")).with_size(small), line))
        h2 class="govuk-heading-m" { (s.get("where")) }
        (radios(&form.field("place", s.get("place")).with_size(small), Layout::Small, &choices(&places)))
        @if !courts.is_empty() { (select(&form.field("court", s.get("court")).with_size(small), &court_choices)) }
        (date_input_in(&form.field("hearing", s.get("hearing")).with_size(small), boxes))
        (text_input(&form.field("hearing-time", s.get("hearing-time")), Input { kind: InputKind::Time, width: Width::Five, autocomplete: Some("off") }))
        h2 class="govuk-heading-m" { (s.get("why")) }
        (checkboxes(&form.field("worry", s.get("worries")).with_size(small), Layout::Small, &choices(&worries)))
        (textarea(&form.field("words", s.get("words")).with_size(small), 4))
        (radios(&form.field("told", s.get("told")).with_size(small), Layout::Chips, &choices(&told)))
        (radios(&form.field("agrees", s.get("agrees")).with_size(small), Layout::Chips, &choices(&told)))
        (details(s.get("report"), html! {
            (textarea(&form.field("report-question", s.get("report-question")).with_size(small).with_hint(s.get("report-question-hint")), 3))
            (text_input(&form.field("report-wanted", s.get("report-wanted")), line))
        }))
        h2 class="govuk-heading-m" { (s.get("you")) }
        (text_input(&form.field("your-name", s.get("your-name")).with_size(small), line))
        (radios(&form.field("your-role", s.get("your-role")).with_size(small), Layout::Small, &choices(&roles)))
        (text_input(&form.field("contact", s.get("contact")).with_size(small).with_hint(s.get("contact-hint")), line))
    }
}

/// The field that nobody sees.
pub(super) fn trap(s: &Strings) -> Markup {
    html! { div class="al-trap" aria-hidden="true" { label for="website" { (s.get("leave-empty")) } input id="website" name=(TRAP) type="text" tabindex="-1" autocomplete="off"; } }
}

fn text(form: &mut Form, name: &str, longest: usize, s: &Strings) -> String {
    let sent = form.value(name).trim().to_owned();
    if sent.chars().count() > longest {
        form.refuse(name, s.get("too-long"));
    }
    sent
}

fn day(form: &mut Form, name: &str, advice: &str) -> Option<jiff::civil::Date> {
    match typed_date(form, name) {
        TypedDate::Is(day) => Some(day),
        TypedDate::Empty => None,
        TypedDate::NotADate => {
            form.refuse(name, advice);
            None
        }
    }
}

/// Reads the form; what can't be used is refused in it.
pub(super) fn read(
    form: &mut Form,
    s: &Strings,
    courts: &Courts,
    (project, source, door): (ProjectId, &'static str, Option<Uuid>),
) -> NewReferralIn {
    let danger = form.value("danger").to_owned();
    if !has(DANGER, &danger) {
        form.refuse("danger", s.get("choose-danger"));
    }
    let name = text(form, "name", 200, s);
    if name.is_empty() {
        form.refuse("name", s.get("enter-name"));
    }
    let born_on = day(form, "born", s.get("enter-born"));
    let number = text(form, "number", 60, s);
    let place = form.value("place").to_owned();
    if !has(PLACES, &place) {
        form.refuse("place", s.get("choose-place"));
    }
    let hearing_on = day(form, "hearing", s.get("enter-hearing"));
    let hearing_time = text(form, "hearing-time", 10, s);
    let worries: Vec<String> =
        WORRIES.iter().map(|w| w.key.to_owned()).filter(|w| form.values("worry").contains(w)).collect();
    let words = text(form, "words", 4_000, s);
    if worries.is_empty() && words.is_empty() {
        form.refuse("worry", s.get("choose-worry"));
    }
    let one_of = |value: &str| if has(TOLD, value) { value.to_owned() } else { "not-asked".to_owned() };
    let (told, agrees) = (one_of(form.value("told")), one_of(form.value("agrees")));
    let your_name = text(form, "your-name", 100, s);
    if your_name.is_empty() {
        form.refuse("your-name", s.get("enter-your-name"));
    }
    let role = form.value("your-role").to_owned();
    if !has(ROLES, &role) {
        form.refuse("your-role", s.get("choose-role"));
    }
    let contact = text(form, "contact", 200, s);
    if contact.is_empty() {
        form.refuse("contact", s.get("enter-contact"));
    }
    let question = text(form, "report-question", 2_000, s);
    let wanted = text(form, "report-wanted", 100, s);
    let court = form.value("court").to_owned();
    let sex = form.value("sex").to_owned();
    NewReferralIn {
        project,
        source,
        door,
        name,
        born_on,
        sex: if ["F", "M"].contains(&sex.as_str()) { sex } else { String::new() },
        number,
        place,
        court: if courts.iter().any(|(code, _)| *code == court) { court } else { String::new() },
        hearing_on,
        hearing_time,
        worries,
        words,
        danger,
        told,
        agrees,
        report: (!question.is_empty()).then_some((question, wanted)),
        referrer: (your_name, role, contact),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::referrals_in::codes::DECLINES;

    #[test]
    fn every_language_has_every_string_and_every_code_its_words() {
        let english: Vec<String> = strings(Tongue::English).keys().map(str::to_owned).collect();
        assert!(english.len() > 94);
        for tongue in Tongue::ALL {
            let s = strings(tongue);
            assert_eq!(s.keys().collect::<Vec<_>>(), english, "{}", tongue.name());
            let lists = [
                ("place-", PLACES),
                ("worry-", WORRIES),
                ("role-", ROLES),
                ("", DANGER),
                ("", TOLD),
                ("decline-", DECLINES),
            ];
            for (prefix, list) in lists {
                for opt in list {
                    let key = format!("{prefix}{}", opt.key);
                    assert_ne!(s.get(&key), key, "{}", tongue.name());
                }
            }
        }
    }
}
