//! Bytes to text: byte-order marks, UTF-16 without one, Windows-1252 that nobody declared, NUL bytes, a cut last character.

use crate::model::Note;
use crate::refusal::{Refusal, RefusalKind};

/// The text of a file and what was odd about its encoding.
#[derive(Debug)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) notes: Vec<Note>,
}

/// Characters 0x80–0x9F of Windows-1252, as published by the Unicode Consortium (CP1252.TXT); 0 where it has none.
const WINDOWS_1252: [u16; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
];

pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let mut notes = Vec::new();
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => eight_bit(rest, &mut notes)?,
        [0xFF, 0xFE, 0x00, 0x00, ..] | [0x00, 0x00, 0xFE, 0xFF, ..] => {
            return Err(Refusal::new(
                RefusalKind::Encoding,
                "The file is text in UTF-32, which is not read here.",
            )
            .advise("Save it as UTF-8 and send it again."));
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes, &mut notes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes, &mut notes),
        _ => match utf16_without_mark(bytes) {
            Some(ByteOrder::Little) => utf16(bytes, u16::from_le_bytes, &mut notes),
            Some(ByteOrder::Big) => utf16(bytes, u16::from_be_bytes, &mut notes),
            None => eight_bit(bytes, &mut notes)?,
        },
    };
    Ok(Decoded { text: without_controls(text, &mut notes)?, notes })
}

#[derive(Clone, Copy)]
enum ByteOrder {
    Little,
    Big,
}

/// ASCII written as UTF-16 has a zero in every other byte; four characters in a row are proof enough.
fn utf16_without_mark(bytes: &[u8]) -> Option<ByteOrder> {
    match bytes.get(..8)? {
        [a, 0, b, 0, c, 0, d, 0] if [a, b, c, d].iter().all(|&&x| x != 0) => Some(ByteOrder::Little),
        [0, a, 0, b, 0, c, 0, d] if [a, b, c, d].iter().all(|&&x| x != 0) => Some(ByteOrder::Big),
        _ => None,
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, notes: &mut Vec<Note>) -> String {
    let mut pairs = bytes.chunks_exact(2);
    let units: Vec<u16> = pairs.by_ref().map(|pair| unit([pair[0], pair[1]])).collect();
    if !pairs.remainder().is_empty() {
        notes.push(whole_file("The file ends in the middle of a character; it may have been cut short."));
    }
    let text = String::from_utf16_lossy(&units);
    if text.contains(char::REPLACEMENT_CHARACTER) {
        notes.push(whole_file("Some characters could not be read and show as \u{FFFD}."));
    }
    text
}

fn eight_bit(bytes: &[u8], notes: &mut Vec<Note>) -> Result<String, Refusal> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(error) => error,
    };
    if error.error_len().is_none() {
        notes.push(whole_file("The file ends in the middle of a character; it may have been cut short."));
        return Ok(String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned());
    }
    if let Some(name) = declared(bytes)
        && !["utf-8", "utf8", "us-ascii", "ascii"].contains(&name.as_str())
        && !["windows-1252", "cp1252", "iso-8859-1", "latin1", "iso-8859-15"].contains(&name.as_str())
    {
        return Err(Refusal::new(
            RefusalKind::Encoding,
            "The file declares a character encoding that is not read here.",
        )
        .at("line 1")
        .advise("Save it as UTF-8 and send it again."));
    }
    notes.push(whole_file(
        "The file is not valid UTF-8; it was read as Windows-1252. Check names with accents.",
    ));
    Ok(bytes.iter().map(|&byte| windows_1252(byte)).collect())
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => match WINDOWS_1252[usize::from(byte - 0x80)] {
            0 => char::REPLACEMENT_CHARACTER,
            unit => char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER),
        },
        _ => char::from(byte),
    }
}

/// The encoding an XML declaration names, in lower case.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(200))?).to_ascii_lowercase();
    let head = head.trim_start().strip_prefix("<?xml")?;
    let declaration = &head[..head.find("?>")?];
    let value = declaration[declaration.find("encoding")?..].split(['"', '\'']).nth(1)?;
    Some(value.trim().to_owned())
}

/// Takes out NUL and other control characters, and the marks that change writing direction: none belongs in a list, and
/// the latter can make one name look like another. A file full of them is not text at all.
fn without_controls(text: String, notes: &mut Vec<Note>) -> Result<String, Refusal> {
    let nuls = text.chars().filter(|&c| c == '\0').count();
    let controls = text.chars().filter(|&c| unwanted(c)).count();
    if controls == 0 {
        return Ok(text);
    }
    if controls > 8 && controls * 10 > text.chars().count() {
        return Err(Refusal::new(RefusalKind::WrongKindOfFile, "The file is not text.")
            .advise("Send the list as the XML, JSON or CSV file it was exported as."));
    }
    if nuls > 0 {
        notes.push(whole_file("The file has NUL bytes in it; they were left out."));
    }
    Ok(text.chars().filter(|&c| !unwanted(c)).collect())
}

fn unwanted(c: char) -> bool {
    let direction =
        matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    direction || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

fn whole_file(what: &str) -> Note {
    Note { place: "whole file".into(), what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf16_is_read_with_and_without_a_byte_order_mark() {
        for order in [u16::to_le_bytes, u16::to_be_bytes] {
            let plain = utf16_bytes("<CourtList>Zoë</CourtList>", order);
            assert_eq!(decode(&plain).unwrap().text, "<CourtList>Zoë</CourtList>");
            let mut marked = order(0xFEFF).to_vec();
            marked.extend(&plain);
            assert_eq!(decode(&marked).unwrap().text, "<CourtList>Zoë</CourtList>");
        }
    }

    #[test]
    fn undeclared_windows_1252_is_read_and_noted() {
        let read = decode(b"Ren\xE9e O\x92NEIL, \xA3100").unwrap();
        assert_eq!(read.text, "Renée O\u{2019}NEIL, £100");
        assert_eq!(read.notes.len(), 1);
    }

    #[test]
    fn a_cut_last_character_does_not_turn_the_file_into_windows_1252() {
        let read = decode(&"Zoë".as_bytes()[..3]).unwrap();
        assert_eq!(read.text, "Zo");
        assert!(read.notes[0].what.contains("cut short"));
    }

    #[test]
    fn nul_bytes_are_left_out_and_a_binary_file_is_refused() {
        assert_eq!(decode(b"Surname,Fore\0name\nTESTER,Ann").unwrap().text, "Surname,Forename\nTESTER,Ann");
        let binary: Vec<u8> = (0..2000u32).map(|n| (n % 7) as u8).collect();
        assert_eq!(decode(&binary).unwrap_err().kind, RefusalKind::WrongKindOfFile);
    }

    #[test]
    fn an_unknown_declared_encoding_is_refused_only_when_it_matters() {
        let declared = b"<?xml version='1.0' encoding='Shift_JIS'?><a>";
        assert!(decode(declared).is_ok());
        let mut foreign = declared.to_vec();
        foreign.extend([0x83, 0x65, 0x83]);
        foreign.extend(b"</a>");
        assert_eq!(decode(&foreign).unwrap_err().kind, RefusalKind::Encoding);
    }
}
