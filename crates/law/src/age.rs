//! Age on a day, and who is a youth: under 18.

use jiff::civil::Date;
use serde::Serialize;

/// The age in whole years on a day. Somebody born on 29 February is a year older on 1 March in other years (Family Law Reform
/// Act 1969 s9 counts from the start of the anniversary; that it is 1 March is general knowledge). `None` before birth.
pub fn age_on(born: Date, day: Date) -> Option<i16> {
    if day < born {
        return None;
    }
    let had_birthday = (day.month(), day.day()) >= (born.month(), born.day());
    Some(day.year() - born.year() - i16::from(!had_birthday))
}

/// How courts treat an age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AgeGroup {
    /// Under 10: cannot be prosecuted (Children and Young Persons Act 1933 s50).
    UnderTen,
    /// 10 to 17: youth court, youth rules on what is printed and said.
    Youth,
    /// 18 to 24: an adult whose maturity a pre-sentence report must look at (PI 04/2016).
    YoungAdult,
    /// 25 and over.
    Adult,
}

/// The group on a day. `None` before birth.
pub fn age_group_on(born: Date, day: Date) -> Option<AgeGroup> {
    Some(match age_on(born, day)? {
        ..10 => AgeGroup::UnderTen,
        10..18 => AgeGroup::Youth,
        18..25 => AgeGroup::YoungAdult,
        _ => AgeGroup::Adult,
    })
}

/// Whether somebody is under 18 on a day. `None` before birth.
pub fn is_youth_on(born: Date, day: Date) -> Option<bool> {
    Some(age_on(born, day)? < 18)
}
