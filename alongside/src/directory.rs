//! Stub.
use crate::access::{Capability, Reader};
use crate::consent::Recipient;
use crate::ids::ProjectId;
use crate::people::Person;
use jiff::civil::Date;
use store::{Read, Result};
use uuid::Uuid;
/// x
#[derive(Debug, Clone)]
pub struct Service {
    pub id: Uuid,
    pub name: String,
    pub recipient: Recipient,
    pub reply_days: Option<i64>,
}
impl Service {
    pub fn email_for_referrals(&self) -> &str {
        ""
    }
}
/// x
#[derive(Debug, Clone)]
pub struct Suggestion {
    pub service: Service,
    pub reasons: Vec<String>,
    pub cautions: Vec<String>,
    pub excluded: Vec<String>,
}
/// x
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    pub needs: Vec<String>,
    pub sex: String,
}
pub fn services(_: &mut Read<'_>, _: &[ProjectId]) -> Result<Vec<Service>> {
    Ok(vec![])
}
pub fn wanted<C: Capability>(_: &mut Reader<'_, C>, _: &Person, _: ProjectId, _: Date) -> Result<Wanted> {
    Ok(Wanted::default())
}
pub fn suggest(_: &[Service], _: &Wanted, _: Date) -> Vec<Suggestion> {
    vec![]
}
