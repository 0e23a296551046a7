//! A weight as a waterfall of named parts that add up to it.

use super::{Band, Model, Relative, Score, probability};
use crate::clean::{Cleaned, FullName, Place, Sex};
use crate::compare::{Agreement, Field};
use std::fmt::Display;

/// What a line of a waterfall is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// How likely any two records are one person before looking at them.
    Prior,
    /// One field.
    Field(Field),
    /// Forename and surname that often go together.
    FullName,
    /// What relatives would explain.
    Relatives,
}

/// One line of the waterfall.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldWeight {
    /// What it is about.
    pub part: Part,
    /// Its name on a page.
    pub name: &'static str,
    /// The finding in plain words.
    pub level: String,
    /// Bits; above zero speaks for the same person.
    pub weight: f64,
    /// The listed value as shown; empty where there is none.
    pub listed: String,
    /// The known value as shown; empty where there is none.
    pub known: String,
    /// In one word, for a tick or a cross.
    pub agreement: Agreement,
}

/// A pair compared and explained.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Bits, prior included: the sum of the lines.
    pub weight: f64,
    /// That the two are one person.
    pub probability: f64,
    /// Where the pair belongs by itself.
    pub band: Band,
    /// Prior, every field (missing ones with weight zero), then what goes across fields.
    pub fields: Vec<FieldWeight>,
}

pub(super) fn explain(model: &Model, score: &Score, a: &Cleaned, b: &Cleaned, people: u64) -> Comparison {
    let mut fields = Vec::with_capacity(16);
    let line = |part, name, level: String, weight| FieldWeight {
        part,
        name,
        level,
        weight,
        listed: String::new(),
        known: String::new(),
        agreement: Agreement::Missing,
    };
    let before = match model.one_in {
        Some(n) => format!("one in about {n:.0} is the right one"),
        None => format!("one of {people} people, if known at all"),
    };
    fields.push(line(Part::Prior, "before looking", before, model.prior(people)));
    for field in Field::ALL {
        let level = score.evidence.level(field);
        fields.push(FieldWeight {
            part: Part::Field(field),
            name: field.words(),
            level: level.words().to_owned(),
            weight: model.field_weight(&score.evidence, field),
            listed: shown(a, field),
            known: shown(b, field),
            agreement: level.agreement(),
        });
    }
    let together = model.full_name_weight(&score.evidence);
    if together < 0.0 {
        let words = "this forename and this surname often go together".to_owned();
        fields.push(line(Part::FullName, "full name", words, together));
    }
    if score.relatives < -0.005 {
        fields.push(line(
            Part::Relatives,
            "could be a relative",
            relative_words(score.likeliest_relative).to_owned(),
            score.relatives,
        ));
    }
    for line in &mut fields {
        line.weight *= model.calibration.slope;
    }
    // Lines below a two-hundredth of a bit are not shown; their remainder and the
    // calibration's offset go to the prior, so that the sum is exact.
    let sum: f64 = fields.iter().map(|f| f.weight).sum();
    if let Some(first) = fields.first_mut() {
        first.weight += score.weight - sum;
    }
    Comparison {
        weight: score.weight,
        probability: probability(score.weight),
        band: model.band(score),
        fields,
    }
}

fn relative_words(relative: Relative) -> &'static str {
    match relative {
        Relative::Twin => "twins would look like this too",
        Relative::Sibling => "brothers or sisters would look like this too",
        Relative::ParentChild => "a parent and child of one name would look like this too",
        Relative::Namesake => "two people of one name and about one age would look like this too",
        Relative::Couple => "a couple would look like this too",
    }
}

fn shown(person: &Cleaned, field: Field) -> String {
    fn join<T>(items: &[T], text: impl Fn(&T) -> String) -> String {
        items.iter().map(text).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ")
    }
    fn all<T: Display>(numbers: impl Iterator<Item = T>) -> String {
        numbers.map(|n| n.to_string()).collect::<Vec<_>>().join("; ")
    }
    match field {
        Field::Pnc => all(person.pncs()),
        Field::Cro => all(person.cros()),
        Field::Nhs => all(person.nhs_numbers()),
        Field::PrisonNumber => all(person.prison_numbers()),
        Field::Crn => all(person.crns()),
        Field::MasterDefendant => person.master_defendant_id.clone(),
        Field::Forename => join(&person.names, |n: &FullName| n.forename().to_owned()),
        Field::Middle => join(&person.names, |n: &FullName| n.middles().collect::<Vec<_>>().join(" ")),
        Field::Surname => join(&person.names, |n: &FullName| n.surname.clone()),
        Field::Birth => join(&person.births, |d| d.strftime("%d/%m/%Y").to_string()),
        Field::Sex => person
            .sex
            .map_or_else(String::new, |s| if s == Sex::Female { "female" } else { "male" }.to_owned()),
        Field::Address => join(&person.places, place),
    }
}

fn place(place: &Place) -> String {
    let mut out = String::new();
    for part in [&place.house, &place.street, &place.town] {
        if !part.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
        }
    }
    if let Some(postcode) = place.postcode {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&postcode.to_string());
    }
    out
}
