//! Identifiers with their check letters and digits.
//!
//! A number whose check does not fit is **kept and marked, and never links people alone**: it was mistyped somewhere, and
//! the right one is usually one keystroke away. A number whose check fits and that differs from another that fits is
//! strong evidence for two different people.
//!
//! PNC and CRO: letter = `ZABCDEFGHJKLMNPQRTUVWXY`[number mod 23], as in HMPPS `hmpps-person-record`; NHS number: modulus 11
//! (NHS Data Dictionary).

use std::fmt;
use thiserror::Error;

const LETTERS: &[u8; 23] = b"ZABCDEFGHJKLMNPQRTUVWXY";

/// Why a text is not read as an identifier at all.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierError {
    /// Nothing there.
    #[error("it is empty")]
    Empty,
    /// Letters, digits or their number do not have the identifier's shape.
    #[error("it does not have the shape {0}")]
    Shape(&'static str),
    /// A value that systems write when they have none.
    #[error("it is a placeholder that systems write when they have no number")]
    Placeholder,
}

/// Whether the check letter or digit of an identifier fits the rest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Check {
    /// It fits.
    Fits,
    /// It doesn't; the right one would be the character given.
    ShouldBe(char),
    /// The rest can't have any check character (an NHS number whose check would be ten), so some digit is wrong.
    Impossible,
    /// This kind of identifier has no check.
    Unchecked,
}

impl Check {
    /// True unless the check is known to be wrong.
    #[must_use]
    pub fn trusted(self) -> bool {
        matches!(self, Check::Fits | Check::Unchecked)
    }

    /// Why it isn't trusted, as a sentence for the page; `None` when it is.
    #[must_use]
    pub fn why_not(self) -> Option<String> {
        match self {
            Check::Fits | Check::Unchecked => None,
            Check::ShouldBe(c) if c.is_ascii_digit() => {
                Some(format!("The check digit doesn't fit: it should be {c}, so a digit was mistyped."))
            }
            Check::ShouldBe(c) => {
                Some(format!("The check letter doesn't fit: it should be {c}, so a character was mistyped."))
            }
            Check::Impossible => Some("No check digit fits this number, so a digit was mistyped.".to_owned()),
        }
    }
}

fn letter_check(number: u64, letter: u8) -> Check {
    let right = LETTERS[(number % 23) as usize];
    if right == letter { Check::Fits } else { Check::ShouldBe(right as char) }
}

/// Digits, letters and slashes of a text, upper case, in a small buffer; `None` when there are too many to be an identifier.
fn compact(raw: &str) -> Option<([u8; 16], usize)> {
    let mut out = [0u8; 16];
    let mut length = 0;
    for byte in raw.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'/' {
            *out.get_mut(length)? = byte.to_ascii_uppercase();
            length += 1;
        } else if !matches!(byte, b' ' | b'\t' | b'-' | b'.' | b'\r' | b'\n') {
            return None;
        }
    }
    Some((out, length))
}

fn digits(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > 9 {
        return None;
    }
    bytes.iter().try_fold(0u32, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))
}

/// Years without a century: PNC and CRO numbers began after the war, so up to 45 is read as 20xx.
fn full_year(two_digits: u32) -> u16 {
    let year = if two_digits <= 45 { 2000 + two_digits } else { 1900 + two_digits };
    u16::try_from(year).unwrap_or(0)
}

/// Police National Computer number, canonical `YYYY/NNNNNNNX`.
#[derive(Debug, Clone, Copy, Hash, PartialEq, Eq)]
pub struct Pnc {
    year: u16,
    serial: u32,
    letter: u8,
}

impl Pnc {
    /// Reads `2004/0012345D`, `20040012345D`, `04/12345D`, `040012345D`, in any case and spacing.
    ///
    /// # Errors
    /// When the text has not the shape of a PNC number. A wrong check letter is no error: see [`Pnc::check`].
    pub fn parse(raw: &str) -> Result<Self, IdentifierError> {
        const SHAPE: IdentifierError = IdentifierError::Shape("YYYY/NNNNNNNX");
        if raw.trim().is_empty() {
            return Err(IdentifierError::Empty);
        }
        let (text, length) = compact(raw).ok_or(SHAPE)?;
        let (&letter, number) = text[..length].split_last().ok_or(SHAPE)?;
        let (year, serial) = match number.iter().position(|b| *b == b'/') {
            Some(at @ (2 | 4)) if number.len() - at <= 8 => (&number[..at], &number[at + 1..]),
            None if number.len() == 11 => number.split_at(4),
            None if number.len() == 9 => number.split_at(2),
            _ => return Err(SHAPE),
        };
        let (Some(given), Some(serial)) = (digits(year), digits(serial)) else { return Err(SHAPE) };
        if !letter.is_ascii_uppercase() {
            return Err(SHAPE);
        }
        if serial == 0 {
            return Err(IdentifierError::Placeholder);
        }
        let year =
            if year.len() == 2 { full_year(given) } else { u16::try_from(given).map_err(|_| SHAPE)? };
        Ok(Pnc { year, serial, letter })
    }

    /// Whether the check letter fits (two-digit year followed by seven-digit serial, mod 23).
    #[must_use]
    pub fn check(&self) -> Check {
        letter_check(u64::from(self.year % 100) * 10_000_000 + u64::from(self.serial), self.letter)
    }

    /// The number without century and letter: `YYNNNNNNN`. Two records of one person may differ in century (typed by a
    /// human) or letter (mistyped), so this is what is looked up.
    #[must_use]
    pub fn number(&self) -> u64 {
        u64::from(self.year % 100) * 10_000_000 + u64::from(self.serial)
    }
}

impl Pnc {
    pub(crate) fn pack(&self) -> [u8; 6] {
        let [a, b] = self.year.to_le_bytes();
        let [c, d, e, _] = self.serial.to_le_bytes();
        [a, b, c, d, e, self.letter]
    }

    pub(crate) fn unpack([a, b, c, d, e, letter]: [u8; 6]) -> Self {
        Pnc { year: u16::from_le_bytes([a, b]), serial: u32::from_le_bytes([c, d, e, 0]), letter }
    }
}

impl fmt::Display for Pnc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}/{:07}{}", self.year, self.serial, self.letter as char)
    }
}

/// Criminal Records Office number, canonical `NNNNNN/YYX`, or `SFYY/NNNNNNX` for a file without fingerprints.
#[derive(Debug, Clone, Copy, Hash, PartialEq, Eq)]
pub struct Cro {
    serial: u32,
    year: u8,
    file: bool,
    letter: u8,
}

impl Cro {
    /// Reads `18763/79J`, `018763/79J`, `SF79/1234X`, in any case and spacing.
    ///
    /// # Errors
    /// When the text has not the shape of a CRO number, or is `000000/00Z`. A wrong check letter is no error.
    pub fn parse(raw: &str) -> Result<Self, IdentifierError> {
        const SHAPE: IdentifierError = IdentifierError::Shape("NNNNNN/YYX or SFYY/NNNNNNX");
        if raw.trim().is_empty() {
            return Err(IdentifierError::Empty);
        }
        let (text, length) = compact(raw).ok_or(SHAPE)?;
        let (&letter, number) = text[..length].split_last().ok_or(SHAPE)?;
        let slash = number.iter().position(|b| *b == b'/').ok_or(SHAPE)?;
        let (left, right) = (&number[..slash], &number[slash + 1..]);
        let (file, year, serial) = match left.strip_prefix(b"SF") {
            Some(year) => (true, year, right),
            None => (false, right, left),
        };
        if year.len() != 2 || serial.is_empty() || serial.len() > 6 || !letter.is_ascii_uppercase() {
            return Err(SHAPE);
        }
        let (Some(year), Some(serial)) = (digits(year), digits(serial)) else { return Err(SHAPE) };
        if serial == 0 {
            return Err(IdentifierError::Placeholder);
        }
        Ok(Cro { serial, year: u8::try_from(year).map_err(|_| SHAPE)?, file, letter })
    }

    /// Whether the check letter fits. The standard form pads the serial to six digits, the file form doesn't.
    #[must_use]
    pub fn check(&self) -> Check {
        let (year, serial) = (u64::from(self.year), u64::from(self.serial));
        let places = if self.file { 10u64.pow(self.serial.max(1).ilog10() + 1) } else { 1_000_000 };
        letter_check(year * places + serial, self.letter)
    }

    /// Form, year and serial as one number, without the letter.
    #[must_use]
    pub fn number(&self) -> u64 {
        (u64::from(self.file) * 100 + u64::from(self.year)) * 1_000_000 + u64::from(self.serial)
    }
}

impl Cro {
    pub(crate) fn pack(&self) -> [u8; 5] {
        let [a, b, c, _] = (self.serial | u32::from(self.file) << 23).to_le_bytes();
        [a, b, c, self.year, self.letter]
    }

    pub(crate) fn unpack([a, b, c, year, letter]: [u8; 5]) -> Self {
        let packed = u32::from_le_bytes([a, b, c, 0]);
        Cro { serial: packed & 0x7F_FFFF, file: packed >> 23 == 1, year, letter }
    }
}

impl fmt::Display for Cro {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (serial, year, letter) = (self.serial, self.year, self.letter as char);
        if self.file {
            write!(f, "SF{year:02}/{serial}{letter}")
        } else {
            write!(f, "{serial:06}/{year:02}{letter}")
        }
    }
}

/// NHS number, ten digits of which the last is a check digit.
#[derive(Debug, Clone, Copy, Hash, PartialEq, Eq)]
pub struct NhsNumber(u64);

impl NhsNumber {
    /// Reads ten digits, spaces and hyphens between them allowed.
    ///
    /// # Errors
    /// When there are not exactly ten digits, or all are the same (a placeholder). A wrong check digit is no error.
    pub fn parse(raw: &str) -> Result<Self, IdentifierError> {
        const SHAPE: IdentifierError = IdentifierError::Shape("ten digits");
        if raw.trim().is_empty() {
            return Err(IdentifierError::Empty);
        }
        let (text, length) = compact(raw).ok_or(SHAPE)?;
        if length != 10 || !text[..10].iter().all(u8::is_ascii_digit) {
            return Err(SHAPE);
        }
        if text[..10].iter().all(|b| *b == text[0]) {
            return Err(IdentifierError::Placeholder);
        }
        Ok(NhsNumber(text[..10].iter().fold(0, |n, b| n * 10 + u64::from(b - b'0'))))
    }

    /// Modulus 11: digits times 10 down to 2; the check is 11 less the remainder, 11 counts as 0, 10 can't be.
    #[must_use]
    pub fn check(&self) -> Check {
        let (mut rest, mut sum) = (self.0 / 10, 0);
        for factor in 2..=10 {
            sum += rest % 10 * factor;
            rest /= 10;
        }
        match (11 - sum % 11) % 11 {
            10 => Check::Impossible,
            right if right == self.0 % 10 => Check::Fits,
            right => Check::ShouldBe(char::from(b'0' + u8::try_from(right).unwrap_or(0))),
        }
    }

    /// The ten digits as a number.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.0
    }

    pub(crate) fn unpack(number: u64) -> Self {
        NhsNumber(number)
    }
}

impl fmt::Display for NhsNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03} {:03} {:04}", self.0 / 10_000_000, self.0 / 10_000 % 1_000, self.0 % 10_000)
    }
}

fn letters_and_digits(raw: &str, shape: &str, error: IdentifierError) -> Result<[u8; 7], IdentifierError> {
    if raw.trim().is_empty() {
        return Err(IdentifierError::Empty);
    }
    let (text, length) = compact(raw).ok_or(error)?;
    let fits = length == 7
        && text
            .iter()
            .zip(shape.bytes())
            .all(|(b, s)| if s == b'9' { b.is_ascii_digit() } else { b.is_ascii_uppercase() });
    if !fits {
        return Err(error);
    }
    let mut out = [0; 7];
    out.copy_from_slice(&text[..7]);
    Ok(out)
}

/// Prison (NOMIS) number: `A1234BC`.
#[derive(Debug, Clone, Copy, Hash, PartialEq, Eq)]
pub struct PrisonNumber([u8; 7]);

impl PrisonNumber {
    /// Reads it in any case and spacing.
    ///
    /// # Errors
    /// When the text has not its shape.
    pub fn parse(raw: &str) -> Result<Self, IdentifierError> {
        letters_and_digits(raw, "A9999AA", IdentifierError::Shape("A1234BC")).map(Self)
    }

    /// It has no check character.
    #[must_use]
    pub fn check(&self) -> Check {
        Check::Unchecked
    }

    pub(crate) fn unpack(text: [u8; 7]) -> Self {
        Self(text)
    }

    pub(crate) fn pack(&self) -> [u8; 7] {
        self.0
    }

    /// The seven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl fmt::Display for PrisonNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Probation case reference number: `X123456`.
#[derive(Debug, Clone, Copy, Hash, PartialEq, Eq)]
pub struct Crn([u8; 7]);

impl Crn {
    /// Reads it in any case and spacing.
    ///
    /// # Errors
    /// When the text has not its shape.
    pub fn parse(raw: &str) -> Result<Self, IdentifierError> {
        letters_and_digits(raw, "A999999", IdentifierError::Shape("X123456")).map(Self)
    }

    /// It has no check character.
    #[must_use]
    pub fn check(&self) -> Check {
        Check::Unchecked
    }

    pub(crate) fn unpack(text: [u8; 7]) -> Self {
        Self(text)
    }

    pub(crate) fn pack(&self) -> [u8; 7] {
        self.0
    }

    /// The seven characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

impl fmt::Display for Crn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
