//! Subject access.

use crate::access::Routes;
use crate::access::policy::ViewPerson;
use crate::access::{Permit, Reader};
use crate::holdings::Holding;
use crate::people::Person;
use maud::Markup;

pub const HOLDINGS: &[Holding] = &[];
pub fn routes(routes: Routes) -> Routes { routes }
pub fn on_person(_: &Permit<ViewPerson>, _: &mut Reader<'_, ViewPerson>, _: &Person) -> store::Result<Option<Markup>> { Ok(None) }
