//! Files that are something else altogether, recognised by their first bytes, so that the refusal can say what they are.

use crate::refusal::{Refusal, RefusalKind};

/// Refuses a file that is plainly another kind: what it looks like, and what to do.
pub(crate) fn refuse_wrong_kind(bytes: &[u8]) -> Result<(), Refusal> {
    let Some((looks_like, advice)) = wrong_kind(bytes) else { return Ok(()) };
    let kind = if advice.is_empty() { RefusalKind::Empty } else { RefusalKind::WrongKindOfFile };
    Err(Refusal::new(
        kind,
        format!("This looks like {looks_like}, not a court list, a hearing or an escort record."),
    )
    .advise(advice))
}

fn wrong_kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const CSV: &str = "Open it, save the sheet as CSV (UTF-8), and send that.";
    const UNPACK: &str = "Unpack it and send the files inside, one by one or several together.";
    const ORIGINAL: &str =
        "Ask the sender for the XML, JSON or CSV file, or type the rows into the CSV template.";
    let head = &bytes[..bytes.len().min(4096)];
    let names = |needle: &[u8]| bytes.windows(needle.len()).take(200_000).any(|window| window == needle);
    Some(match head {
        [b'P', b'K', 3, 4, ..] if names(b"xl/") => ("an Excel workbook", CSV),
        [b'P', b'K', 3, 4, ..] if names(b"word/") => ("a Word document", ORIGINAL),
        [b'P', b'K', 3, 4, ..] if names(b"opendocument.spreadsheet") => ("an OpenDocument spreadsheet", CSV),
        [b'P', b'K', 3..=8, ..] => ("a ZIP archive", UNPACK),
        [0x1F, 0x8B, ..] => ("a gzip archive", UNPACK),
        [b'7', b'z', 0xBC, 0xAF, ..] | [b'R', b'a', b'r', b'!', ..] => ("an archive", UNPACK),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => ("an old Excel, Word or Outlook file", CSV),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF", ORIGINAL),
        [b'{', b'\\', b'r', b't', b'f', ..] => ("a rich text document", ORIGINAL),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            ("a picture", ORIGINAL)
        }
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] | [b'B', b'M', ..] if head.contains(&0) => {
            ("a picture", ORIGINAL)
        }
        [b'M', b'Z', ..] if head.contains(&0) => ("a program", "Do not open it. Ask the sender what it is."),
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', ..] => ("a database", ORIGINAL),
        _ => return None,
    })
}

/// Refuses text that is plainly something else: a web page, an e-mail. `text` has no leading space.
pub(crate) fn refuse_wrong_text(text: &str) -> Result<(), Refusal> {
    let head: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    if head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || (head.starts_with('<') && head.contains("<html"))
    {
        return Err(Refusal::new(
            RefusalKind::ErrorMessage,
            "This is a web page, perhaps an error or sign-in page saved in place of the list.",
        )
        .advise("Download the list again and check that the file opens as a list before sending it."));
    }
    let mail = ["received:", "return-path:", "mime-version:", "delivered-to:"];
    if mail.iter().any(|header| head.starts_with(header)) {
        return Err(Refusal::new(RefusalKind::WrongKindOfFile, "This looks like an e-mail.")
            .advise("Save its attachment and send that."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_kind_is_named_with_something_to_do() {
        let cases: [(&[u8], &str); 6] = [
            (b"PK\x03\x04....xl/workbook.xml", "Excel"),
            (b"PK\x03\x04....list.xml", "ZIP"),
            (b"\x1F\x8B\x08", "gzip"),
            (b"%PDF-1.7", "PDF"),
            (b"\xD0\xCF\x11\xE0\xA1", "old Excel"),
            (b"\x89PNG\r\n", "picture"),
        ];
        for (bytes, word) in cases {
            let refusal = refuse_wrong_kind(bytes).unwrap_err();
            assert!(refusal.what.contains(word), "{refusal}");
            assert!(refusal.advice.is_some());
        }
    }

    #[test]
    fn an_error_page_saved_as_xml_is_called_a_web_page() {
        for page in [
            "<!DOCTYPE html><html>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">\n<html xmlns=\"y\">",
        ] {
            assert_eq!(refuse_wrong_text(page).unwrap_err().kind, RefusalKind::ErrorMessage);
        }
    }
}
