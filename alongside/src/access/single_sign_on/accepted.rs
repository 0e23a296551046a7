//! What is accepted of an ID token: made for us, lately, by a key of the provider that everybody may know.

use crate::clock;
use jiff::{SignedDuration, Timestamp};
use openidconnect::core::{CoreClient, CoreIdTokenVerifier, CoreJwsSigningAlgorithm as Algorithm};
use openidconnect::{EndpointMaybeSet, EndpointNotSet, EndpointSet};

/// How far its clock may be from ours.
pub(super) const LEEWAY: SignedDuration = SignedDuration::from_secs(60);
/// How old what it signed may be.
const FRESH: SignedDuration = SignedDuration::from_mins(10);
/// With keys that everybody may know. Never one that our own secret would make, nor none.
const ALGORITHMS: [Algorithm; 5] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPssSha256,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EdDsa,
];

/// The library's client of one provider.
pub(super) type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Accepts what was made for us, lately, by a key of the provider.
pub(super) fn verifier_of(client: &Client) -> CoreIdTokenVerifier<'_> {
    client
        .id_token_verifier()
        .set_allowed_algs(ALGORITHMS)
        .set_other_audience_verifier_fn(|_| false)
        .set_time_fn(|| as_chrono(clock::now() - LEEWAY))
        .set_issue_time_verifier_fn(|made| {
            let now = clock::now();
            let lately = as_chrono(now - FRESH)..=as_chrono(now + LEEWAY);
            if lately.contains(&made) {
                Ok(())
            } else {
                Err("it was not made just now: are both clocks right?".into())
            }
        })
}

fn as_chrono(at: Timestamp) -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(at.as_second(), 0).unwrap_or_default()
}
