//! Reports that were asked for with a referral to us: nobody but a human begins one, once it is known who is meant.

use crate::access::{Capability, Reader, Writer};
use crate::audit::Event;
use crate::ids::{ReferralInId, ReportId};
use crate::referrals_in::{ReferralIn, Standing, open_referrals_in};
use jiff::{SignedDuration, Timestamp};
use std::collections::HashSet;
use store::{Result, sql};

/// How long a request with a referral that has ended stands on the list: the person was seen, the report may still be wanted.
const DAYS: i64 = 7;

/// Notes which referral a report was begun from.
///
/// # Errors
/// When the database refuses.
pub(super) fn begun_from<C: Capability>(
    w: &mut Writer<'_, C>,
    report: ReportId,
    referral: ReferralInId,
) -> Result<()> {
    w.record(
        Event::new("report begun from a referral", "report", report).with(format!("referral in {referral}")),
    );
    w.execute(
        sql("INSERT INTO report_referral (report_id, referral_id) VALUES ($1, $2)"),
        &[&report, &referral],
    )?;
    Ok(())
}

/// Referrals of the reader's projects with which a report is asked for that nobody began.
///
/// # Errors
/// When the database can't be read.
pub fn asked_with_referrals<C: Capability>(r: &mut Reader<'_, C>, now: Timestamp) -> Result<Vec<ReferralIn>> {
    let since = now.checked_sub(SignedDuration::from_hours(24 * DAYS)).unwrap_or(now);
    let mut asked: Vec<ReferralIn> = open_referrals_in(r, since)?
        .into_iter()
        .filter(|one| one.report.is_some() && (one.standing().is_open() || one.standing() == Standing::Seen))
        .collect();
    let ids: Vec<ReferralInId> = asked.iter().map(|one| one.id).collect();
    let begun: HashSet<ReferralInId> = r
        .query_list(sql("SELECT referral_id FROM report_referral WHERE referral_id IN ($LIST)"), &[], &ids)?
        .iter()
        .map(|row| row.get("referral_id"))
        .collect::<Result<_>>()?;
    asked.retain(|one| !begun.contains(&one.id));
    Ok(asked)
}

/// Who asks, as a report keeps it: a key of [`super::ASKERS`]; empty where that is for a human to say.
#[must_use]
pub(super) fn asker_of(role: &str) -> &'static str {
    match role {
        "judge" => "bench",
        "legal-adviser" | "usher" => "legal-adviser",
        "solicitor" => "defence",
        "probation" => "probation",
        _ => "",
    }
}
