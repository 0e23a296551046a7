//! A cleaned person as some ninety bytes, and back.
//!
//! Layout: flags (2 bytes), id, counts of names, births and places in one byte each where not one, then texts with a
//! length byte (or 255 and four bytes), dates as year, month, day, identifiers packed. Further numbers of a kind come last,
//! their count and for each its kind and the packed number. Written and read only here.

use crate::clean::{Cleaned, FullName, Identifier, Place, Postcode, Sex};
use crate::identifiers::{Crn, Cro, NhsNumber, Pnc, PrisonNumber};
use jiff::civil::Date;

const FEMALE: u16 = 1;
const MALE: u16 = 2;
const PNC: u16 = 4;
const CRO: u16 = 8;
const NHS: u16 = 16;
const PRISON: u16 = 32;
const CRN: u16 = 64;
const MASTER: u16 = 128;
/// Exactly one name, one birth and one place: no counts follow.
const ONE_EACH: u16 = 256;
/// There are further numbers.
const OTHERS: u16 = 512;

pub(super) fn encode(id: &str, person: &Cleaned, out: &mut Vec<u8>) {
    let one_each = person.names.len() == 1 && person.births.len() == 1 && person.places.len() == 1;
    let mut flags = match person.sex {
        Some(Sex::Female) => FEMALE,
        Some(Sex::Male) => MALE,
        None => 0,
    };
    for (set, flag) in [
        (one_each, ONE_EACH),
        (person.pnc.is_some(), PNC),
        (person.cro.is_some(), CRO),
        (person.nhs.is_some(), NHS),
        (person.prison_number.is_some(), PRISON),
        (person.crn.is_some(), CRN),
        (!person.master_defendant_id.is_empty(), MASTER),
        (!person.other_numbers.is_empty(), OTHERS),
    ] {
        if set {
            flags |= flag;
        }
    }
    out.extend(flags.to_le_bytes());
    put(out, id);
    if !one_each {
        for count in [person.names.len(), person.births.len(), person.places.len()] {
            out.push(u8::try_from(count).unwrap_or(u8::MAX));
        }
    }
    for name in person.names.iter().take(255) {
        put(out, &name.given);
        put(out, &name.surname);
    }
    for birth in person.births.iter().take(255) {
        out.extend(birth.year().to_le_bytes());
        out.push(birth.month().cast_unsigned());
        out.push(birth.day().cast_unsigned());
    }
    for place in person.places.iter().take(255) {
        put(out, &place.house);
        put(out, &place.street);
        put(out, &place.town);
        put(out, place.postcode.as_ref().map_or("", Postcode::as_str));
    }
    if let Some(pnc) = person.pnc {
        out.extend(pnc.pack());
    }
    if let Some(cro) = person.cro {
        out.extend(cro.pack());
    }
    if let Some(nhs) = person.nhs {
        out.extend(&nhs.number().to_le_bytes()[..5]);
    }
    if let Some(number) = person.prison_number {
        out.extend(number.pack());
    }
    if let Some(crn) = person.crn {
        out.extend(crn.pack());
    }
    if flags & MASTER != 0 {
        put(out, &person.master_defendant_id);
    }
    if flags & OTHERS != 0 {
        out.push(u8::try_from(person.other_numbers.len()).unwrap_or(u8::MAX));
        for number in person.other_numbers.iter().take(255) {
            put_other(out, number);
        }
    }
}

fn put_other(out: &mut Vec<u8>, number: &Identifier) {
    match number {
        Identifier::Pnc(pnc) => {
            out.push(1);
            out.extend(pnc.pack());
        }
        Identifier::Cro(cro) => {
            out.push(2);
            out.extend(cro.pack());
        }
        Identifier::Nhs(nhs) => {
            out.push(3);
            out.extend(&nhs.number().to_le_bytes()[..5]);
        }
        Identifier::PrisonNumber(number) => {
            out.push(4);
            out.extend(number.pack());
        }
        Identifier::Crn(crn) => {
            out.push(5);
            out.extend(crn.pack());
        }
    }
}

fn put(out: &mut Vec<u8>, text: &str) {
    match u8::try_from(text.len()) {
        Ok(length) if length < 255 => out.push(length),
        _ => {
            out.push(255);
            out.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
        }
    }
    out.extend(text.as_bytes());
}

/// The id alone.
pub(super) fn decode_id(bytes: &[u8]) -> &str {
    let mut reader = Reader { bytes };
    reader.array::<2>();
    reader.text()
}

/// A person; what a damaged file can't give is left out, never a panic.
pub(super) fn decode(bytes: &[u8]) -> Cleaned {
    let mut reader = Reader { bytes };
    let flags = u16::from_le_bytes(reader.array());
    reader.text();
    let [names, births, places] = if flags & ONE_EACH != 0 { [1; 3] } else { reader.array() };
    let names = (0..names).map(|_| FullName { given: reader.owned(), surname: reader.owned() }).collect();
    let births = (0..births)
        .filter_map(|_| {
            let [low, high, month, day] = reader.array();
            Date::new(i16::from_le_bytes([low, high]), month.cast_signed(), day.cast_signed()).ok()
        })
        .collect();
    let places = (0..places)
        .map(|_| Place {
            house: reader.owned(),
            street: reader.owned(),
            town: reader.owned(),
            postcode: Postcode::stored(reader.text()),
        })
        .collect();
    let has = |flag| flags & flag != 0;
    Cleaned {
        names,
        births,
        places,
        sex: if has(FEMALE) {
            Some(Sex::Female)
        } else if has(MALE) {
            Some(Sex::Male)
        } else {
            None
        },
        pnc: has(PNC).then(|| Pnc::unpack(reader.array())),
        cro: has(CRO).then(|| Cro::unpack(reader.array())),
        nhs: has(NHS).then(|| reader.nhs()),
        prison_number: has(PRISON).then(|| PrisonNumber::unpack(reader.array())),
        crn: has(CRN).then(|| Crn::unpack(reader.array())),
        master_defendant_id: if has(MASTER) { reader.owned() } else { String::new() },
        other_numbers: if has(OTHERS) { reader.others() } else { Vec::new() },
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.bytes.split_at_checked(length).unwrap_or((&[], &[]));
        self.bytes = rest;
        taken
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        self.take(N).try_into().unwrap_or([0; N])
    }

    fn text(&mut self) -> &'a str {
        let [short] = self.array();
        let length =
            if short == 255 { u32::from_le_bytes(self.array()) as usize } else { usize::from(short) };
        std::str::from_utf8(self.take(length)).unwrap_or("")
    }

    fn nhs(&mut self) -> NhsNumber {
        let [a, b, c, d, e] = self.array();
        NhsNumber::unpack(u64::from_le_bytes([a, b, c, d, e, 0, 0, 0]))
    }

    fn others(&mut self) -> Vec<Identifier> {
        let [count] = self.array();
        (0..count)
            .map_while(|_| match self.array() {
                [1] => Some(Identifier::Pnc(Pnc::unpack(self.array()))),
                [2] => Some(Identifier::Cro(Cro::unpack(self.array()))),
                [3] => Some(Identifier::Nhs(self.nhs())),
                [4] => Some(Identifier::PrisonNumber(PrisonNumber::unpack(self.array()))),
                [5] => Some(Identifier::Crn(Crn::unpack(self.array()))),
                _ => None,
            })
            .collect()
    }

    fn owned(&mut self) -> String {
        self.text().to_owned()
    }
}
