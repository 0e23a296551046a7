//! Libra court lists: four envelopes, one list inside (facts on the envelopes: the Ministry of Justice's open
//! repositories `court-case-matcher`, `crime-portal-gateway` and `court-case-service`).

mod case;
mod document;
mod json;
mod rows;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::dates;
use crate::gather::Gather;
use crate::model::{Format, Intake};
use crate::refusal::{Refusal, RefusalKind};
use crate::words::{clip, line};
use crate::xml::{Node, Piece, Trouble, walk};
use document::Document;
use rows::Rows;

pub(crate) use case::{is_minor, sentence, sex_of, speaks_of_breach};
pub(crate) use document::room_as_number;
pub(crate) use json::{is_case, read_cases};
pub(crate) use rows::name_digest;

/// Elements taken whole; everything around them is only walked through.
const TREES: [&str; 7] = ["session", "block", "case", "info", "MessageHeader", "Header", "Fault"];

/// What is known of the message while its documents go by.
#[derive(Debug, Default)]
struct Message {
    root: Option<String>,
    sent: Option<Timestamp>,
    message_id: Option<String>,
    fault: Option<String>,
    is_list: bool,
    document: Document,
    documents: usize,
    latest: Option<Timestamp>,
}

/// Reads XML text; `file_name` is the last resort for the court's code.
pub(crate) fn read(text: &str, file_name: Option<&str>, mut gather: Gather<'_>) -> Result<Intake, Refusal> {
    let mut message = Message::default();
    let mut rows = Rows::default();
    let limits = gather.limits;
    let troubles =
        walk(text, limits, &TREES, &mut |piece| message.take(piece, file_name, &mut rows, &mut gather))?;
    message.close_document(file_name, &mut rows, &mut gather)?;
    if let Some(reason) = &message.fault {
        return Err(Refusal::new(
            RefusalKind::ErrorMessage,
            format!("This is an error answer (a SOAP fault), not a list: {reason}."),
        )
        .advise("Ask the sender for the list again."));
    }
    let damaged = report(&troubles, &mut gather);
    if !message.is_list {
        return Err(unknown(&message, &troubles));
    }
    rows.hand_over(&mut gather);
    if damaged && !gather.covers.is_empty() {
        gather.covers.clear();
        gather.note(
            "whole file",
            "Because the file is damaged, nothing that is missing from it counts as taken off the list.",
        );
    }
    let format = message.format();
    let mut intake = gather.finish(format)?;
    intake.sent = message.sent.or(message.latest);
    intake.message_id = message.message_id;
    Ok(intake)
}

impl Message {
    fn take(
        &mut self,
        piece: Piece,
        file_name: Option<&str>,
        rows: &mut Rows,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        match piece {
            Piece::Open { name, depth, line } => {
                if depth == 0 && self.root.is_none() {
                    self.root = Some(name.clone());
                }
                self.is_list |= matches!(
                    name.as_str(),
                    "ExternalDocumentRequest" | "CourtList" | "document" | "sessions"
                );
                if name == "document" {
                    self.document.line = line;
                }
            }
            Piece::Close { name, text } => match name.as_str() {
                "document" => self.close_document(file_name, rows, gather)?,
                "printdate" => self.document.printed = dates::moment(&text),
                "late" => self.document.late = text.trim().eq_ignore_ascii_case("Y"),
                "courtName" => self.document.court_name = line(&text),
                "date" => self.document.date = dates::date(&text, dates::Century::This),
                _ => {}
            },
            Piece::Tree(node) => self.tree(node, gather),
        }
        Ok(())
    }

    fn tree(&mut self, node: Node, gather: &mut Gather<'_>) {
        match node.name.as_str() {
            "session" => {
                self.is_list = true;
                self.root.get_or_insert_with(|| "session".into());
                self.document.sessions.push(node);
            }
            "info" => self.document.info = node,
            "case" | "block" => self.loose(node, gather),
            "Fault" => {
                let texts = [node.below(&["Text", "faultstring"]), node.below(&["Reason"])].concat();
                let reason = texts.iter().find_map(|text| line(&text.text));
                self.fault = Some(clip(&reason.unwrap_or_else(|| "no reason given".into()), 200).to_owned());
            }
            _ => {
                let id =
                    node.below(&["UUID", "MessageID"]).into_iter().find_map(|id| match id.child("UUID") {
                        Some(inner) => line(&inner.text),
                        None => line(&id.text),
                    });
                self.message_id = self.message_id.take().or(id);
                self.sent = node.value("TimeStamp").as_deref().and_then(dates::moment).or(self.sent);
            }
        }
    }

    /// A case or block outside any session, as broken markup leaves them: it belongs to the session before it.
    fn loose(&mut self, node: Node, gather: &mut Gather<'_>) {
        if let Some(session) = self.document.sessions.last_mut() {
            session.children.push(node);
            return;
        }
        let cases = if node.name == "case" { 1 } else { node.below(&["case"]).len() };
        self.is_list |= cases > 0;
        gather.skip(
            format!("line {}", node.line),
            if node.name == "case" { "a case" } else { "a block of cases" },
            "it stands outside any session, so its court and day are not known",
            cases,
        );
    }

    fn close_document(
        &mut self,
        file_name: Option<&str>,
        rows: &mut Rows,
        gather: &mut Gather<'_>,
    ) -> Result<(), Refusal> {
        let document = std::mem::take(&mut self.document);
        if document.is_blank() {
            return Ok(());
        }
        self.documents += 1;
        self.latest = self.latest.max(document.made_at());
        document.read(self.documents, file_name, rows, gather)
    }

    fn format(&self) -> Format {
        match self.root.as_deref() {
            Some("Envelope") => Format::LibraSoap,
            Some("CSCI_Message_Type") => Format::LibraCsci,
            Some("CourtList") => Format::LibraCourtList2019,
            _ => Format::LibraBare,
        }
    }
}

/// Notes what the walk had to get over; whether anything may be missing because of it.
fn report(troubles: &[Trouble], gather: &mut Gather<'_>) -> bool {
    for trouble in troubles {
        gather.note(format!("line {}", trouble.line), format!("In the file itself {}.", trouble.what));
    }
    troubles
        .iter()
        .any(|trouble| !trouble.what.contains("taken as text") && !trouble.what.contains("after the end"))
}

fn unknown(message: &Message, troubles: &[Trouble]) -> Refusal {
    const ADVICE: &str = "Send the court list as Libra exports it (ExternalDocumentRequest or CourtList).";
    match (&message.root, troubles.first()) {
        (Some(root), _) => Refusal::new(
            RefusalKind::UnknownFormat,
            format!("This is XML, but not a court list: its outermost element is “{}”.", clip(root, 60)),
        )
        .advise(ADVICE),
        (None, Some(trouble)) => {
            Refusal::new(RefusalKind::Broken, format!("This XML cannot be read: {}.", trouble.what))
                .at(format!("line {}", trouble.line))
                .advise(ADVICE)
        }
        (None, None) => Refusal::new(RefusalKind::Empty, "This XML holds no element at all.").advise(ADVICE),
    }
}

/// The court, date and kind of list that a name such as `5_26102020_2992_B10JQ00_ADULT_COURT_LIST_DAILY` tells.
#[derive(Debug, Default, Clone)]
struct ListName {
    ou_code: Option<String>,
    date: Option<Date>,
    series: Option<String>,
}

impl ListName {
    fn parse(name: &str) -> Self {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let parts: Vec<&str> = name.split(['_', '.', ' ']).collect();
        let ou = parts.iter().position(|part| is_ou_code(part));
        let date = parts.iter().take(2).skip(1).find_map(|part| match part.len() {
            8 => dates::date(part, dates::Century::This),
            6 if part.is_ascii() => {
                dates::date(&format!("{}/{}/{}", &part[..2], &part[2..4], &part[4..]), dates::Century::This)
            }
            _ => None,
        });
        let series = ou.map(|at| {
            let words =
                parts[at + 1..].iter().take_while(|part| part.chars().all(|c| c.is_ascii_uppercase()));
            words.filter(|part| !["DAILY", "FUTURE"].contains(*part)).copied().collect::<Vec<_>>().join("_")
        });
        Self {
            ou_code: ou.map(|at| parts[at].to_owned()),
            date,
            series: series.filter(|series| !series.is_empty()),
        }
    }
}

/// `B10JQ`, `B10JQ00`: a letter, two digits, then the site and perhaps the unit.
pub(crate) fn is_ou_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    (5..=7).contains(&bytes.len())
        && bytes[0].is_ascii_uppercase()
        && bytes[1..3].iter().all(u8::is_ascii_digit)
        && bytes[3..5].iter().all(u8::is_ascii_uppercase)
        && bytes[5..].iter().all(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_file_name_tells_court_date_and_kind_of_list() {
        let name = ListName::parse("5_26102020_2992_B10JQ00_ADULT_COURT_LIST_DAILY");
        assert_eq!(name.ou_code.as_deref(), Some("B10JQ00"));
        assert_eq!(name.date, Some(jiff::civil::date(2020, 10, 26)));
        assert_eq!(name.series.as_deref(), Some("ADULT_COURT_LIST"));
        let short = ListName::parse("10962_261120_2360_B10JQ05_ADULT_COURT_LIST_FUTURE.xml");
        assert_eq!(short.date, Some(jiff::civil::date(2020, 11, 26)));
        assert_eq!(short.series.as_deref(), Some("ADULT_COURT_LIST"));
        assert!(ListName::parse("Friday's list.xml").ou_code.is_none());
    }
}
