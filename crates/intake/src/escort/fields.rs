//! Names of columns and members about the record itself: its id, status, times, where from and where to.

use crate::model::{Establishment, EstablishmentKind, RecordStatus};
use crate::words::squash;

/// A field about the record, or, in files with a row an answer, about the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RecordField {
    Id,
    Status,
    Version,
    CompletedAt,
    ConfirmedAt,
    AmendedAt,
    HandedOverAt,
    From,
    FromKind,
    FromCode,
    To,
    ToCode,
    MoveDate,
    Reference,
    Question,
    Answer,
    Comment,
    Codes,
    SaidBy,
    SaidAt,
}

/// The field a column name means.
pub(crate) fn record_field(name: &str) -> Option<RecordField> {
    use RecordField as F;
    Some(match squash(name).as_str() {
        "id"
        | "recordid"
        | "perid"
        | "pernumber"
        | "perreference"
        | "record"
        | "recordnumber"
        | "personescortrecordid"
        | "escortrecordid"
        | "escortid" => F::Id,
        "status" | "recordstatus" | "perstatus" => F::Status,
        "version" | "frameworkversion" => F::Version,
        "completedat" | "completed" => F::CompletedAt,
        "confirmedat" | "confirmed" | "approvedat" | "issuedat" | "issued" => F::ConfirmedAt,
        "amendedat" | "amended" | "updatedat" | "lastupdated" => F::AmendedAt,
        "handoveroccurredat" | "handedoverat" | "handoverat" | "handovertime" => F::HandedOverAt,
        "from" | "fromlocation" | "fromestablishment" | "establishment" | "policestation"
        | "custodysuite" | "prison" | "prisonname" | "heldat" | "origin" => F::From,
        "fromtype" | "fromkind" | "fromlocationtype" | "establishmenttype" => F::FromKind,
        "fromcode" | "fromagency" | "fromnomisagencyid" | "establishmentcode" => F::FromCode,
        "to" | "tolocation" | "tocourt" | "court" | "courtname" | "destination" | "tocourtname" => F::To,
        "tocourtcode" | "courtcode" | "tocode" | "oucode" | "courtoucode" => F::ToCode,
        "movedate" | "date" | "dateofmove" | "moveon" | "courtdate" | "hearingdate" | "dateofhearing" => {
            F::MoveDate
        }
        "reference" | "movereference" | "moveref" => F::Reference,
        "question" | "questionkey" | "key" | "frameworkquestion" => F::Question,
        "answer" | "value" | "response" | "option" => F::Answer,
        "comment" | "comments" | "details" | "detail" | "notes" => F::Comment,
        "codes" | "code" | "nomiscodes" | "nomiscode" | "alertcodes" | "alertcode" | "nomismappings" => {
            F::Codes
        }
        "saidby" | "whosaid" | "source" | "answeredby" => F::SaidBy,
        "saidat" | "whensaid" | "answeredat" | "respondedat" => F::SaidAt,
        _ => return None,
    })
}

/// The status a word means.
pub(crate) fn status(word: &str) -> RecordStatus {
    match squash(word).as_str() {
        "notstarted" | "unstarted" | "new" => RecordStatus::NotStarted,
        "inprogress" | "started" | "incomplete" | "draft" => RecordStatus::InProgress,
        "completed" | "complete" => RecordStatus::Completed,
        "confirmed" | "approved" | "issued" | "active" | "handedover" => RecordStatus::Confirmed,
        "cancelled" | "canceled" | "withdrawn" => RecordStatus::Cancelled,
        _ => RecordStatus::NotStated,
    }
}

/// An establishment from its name, kind and code; the kind is told from the name when it is not stated.
pub(crate) fn establishment(
    name: Option<String>,
    kind: Option<String>,
    code: Option<String>,
) -> Option<Establishment> {
    let stated = kind.as_deref().or(name.as_deref())?.to_lowercase();
    let words: Vec<&str> = stated.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |names: &[&str]| names.iter().any(|name| words.contains(name));
    let kind = if has(&["police", "station", "suite"]) {
        EstablishmentKind::PoliceCustody
    } else if has(&["prison", "hmp", "hmpyoi", "yoi", "hmyoi"]) {
        EstablishmentKind::Prison
    } else if kind.is_some() || has(&["hospital", "court", "sch", "stc", "irc", "home"]) {
        EstablishmentKind::Other
    } else {
        EstablishmentKind::NotStated
    };
    Some(Establishment { kind, code, name })
}
