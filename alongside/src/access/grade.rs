//! Professional grades: who signs alone, and who is countersigned.

/// A grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Registered with a professional body: nurse, social worker, psychologist.
    Registered,
    /// Registered, in the first year of practice (preceptorship, assessed year).
    NewlyRegistered,
    /// Not registered: support worker, assistant.
    NotRegistered,
    /// In training.
    Student,
}

impl Grade {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Registered, Self::NewlyRegistered, Self::NotRegistered, Self::Student];

    /// As it is kept, and as the setting names it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::NewlyRegistered => "newly-registered",
            Self::NotRegistered => "not-registered",
            Self::Student => "student",
        }
    }

    /// As a signature says it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Registered => "Registered",
            Self::NewlyRegistered => "Newly registered",
            Self::NotRegistered => "Not registered",
            Self::Student => "Student",
        }
    }

    /// The grade with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grade| grade.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_setting_names_the_grades_that_there_are() {
        assert_eq!(Grade::ALL.map(Grade::key), crate::config::GRADES);
        for grade in Grade::ALL {
            assert_eq!(Grade::from_key(grade.key()), Some(grade));
        }
    }
}
