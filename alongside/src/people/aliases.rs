//! Other names of a person that the line of a court list taught. They rest on the decision that linked the line, and go with it.

use super::index::renew;
use crate::access::{Capability, Writer};
use crate::audit::Event;
use crate::clock;
use crate::ids::PersonId;
use linkage::Name;
use store::{Result, sql};
use uuid::Uuid;

/// Keeps the other names on a line as other names of the person whom a human said it is.
///
/// # Errors
/// When the database refuses.
pub fn learn_names<C: Capability>(
    w: &mut Writer<'_, C>,
    person: PersonId,
    decision: Uuid,
    names: &[Name],
) -> Result<()> {
    let (now, by) = (clock::now(), w.by());
    let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let names: Vec<_> = names
        .iter()
        .map(|name| (some(&name.forename), some(&name.middle), some(&name.surname)))
        .filter(|(forename, _, surname)| forename.is_some() || surname.is_some())
        .collect();
    if names.is_empty() {
        return Ok(());
    }
    w.record(
        Event::new("other names learnt from a list", "person", person).with(format!("decision {decision}")),
    );
    for (forename, middle, surname) in &names {
        w.execute(
            sql("INSERT INTO person_alias (id, person_id, forename, middle_names, surname, at, by_words, link_decision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
            &[&Uuid::now_v7(), &person, forename, middle, surname, &now, &by, &decision],
        )?;
    }
    renew(w, person)
}

/// Takes back what a line taught when the decision that linked it is taken back: the names are somebody else's then, and must
/// not stand in this record. They stay on the line.
///
/// # Errors
/// When the database refuses.
pub fn unlearn_names<C: Capability>(w: &mut Writer<'_, C>, decision: Uuid) -> Result<()> {
    let rows = w.query(
        sql("SELECT DISTINCT p.id, p.merged_into FROM person_alias a JOIN person p ON p.id = a.person_id WHERE a.link_decision = $1"),
        &[&decision],
    )?;
    for row in rows {
        let person: PersonId = row.get("id")?;
        w.record(
            Event::new("other names of a list taken back", "person", person)
                .with(format!("decision {decision}")),
        );
        w.execute(
            sql("DELETE FROM person_alias WHERE link_decision = $1 AND person_id = $2"),
            &[&decision, &person],
        )?;
        renew(w, person)?;
        if let Some(kept) = row.get::<Option<PersonId>>("merged_into")? {
            renew(w, kept)?;
        }
    }
    Ok(())
}
