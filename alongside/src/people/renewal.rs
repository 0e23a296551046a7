//! Match records that an upgrade left to be made anew, since what they are made of changed its meaning.

use super::index::renew;
use crate::access::Permit;
use crate::access::policy::KeepRegister;
use crate::audit::Event;
use crate::ids::PersonId;
use store::{Result, sql};

/// Makes the index of each person anew who is due, some hundred in one unit of work; gives how many there were. What was done
/// before an error stays done, and the rest stays due.
///
/// # Errors
/// When the database refuses.
pub fn renew_due(permit: &Permit<KeepRegister>) -> Result<usize> {
    let mut renewed = 0;
    loop {
        let done = permit.write_now(|w| {
            let due: Vec<PersonId> = w
                .query(sql("SELECT person_id FROM match_due ORDER BY person_id LIMIT 200"), &[])?
                .iter()
                .map(|row| row.get("person_id"))
                .collect::<Result<_>>()?;
            let mut done = 0;
            for person in &due {
                w.record(Event::new("record made anew for recognition", "person", *person));
                // Of two servers that start together, one waits here for the other and then finds it done.
                if w.execute(sql("DELETE FROM match_due WHERE person_id = $1"), &[person])? > 0 {
                    renew(w, *person)?;
                    done += 1;
                }
            }
            Ok::<_, store::Error>((due.len(), done))
        })?;
        if done.0 == 0 {
            return Ok(renewed);
        }
        renewed += done.1;
    }
}
