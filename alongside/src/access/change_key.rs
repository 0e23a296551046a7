//! Another key for what is sealed: after somebody left who knew it, or when it may have been seen.

use super::at_rest::put_under;
use super::permit::Permit;
use super::policy::ManageService;
use super::seal::Seal;
use super::totp::TotpError;
use crate::audit::Event;
use crate::config::Config;
use std::path::Path;
use store::{Db, sql};
use uuid::Uuid;

/// Seals everything under the key in another file, which is made there when absent; how many second factors were sealed anew.
/// From then on `ALONGSIDE_KEY_FILE` must name that file. The service must not run meanwhile. Broken off, it is done again.
///
/// # Errors
/// When something opens under neither key, or the database or the disk refuse: then the key in force still opens everything.
pub fn change_key(config: &Config, db: &Db, new: &Path) -> Result<usize, TotpError> {
    let (now, other) = (Seal::existing(config)?, Seal::in_file_or_made(new)?);
    let mut sealed = 0;
    put_under(config, (&now, &other), || {
        let permit: Permit<ManageService> = Permit::operator(db, "change of the key that seals");
        sealed = permit.write_now(|w| {
            w.record(Event::new("key that seals changed", "service", "key"));
            let rows = w.query(sql("SELECT account_id, sealed_seed FROM totp ORDER BY account_id"), &[])?;
            for row in &rows {
                let account: Uuid = row.get("account_id")?;
                let (owner, kept) = (account.to_string(), row.get::<String>("sealed_seed")?);
                let seed = now.open(&owner, &kept).or_else(|_| other.open(&owner, &kept))?;
                w.execute(
                    sql("UPDATE totp SET sealed_seed = $1 WHERE account_id = $2"),
                    &[&other.close(&owner, &seed)?, &account],
                )?;
            }
            Ok::<_, TotpError>(rows.len())
        })?;
        Ok::<_, TotpError>(())
    })?;
    Ok(sealed)
}
