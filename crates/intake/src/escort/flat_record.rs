//! A flat record put together from what was said under its names.

use serde_json::Value;

use super::fields::{RecordField, establishment, status};
use super::flat::{Fields, Said};
use super::framework::spelled;
use super::{answers, keep};
use crate::dates::{self, Century};
use crate::gather::Gather;
use crate::limits::Limits;
use crate::model::{Answer, AnswerValue, EscortRecord, RecordStatus};
use crate::person_fields::person_from;
use crate::refusal::Refusal;

impl Fields {
    fn text(&self, field: RecordField) -> Option<String> {
        self.record.iter().find(|(found, _)| *found == field).map(|(_, text)| text.clone())
    }

    /// The id of the record, if it was sent.
    pub(crate) fn id(&self) -> Option<String> {
        self.text(RecordField::Id)
    }

    /// Puts the record together; skips it with the reason when it names nobody.
    pub(crate) fn finish(self, gather: &mut Gather<'_>) -> Result<(), Refusal> {
        let (person, odd) = person_from(&self.person, gather.today);
        for why in odd {
            gather.note(&self.place, crate::libra::sentence(&why));
        }
        let id = self.id();
        let what = id
            .as_ref()
            .map_or_else(|| "a record".to_owned(), |id| format!("record {}", crate::words::clip(id, 60)));
        let named =
            person.name.as_received.is_some() || person.pnc.is_some() || person.prison_number.is_some();
        if !named {
            gather.skip(&self.place, what, "it names nobody: no name, no PNC and no prison number", 1);
            return Ok(());
        }
        let moment = |field| self.text(field).as_deref().and_then(dates::moment);
        let (completed, confirmed) = (moment(RecordField::CompletedAt), moment(RecordField::ConfirmedAt));
        let (amended, handed_over) = (moment(RecordField::AmendedAt), moment(RecordField::HandedOverAt));
        let move_date = self.text(RecordField::MoveDate).and_then(|text| dates::date(&text, Century::This));
        let stated = self.text(RecordField::Status).map_or(RecordStatus::NotStated, |word| status(&word));
        let code = self.text(RecordField::ToCode).filter(|code| code.is_ascii() && code.len() >= 5);
        let limits = gather.limits;
        let answers: Vec<Answer> = self.answers.iter().map(|said| said.answer(limits)).collect();
        if answers.is_empty() {
            gather.note(&self.place, "The record has no answer in it.");
        }
        let record = EscortRecord {
            source_key: String::new(),
            record_id: id,
            status: if stated == RecordStatus::NotStated && confirmed.is_some() {
                RecordStatus::Confirmed
            } else {
                stated
            },
            version: self.text(RecordField::Version),
            completed_at: completed,
            confirmed_at: confirmed,
            amended_at: amended,
            handed_over_at: handed_over,
            as_of: [completed, confirmed, amended, handed_over].into_iter().flatten().max(),
            from: establishment(
                self.text(RecordField::From),
                self.text(RecordField::FromKind),
                self.text(RecordField::FromCode),
            ),
            to_court_code: code.map(|code| code[..5].to_ascii_uppercase()),
            to_name: self.text(RecordField::To),
            move_date,
            move_reference: self.text(RecordField::Reference),
            person,
            answers,
            medications: self.medications,
            flags: self.flags,
            events: self.events,
            place: self.place,
        };
        keep(record, gather)
    }
}

impl Said {
    fn answer(&self, limits: &Limits) -> Answer {
        let value = match answers::value(&self.key, &self.value, self.details.as_deref(), limits) {
            // The old form asks "not for release?"; today's question has the two states as its options.
            AnswerValue::Choices(mut chosen) if spelled(&self.name) == "not-for-release" => {
                for choice in &mut chosen {
                    let held = choice.option == "Yes";
                    choice.option = if held { "Not for release".into() } else { "For release".into() };
                }
                AnswerValue::Choices(chosen)
            }
            value => value,
        };
        let codes = match &self.codes {
            Some(Value::String(text)) => answers::codes_in(&self.key, text),
            Some(Value::Array(items)) => items
                .iter()
                .flat_map(|item| match item {
                    Value::String(text) => answers::codes_in(&self.key, text),
                    other => answers::code_of(&self.key, other).into_iter().collect(),
                })
                .collect(),
            _ => Vec::new(),
        };
        Answer {
            key: self.key.clone(),
            key_as_received: self.name.clone(),
            section: answers::section_of(&self.key),
            value,
            codes,
            prefilled: self.prefilled,
            said_by: self.by.clone(),
            said_at: self.at,
            place: self.place.clone(),
        }
    }
}
