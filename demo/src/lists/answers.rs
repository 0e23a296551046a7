//! What an escort record says: everyday things, in a spread like that of an ordinary morning.

use super::day::{Day, Row};
use crate::people::Dice;

/// A code behind an answer: list as the service names it, code, its words.
pub(super) type Code = (&'static str, &'static str, &'static str);

/// The answer to one question: options with the words beside them, codes, who said it.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub(super) key: &'static str,
    pub(super) options: Vec<(String, Option<String>)>,
    pub(super) codes: Vec<Code>,
    pub(super) by: Option<&'static str>,
}

/// One medicine: name, dose, how often, last given, next due, carrier.
pub(super) type Medicine = [&'static str; 6];

/// All a record says.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) said: Vec<Said>,
    pub(super) medicines: Vec<Medicine>,
}

const STANDARD: &str = "Standard observation level — no additional observation required";

/// Questions every record answers; "No" unless a story says otherwise.
const ALWAYS: [&str; 9] = [
    "indication-of-self-harm-or-suicide",
    "mental-health-needs",
    "physical-health-needs",
    "medical-health-professional-referral",
    "prescribed-medication",
    "alcohol-withdrawal",
    "addiction-dependencies",
    "communication-needs",
    "risk-from-other-people",
];

/// The stories dealt out, a deck of twenty to a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Story {
    Nothing,
    LowMood,
    Psychosis,
    DyslexiaCodeOnly,
    VeteranCodeOnly,
    ClosedAcctCodeOnly,
    History,
    SaidSo,
    Alcohol,
    Methadone,
    Interpreter,
    Autism,
    Asthma,
    FirstTime,
}

const DECK: [Story; 20] = [
    Story::Nothing,
    Story::LowMood,
    Story::Nothing,
    Story::Alcohol,
    Story::Nothing,
    Story::History,
    Story::Nothing,
    Story::DyslexiaCodeOnly,
    Story::Methadone,
    Story::Nothing,
    Story::SaidSo,
    Story::Asthma,
    Story::Nothing,
    Story::Psychosis,
    Story::FirstTime,
    Story::VeteranCodeOnly,
    Story::Interpreter,
    Story::Nothing,
    Story::Autism,
    Story::ClosedAcctCodeOnly,
];

/// What the record of the `at`-th held person of a court says.
pub(super) fn account(day: &Day<'_>, row: &Row, at: usize, dice: &mut Dice) -> Account {
    let mut account = Account::default();
    for key in ALWAYS {
        account.set(key, "No", None);
    }
    let level = if row.from_prison {
        STANDARD
    } else {
        *dice.pick(&[STANDARD, "Check at least hourly"]).unwrap_or(&STANDARD)
    };
    account.set("observation-level", level, None);
    let story = DECK[(at * 7 + usize::try_from(day.number).unwrap_or(0) * 3) % DECK.len()];
    tell(story, &mut account, row);
    // Rare things are placed, not diced, so that a demo always has them once and never often.
    if at == 2 && day.number.is_multiple_of(4) {
        account.acct_open(row);
    }
    if at == 4 && day.number % 5 == 1 {
        account.set("indication-of-self-harm-or-suicide", "Yes", None);
        account.set("observation-level", "Constant watch via CCTV", None);
    }
    let under_40 = row.born().is_some_and(|born| (18..40).contains(&(day.date.year() - born.year())));
    if row.who.sex == "F" && under_40 && at % 3 == 1 {
        account.set("pregnant", "Yes", Some("about 20 weeks, next midwife appointment on Thursday"));
    }
    if let Some(language) = row.language {
        account.set("communication-needs", "Yes", Some(&format!("{language} interpreter needed")));
    }
    account
}

fn tell(story: Story, account: &mut Account, row: &Row) {
    match story {
        Story::Nothing => {}
        Story::LowMood => {
            account.set(
                "mental-health-needs",
                "Yes",
                Some("Low mood and poor sleep, sees own GP, takes tablets"),
            );
            account.medicine(["Sertraline", "50mg", "once a day", "07:00", "tomorrow 07:00", "Escort"]);
        }
        Story::Psychosis => {
            account.set(
                "mental-health-needs",
                "Yes",
                Some("Says the community team visits every two weeks; hears voices at times, settled today"),
            );
            account.set(
                "medical-health-professional-referral",
                "Yes",
                Some("Asked to see the liaison practitioner at court"),
            );
            account.medicine(["Olanzapine", "10mg", "at night", "21:00 yesterday", "21:00", "Escort"]);
        }
        Story::DyslexiaCodeOnly => {
            account.code_only("mental-health-needs", ("personal_care_need", "D", "Dyslexia"))
        }
        Story::VeteranCodeOnly => {
            account.code_only("indication-of-self-harm-or-suicide", ("alert", "F1", "Armed Forces Veteran"));
        }
        Story::ClosedAcctCodeOnly => {
            account.code_only("indication-of-self-harm-or-suicide", ("alert", "HA2", "ACCT Closed (HMPS)"));
        }
        Story::History => {
            account.set("indication-of-self-harm-or-suicide", "Yes", None);
            account.set("history-of-self-harm", "Yes", None);
            account.set("history-of-self-harm-recency", "More than a year ago", None);
            account.set("history-of-self-harm-method", "Cutting", None);
            account.set("observation-level", "Check at least every 30 minutes", None);
        }
        Story::SaidSo => {
            account.set("indication-of-self-harm-or-suicide", "Yes", None);
            let said = "They have said they will self-harm or commit suicide";
            account.set(
                "nature-of-self-harm",
                said,
                Some("Said so once when booked in, has since eaten and slept, would like to talk to someone"),
            );
            account.set(
                "actions-of-self-harm-undertaken",
                "Had a conversation with them",
                Some("Nurse spoke with them at 02:15"),
            );
            account.set("observation-level", "Check at least every 15 minutes", None);
            account.by("nature-of-self-harm", "Custody nurse");
        }
        Story::Alcohol => {
            account.set(
                "alcohol-withdrawal",
                "Yes",
                Some("Shaky this morning, seen by the nurse, on a reducing dose"),
            );
            account.medicine(["Chlordiazepoxide", "20mg", "four times a day", "06:30", "12:30", "Escort"]);
        }
        Story::Methadone => {
            account.set("addiction-dependencies", "Yes", Some("On a daily script from a local service"));
            account.medicine([
                "Methadone",
                "40ml",
                "once a day",
                "Not given today",
                "on arrival",
                "Medication not with either escort or detainee",
            ]);
        }
        Story::Interpreter => {
            account.set(
                "communication-needs",
                "Yes",
                Some(&format!("{} interpreter needed", row.language.unwrap_or("Romanian"))),
            );
        }
        Story::Autism => {
            account.set(
                "mental-health-needs",
                "Yes",
                Some("Autistic. Prefers short, plain questions and a quiet room"),
            );
            account.code("mental-health-needs", ("personal_care_need", "AUTI", "Autism"));
        }
        Story::Asthma => {
            account.set("physical-health-needs", "Yes", Some("Asthma, has own inhaler"));
            account.medicine(["Salbutamol inhaler", "2 puffs", "when needed", "", "", "Person being moved"]);
        }
        Story::FirstTime => {
            account.set(
                "mental-health-needs",
                "Yes",
                Some("Anxious, says it is their first time in custody"),
            );
        }
    }
}

impl Account {
    fn set(&mut self, key: &'static str, option: &str, details: Option<&str>) {
        let options = vec![(option.to_owned(), details.map(str::to_owned))];
        match self.said.iter_mut().find(|said| said.key == key) {
            Some(said) => said.options = options,
            None => self.said.push(Said { key, options, codes: Vec::new(), by: None }),
        }
    }

    fn code(&mut self, key: &str, code: Code) {
        if let Some(said) = self.said.iter_mut().find(|said| said.key == key) {
            said.codes.push(code);
        }
    }

    fn code_only(&mut self, key: &'static str, code: Code) {
        self.set(key, "Yes", None);
        self.code(key, code);
    }

    fn by(&mut self, key: &str, who: &'static str) {
        if let Some(said) = self.said.iter_mut().find(|said| said.key == key) {
            said.by = Some(who);
        }
    }

    fn medicine(&mut self, medicine: Medicine) {
        self.set("prescribed-medication", "Yes", None);
        self.medicines.push(medicine);
    }

    /// An open ACCT: a prison's own, or a police station's note that one was asked for.
    fn acct_open(&mut self, row: &Row) {
        self.set("indication-of-self-harm-or-suicide", "Yes", None);
        self.set("observation-level", "Check at least every 30 minutes", None);
        if row.from_prison {
            self.code("indication-of-self-harm-or-suicide", ("alert", "HA", "ACCT Open (HMPS)"));
        }
        let plan = "Placed them on an Assessment, Care in Custody and Teamwork (ACCT) plan";
        self.set(
            "actions-of-self-harm-undertaken",
            plan,
            Some("Opened on Friday, next review tomorrow, keeps in touch with family"),
        );
    }
}
