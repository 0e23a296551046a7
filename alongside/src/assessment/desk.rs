//! What the room works with: the questionnaires at hand, and whose signature needs a second one.

use super::signing::Countersigning;
use crate::access::{Account, Role};
use crate::config::{Config, Countersign};
use crate::ids::ProjectId;
use instruments::{Library, LoadErrors};
use uuid::Uuid;

/// Made once, when the service starts.
#[derive(Debug)]
pub struct Desk {
    /// All questionnaires: ours, and those of the deployer's folder.
    pub instruments: Library,
    countersign: Countersign,
}

impl Desk {
    /// Reads the questionnaires.
    ///
    /// # Errors
    /// When a file of the deployer's folder can't be used; the words say which and what to write.
    pub fn load(config: &Config) -> Result<Self, LoadErrors> {
        let mut instruments = Library::builtin()?;
        if let Some(folder) = &config.instrument_packs {
            instruments.add_directory(folder)?;
        }
        Ok(Self { instruments, countersign: config.countersign.clone() })
    }

    /// Whether what this account signs in this project needs a countersignature: a manager's own does not.
    #[must_use]
    pub fn countersigning(&self, account: Option<&Account>, project: ProjectId) -> Countersigning {
        let Some(account) = account else { return Countersigning::NotNeeded };
        let project = Uuid::from(project);
        let manages = account
            .grants
            .iter()
            .any(|g| g.role == Role::Manager && (g.project.is_none() || g.project == Some(project)));
        let needed = match &self.countersign {
            Countersign::Nobody => false,
            Countersign::Practitioners => true,
            // Whose grade nobody said is not taken for somebody who signs alone.
            Countersign::Grades(grades) => {
                account.grade.is_none_or(|grade| grades.iter().any(|key| key == grade.key()))
            }
        };
        if needed && !manages { Countersigning::Needed } else { Countersigning::NotNeeded }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{Grade, Grant, Session};

    fn account(role: Role, project: Option<u128>) -> Account {
        Account {
            id: Uuid::from_u128(7),
            name: "Somebody".into(),
            email: String::new(),
            grants: vec![Grant { role, project: project.map(Uuid::from_u128) }],
            session: Session {
                id: Uuid::nil(),
                second_factor: None,
                through_provider_at: None,
                ends_at: jiff::Timestamp::UNIX_EPOCH,
                expires_at: jiff::Timestamp::UNIX_EPOCH,
            },
            opened: Vec::new(),
            grade: None,
        }
    }

    #[test]
    fn where_grades_are_named_they_decide_and_a_grade_nobody_said_signs_not_alone() {
        let countersign = Countersign::Grades(vec!["student".into(), "newly-registered".into()]);
        let desk = Desk { instruments: Library::builtin().unwrap(), countersign };
        let asked = |role, grade| {
            let account = Account { grade, ..account(role, Some(1)) };
            desk.countersigning(Some(&account), ProjectId::of(Uuid::from_u128(1)))
        };
        assert_eq!(asked(Role::Practitioner, Some(Grade::Registered)), Countersigning::NotNeeded);
        assert_eq!(asked(Role::Practitioner, Some(Grade::NewlyRegistered)), Countersigning::Needed);
        assert_eq!(asked(Role::Practitioner, Some(Grade::NotRegistered)), Countersigning::NotNeeded);
        assert_eq!(asked(Role::Practitioner, None), Countersigning::Needed);
        assert_eq!(asked(Role::Manager, None), Countersigning::NotNeeded);
    }

    #[test]
    fn only_what_somebody_signs_who_does_not_manage_the_project_needs_a_second_signature() {
        let library = Library::builtin().unwrap();
        let mut desk = Desk { instruments: library, countersign: Countersign::Practitioners };
        let project = ProjectId::of(Uuid::from_u128(1));
        let asked = |desk: &Desk, account: &Account| desk.countersigning(Some(account), project);
        assert_eq!(asked(&desk, &account(Role::Practitioner, Some(1))), Countersigning::Needed);
        assert_eq!(asked(&desk, &account(Role::Manager, Some(2))), Countersigning::Needed);
        assert_eq!(asked(&desk, &account(Role::Manager, Some(1))), Countersigning::NotNeeded);
        assert_eq!(asked(&desk, &account(Role::Manager, None)), Countersigning::NotNeeded);
        desk.countersign = Countersign::Nobody;
        assert_eq!(asked(&desk, &account(Role::Practitioner, Some(1))), Countersigning::NotNeeded);
    }
}
