//! Proof that an administrator works in the whole service: what the pages of this room change reaches across projects.

use crate::access::{Capability, Permit};
use crate::web::PageError;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// A permit held in the whole service. Someone who administers one project only gets nothing here: an account, a court or a
/// grant of another project would be in their reach.
#[derive(Debug)]
pub struct Whole<C>(pub Permit<C>);

impl<S: Send + Sync, C: Capability> FromRequestParts<S> for Whole<C> {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let permit = Permit::<C>::from_request_parts(parts, state).await.map_err(|_| PageError::NotFound)?;
        let whole = permit
            .account()
            .is_some_and(|a| a.grants.iter().any(|g| g.project.is_none() && C::ROLES.contains(&g.role)));
        if whole { Ok(Self(permit)) } else { Err(PageError::NotFound) }
    }
}
