//! Whose signatures need a second one.

use super::{ConfigError, bad};

/// Whose assessments a manager countersigns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Countersign {
    /// Nobody's.
    Nobody,
    /// Those of practitioners.
    Practitioners,
    /// Those of colleagues of these grades, and of whom nobody said the grade: keys of [`GRADES`].
    Grades(Vec<String>),
}

/// Professional grades that [`Countersign`] may name.
pub const GRADES: [&str; 4] = ["registered", "newly-registered", "not-registered", "student"];

impl Countersign {
    pub(super) fn read(said: Option<String>) -> Result<Self, ConfigError> {
        let said = said.unwrap_or_default();
        match said.trim() {
            "" | "nobody" => Ok(Self::Nobody),
            "practitioners" => Ok(Self::Practitioners),
            other => {
                let grades: Vec<String> = other.split(',').map(|grade| grade.trim().to_owned()).collect();
                if grades.iter().all(|grade| GRADES.contains(&grade.as_str())) {
                    return Ok(Self::Grades(grades));
                }
                let advice = format!(
                    "write nobody, practitioners, or grades with commas between them: {}",
                    GRADES.join(", ")
                );
                Err(bad("ALONGSIDE_COUNTERSIGN", other, &advice))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_practitioners_or_grades_and_nothing_else() {
        let read = |said: &str| Countersign::read(Some(said.to_owned()));
        assert_eq!(Countersign::read(None).unwrap(), Countersign::Nobody);
        assert_eq!(read("practitioners").unwrap(), Countersign::Practitioners);
        let two = vec!["student".to_owned(), "not-registered".to_owned()];
        assert_eq!(read("student, not-registered").unwrap(), Countersign::Grades(two));
        assert!(read("student, wizard").unwrap_err().to_string().contains("newly-registered"));
    }
}
