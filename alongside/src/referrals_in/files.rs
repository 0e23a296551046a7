//! Referrals out of a file: an agency's list, one row a referral. A row is read by the same eyes as the form on the page.

use super::codes::{DANGER, PLACES, ROLES, TOLD, WORRIES};
use crate::forms::Opt;
use crate::ids::ProjectId;
use crate::web::components::Form;
use intake::Lines;
use sha2::{Digest, Sha256};

/// Columns by their heading, and what the form calls them.
pub const COLUMNS: [(&str, &str); 19] = [
    ("name", "name"),
    ("date of birth", "born"),
    ("sex", "sex"),
    ("number", "number"),
    ("place", "place"),
    ("court", "court"),
    ("hearing date", "hearing"),
    ("hearing time", "hearing-time"),
    ("danger", "danger"),
    ("worries", "worry"),
    ("words", "words"),
    ("told", "told"),
    ("agrees", "agrees"),
    ("referred by", "your-name"),
    ("role", "your-role"),
    ("contact", "contact"),
    ("report question", "report-question"),
    ("report wanted", "report-wanted"),
    ("reference", "reference"),
];

/// One row, as a form that somebody filled in.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its line in the file.
    pub line: u64,
    /// What it says.
    pub form: Form,
}

/// What a file holds.
#[derive(Debug, Clone, Default)]
pub struct Read {
    /// Rows, good and bad: the form says which.
    pub rows: Vec<Row>,
    /// What was left out at once: where, and why.
    pub skipped: Vec<String>,
}

/// The key of a choice, given by key or by its words.
fn key(list: &[Opt], said: &str) -> String {
    let said = said.trim();
    let plain = |text: &str| text.to_lowercase().replace('\u{2019}', "'");
    list.iter()
        .find(|opt| plain(opt.key) == plain(said) || plain(opt.words) == plain(said))
        .map_or_else(|| said.to_owned(), |opt| opt.key.to_owned())
}

/// A date as files have it, put into the three boxes of the form: 2026-11-26, 26/11/2026, 26.11.2026.
fn set_date(form: &mut Form, name: &str, said: &str) {
    let parts: Vec<&str> = said.trim().split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let boxes = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => [*day, *month, *year],
        [day, month, year] => [*day, *month, *year],
        [] => return,
        // Not three parts: left in the first box, so that the form refuses it.
        _ => [said.trim(), "", ""],
    };
    for (part, value) in ["day", "month", "year"].iter().zip(boxes) {
        form.set(&format!("{name}-{part}"), value);
    }
}

fn form_of(cells: &[(&str, &str)], courts: &[(String, String)]) -> Form {
    let mut form = Form::blank();
    for (name, said) in cells {
        let said = said.trim();
        match *name {
            "born" | "hearing" => set_date(&mut form, name, said),
            "worry" => {
                let all: Vec<String> =
                    said.split(';').filter(|w| !w.trim().is_empty()).map(|w| key(WORRIES, w)).collect();
                let (known, unknown): (Vec<String>, Vec<String>) =
                    all.into_iter().partition(|w| WORRIES.iter().any(|opt| opt.key == w));
                if !unknown.is_empty() {
                    form.refuse("worry", format!("“{}” is no worry that the form has", unknown.join("”, “")));
                }
                form.set_all("worry", &known);
            }
            "court" => {
                let same = |(code, name): &&(String, String)| {
                    code.eq_ignore_ascii_case(said) || name.eq_ignore_ascii_case(said)
                };
                match courts.iter().find(same) {
                    Some((code, _)) => form.set("court", code.as_str()),
                    None if said.is_empty() => {}
                    None => form.refuse("court", format!("“{said}” is no court of your projects")),
                }
            }
            "place" => form.set(name, key(PLACES, said)),
            "danger" => form.set(name, key(DANGER, said)),
            "told" | "agrees" => form.set(name, key(TOLD, said)),
            "your-role" => form.set(name, key(ROLES, said)),
            "sex" => form.set(name, said.chars().take(1).collect::<String>().to_uppercase()),
            other => form.set(other, said),
        }
    }
    form
}

/// Reads the text of a file. Columns are found by their heading; those nobody knows are named and left out.
#[must_use]
pub fn from_csv(text: &str, courts: &[(String, String)]) -> Read {
    let mut out = Read::default();
    // Spreadsheets in some languages write semicolons; worries have them too, so the first line decides.
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains(',') || !first.contains(';') { b',' } else { b';' };
    let mut lines = Lines::of(text);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let heading: Vec<String> = match reader.headers() {
        Ok(heading) => heading.iter().map(|h| h.trim().to_lowercase().replace('_', " ")).collect(),
        Err(_) => Vec::new(),
    };
    let names: Vec<Option<&str>> = heading
        .iter()
        .map(|h| COLUMNS.iter().find(|(column, _)| column == h).map(|(_, name)| *name))
        .collect();
    if !names.contains(&Some("name")) {
        out.skipped.push(
            "No column is called “name”: the first line of the file must have the headings named on this page"
                .into(),
        );
        return out;
    }
    for (h, _) in heading.iter().zip(&names).filter(|(h, name)| name.is_none() && !h.is_empty()) {
        out.skipped.push(format!("The column “{h}” is none of ours, and was left out"));
    }
    for (n, record) in reader.records().enumerate() {
        let Ok(record) = record else {
            out.skipped.push(format!("Row {} can’t be read as CSV", n + 2));
            continue;
        };
        let line = record.position().map_or(n as u64 + 2, |at| lines.of_row_at(at.byte()));
        let cells: Vec<(&str, &str)> = names
            .iter()
            .zip(record.iter())
            .filter_map(|(name, cell)| name.map(|name| (name, cell)))
            .collect();
        if cells.iter().all(|(_, cell)| cell.trim().is_empty()) {
            continue;
        }
        out.rows.push(Row { line, form: form_of(&cells, courts) });
    }
    out
}

/// What tells a row from others: its reference where it has one, or all it says; in one project.
#[must_use]
pub fn fingerprint(project: ProjectId, form: &Form) -> String {
    let mut hasher = Sha256::new();
    hasher.update(project.to_string());
    let reference = form.value("reference");
    for (name, value) in form.pairs() {
        let tells = if reference.is_empty() { true } else { matches!(name, "reference" | "your-name") };
        if tells {
            hasher.update([0]);
            hasher.update(name);
            hasher.update([0]);
            hasher.update(value.trim().to_lowercase());
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn courts() -> Vec<(String, String)> {
        vec![("B01ND".into(), "Thames Magistrates' Court".into())]
    }

    #[test]
    fn words_and_keys_dates_of_either_order_and_courts_by_name_are_understood() {
        let text = "Name,Date of birth,Court,Worries,Role,Danger,hearing_date,shoe size\n\
            Qwertil Zyxwvu,1/2/1990,thames magistrates' court,Seems very low; voices,Solicitor,NO,2026-11-26,9\n";
        let read = from_csv(text, &courts());
        let form = &read.rows[0].form;
        assert_eq!((form.value("court"), form.value("danger")), ("B01ND", "no"));
        assert_eq!(form.values("worry"), ["low", "voices"]);
        assert_eq!(form.value("your-role"), "solicitor");
        let date = |name: &str| {
            ["day", "month", "year"].map(|part| form.value(&format!("{name}-{part}")).to_owned())
        };
        assert_eq!(date("born"), ["1", "2", "1990"]);
        assert_eq!(date("hearing"), ["26", "11", "2026"]);
        assert!(read.skipped[0].contains("shoe size"));
        assert_eq!(read.rows[0].line, 2);
        for end in ["\n", "\r\n"] {
            let rows = from_csv(&["name", "A", "B", "", "C"].join(end), &courts()).rows;
            assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 5], "{end:?}");
        }
    }

    #[test]
    fn what_no_list_of_ours_has_is_refused_not_guessed() {
        let read = from_csv("name;court;worries\nA;Mars;low\nB;;dancing\n;;\n", &courts());
        assert_eq!(read.rows.len(), 2, "{read:?}");
        assert!(read.rows[0].form.error("court").unwrap().contains("Mars"));
        assert!(read.rows[1].form.error("worry").unwrap().contains("dancing"));
        assert!(from_csv("surname\nX\n", &courts()).skipped[0].contains("“name”"));
    }

    #[test]
    fn a_reference_tells_a_row_whatever_else_changes() {
        let project = ProjectId::fresh();
        let row = |text: &str| fingerprint(project, &from_csv(text, &courts()).rows[0].form);
        let (a, b) = (row("name,reference\nA,77\n"), row("name,reference\nA B,77\n"));
        assert_eq!(a, b);
        assert_ne!(row("name\nA\n"), row("name\nA B\n"));
        assert_ne!(
            a,
            fingerprint(ProjectId::fresh(), &from_csv("name,reference\nA,77\n", &courts()).rows[0].form)
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,300}", rows in "name(,[a-z ]{0,9}){0,5}\n([^\u{0}]{0,40}\n){0,4}") {
            for row in [text, rows].iter().flat_map(|text| from_csv(text, &courts()).rows) {
                prop_assert_eq!(fingerprint(ProjectId::fresh(), &row.form).len(), 64);
            }
        }
    }
}
