//! The pages of referrals in.

mod acts;
mod doors_page;
mod file_page;
mod form;
mod inbox_page;
mod public_page;
mod receipt_page;
mod refer_page;
mod referral_page;
mod typed_page;

use crate::access::Routes;
use crate::access::policy::{ReferIn, TakeReferralsIn};
use axum::routing::{get, post};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ReferIn, _>("/refer", refer_page::list)
        .get::<ReferIn, _>("/refer/new", refer_page::form)
        .post::<ReferIn, _>("/refer/new", refer_page::send)
        .get::<ReferIn, _>("/refer/{referral_in}", refer_page::show)
        .post::<ReferIn, _>("/refer/{referral_in}/withdraw", refer_page::withdraw)
        .get::<TakeReferralsIn, _>("/referrals-in", inbox_page::show)
        .get::<TakeReferralsIn, _>("/referrals-in/new", typed_page::form)
        .post::<TakeReferralsIn, _>("/referrals-in/new", typed_page::send)
        .get::<TakeReferralsIn, _>("/referrals-in/file", file_page::show)
        .get::<TakeReferralsIn, _>("/referrals-in/file.csv", file_page::template)
        .upload::<TakeReferralsIn, _>("/referrals-in/file", file_page::send)
        .get::<TakeReferralsIn, _>("/referrals-in/doors", doors_page::show)
        .post::<TakeReferralsIn, _>("/referrals-in/doors", doors_page::make)
        .post::<TakeReferralsIn, _>("/referrals-in/doors/{door}/end", doors_page::end)
        .get::<TakeReferralsIn, _>("/referrals-in/doors/{door}/poster", doors_page::poster)
        .get::<TakeReferralsIn, _>("/referrals-in/{referral_in}", referral_page::show)
        .post::<TakeReferralsIn, _>("/referrals-in/{referral_in}/accept", acts::accept)
        .post::<TakeReferralsIn, _>("/referrals-in/{referral_in}/join", acts::join)
        .post::<TakeReferralsIn, _>("/referrals-in/{referral_in}/unjoin", acts::unjoin)
        .post::<TakeReferralsIn, _>("/referrals-in/{referral_in}/end", acts::end)
        .post::<TakeReferralsIn, _>("/referrals-in/{referral_in}/pass-on", acts::pass_on)
        .open("GET", "/r/{code}", get(public_page::poster))
        .open("POST", "/r/{code}", post(public_page::send_poster))
        .open("GET", "/refer-once/{token}", get(public_page::once))
        .open("POST", "/refer-once/{token}", post(public_page::send_once))
        .open("GET", "/referral-state/{token}", get(receipt_page::door))
        .open("POST", "/referral-state/{token}", post(receipt_page::show))
}
