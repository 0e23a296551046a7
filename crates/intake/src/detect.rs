//! Which format a file is, told from what is in it.

use jiff::civil::Date;

use crate::decode::decode;
use crate::gather::Gather;
use crate::kind::{refuse_wrong_kind, refuse_wrong_text};
use crate::limits::Limits;
use crate::model::Intake;
use crate::refusal::{Refusal, RefusalKind};
use crate::{json, libra};

pub(crate) fn read(
    bytes: &[u8],
    file_name: Option<&str>,
    today: Date,
    limits: &Limits,
) -> Result<Intake, Refusal> {
    if bytes.len() > limits.bytes {
        let most = limits.bytes / (1024 * 1024);
        return Err(Refusal::new(RefusalKind::TooLarge, format!("The file is larger than {most} MB."))
            .advise("A court list is rarely more than 2 MB. Check that it is the right file, or send it in parts."));
    }
    refuse_wrong_kind(bytes)?;
    let decoded = decode(bytes)?;
    let text = decoded.text.trim_start();
    if text.is_empty() {
        return Err(
            Refusal::new(RefusalKind::Empty, "The file is empty.").advise("Ask the sender to send it again.")
        );
    }
    refuse_wrong_text(text)?;
    let gather = Gather::new(today, limits, decoded.notes);
    match text.as_bytes().first() {
        // The readers get the text untrimmed, so that they count lines as an editor does.
        Some(b'<') => libra::read(&decoded.text, file_name, gather),
        Some(b'{' | b'[') => read_json(&decoded.text, gather),
        _ => Err(unknown()),
    }
}

fn read_json(text: &str, gather: Gather<'_>) -> Result<Intake, Refusal> {
    let parsed = json::parse(text, gather.limits)?;
    if parsed.values.iter().all(libra::is_case) {
        return libra::read_cases(&parsed.values, gather);
    }
    Err(unknown())
}

fn unknown() -> Refusal {
    Refusal::new(RefusalKind::UnknownFormat, "This file is not a court list, a hearing or an escort record.").advise(
        "Send the XML of a Libra list, the JSON of a Common Platform hearing or an escort record, or fill in the CSV template.",
    )
}
