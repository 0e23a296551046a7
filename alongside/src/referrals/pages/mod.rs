//! The pages of referrals.

mod answer_page;
mod board_page;
mod choose_page;
mod figures_page;
mod parts;
mod print_page;
mod record_fields;
mod record_page;
mod referral_page;
mod write_page;

pub(super) use parts::{next_words, state_tag};

use crate::access::Routes;
use crate::access::policy::{FollowReferrals, MakeReferrals, ViewReferrals};
use axum::routing::{get, post};

/// The pages of this room.
#[must_use]
pub fn routes(routes: Routes) -> Routes {
    routes
        .get::<ViewReferrals, _>("/referrals", board_page::show)
        .get::<ViewReferrals, _>("/referrals/services", figures_page::show)
        .get::<ViewReferrals, _>("/referrals/services.csv", figures_page::csv)
        .get::<MakeReferrals, _>("/people/{person}/referrals/new", choose_page::show)
        .get::<MakeReferrals, _>("/people/{person}/referrals/write", write_page::form)
        .post::<MakeReferrals, _>("/people/{person}/referrals/write", write_page::send)
        .get::<ViewReferrals, _>("/referrals/{referral}", referral_page::show)
        .get::<MakeReferrals, _>("/referrals/{referral}/print", print_page::show)
        .post::<MakeReferrals, _>("/referrals/{referral}/link", referral_page::make_link)
        .post::<MakeReferrals, _>("/referrals/{referral}/link/revoke", referral_page::revoke_link)
        .get::<FollowReferrals, _>("/referrals/{referral}/record/{act}", record_page::form)
        .post::<FollowReferrals, _>("/referrals/{referral}/record/{act}", record_page::send)
        .post::<FollowReferrals, _>("/referrals/{referral}/events/{event}/mistaken", referral_page::mistaken)
        .open("GET", "/referral-answer/{token}", get(answer_page::door))
        .open("POST", "/referral-answer/{token}", post(answer_page::send))
}
