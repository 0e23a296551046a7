//! The whole policy: which role may do what. A snapshot test prints it as a table for review.

use Role::{
    Administrator, ClinicalPartner, Commissioner, CourtReferrer, LinkWorker, Manager, Practitioner,
    ProbationOfficer, RecordsGuardian,
};

/// What someone is in a project, or in the whole service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Nurse, social worker, occupational therapist, psychologist.
    Practitioner,
    /// Link worker or peer supporter.
    LinkWorker,
    /// Team manager or clinical lead.
    Manager,
    /// Service administrator at head office.
    Administrator,
    /// Legal adviser, solicitor, prosecutor, escort staff, usher, clerk, police.
    CourtReferrer,
    /// Probation officer.
    ProbationOfficer,
    /// Liaison psychiatry, NHS trust, treatment provider.
    ClinicalPartner,
    /// Commissioner.
    Commissioner,
    /// Records guardian (Caldicott).
    RecordsGuardian,
}

impl Role {
    /// All of them, in the order of `SERVICE.md`.
    pub const ALL: [Role; 9] = [
        Practitioner,
        LinkWorker,
        Manager,
        Administrator,
        CourtReferrer,
        ProbationOfficer,
        ClinicalPartner,
        Commissioner,
        RecordsGuardian,
    ];

    /// The word kept in the database and used on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Practitioner => "practitioner",
            LinkWorker => "link-worker",
            Manager => "manager",
            Administrator => "administrator",
            CourtReferrer => "court-referrer",
            ProbationOfficer => "probation-officer",
            ClinicalPartner => "clinical-partner",
            Commissioner => "commissioner",
            RecordsGuardian => "records-guardian",
        }
    }

    /// The words people read.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Practitioner => "Practitioner",
            LinkWorker => "Link worker or peer supporter",
            Manager => "Team manager or clinical lead",
            Administrator => "Service administrator",
            CourtReferrer => "Court agency referrer",
            ProbationOfficer => "Probation officer",
            ClinicalPartner => "Clinical partner",
            Commissioner => "Commissioner",
            RecordsGuardian => "Records guardian",
        }
    }

    /// Whether a second factor is asked of this role unless the settings say otherwise: everybody who can open people, or
    /// who can let others in. A referrer sees what they sent, a commissioner figures only.
    #[must_use]
    pub fn needs_second_factor(self) -> bool {
        !matches!(self, CourtReferrer | Commissioner)
    }

    /// The role with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// Something a route may need. Each is a type, so that a function can name the one it serves.
pub trait Capability: Send + Sync + 'static {
    /// Its name in the policy table.
    const NAME: &'static str;
    /// The roles that have it.
    const ROLES: &'static [Role];
}

// A table reads better than fifteen hand-written impls: this is what the policy test prints.
macro_rules! policy {
    ($($(#[$doc:meta])* $name:ident: $($role:ident)+;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;
            impl Capability for $name {
                const NAME: &'static str = stringify!($name);
                const ROLES: &'static [Role] = &[$(Role::$role),+];
            }
        )+
        /// Every capability with its roles, in the order above.
        pub const POLICY: &[(&str, &[Role])] = &[$((stringify!($name), &[$(Role::$role),+])),+];
    };
}

policy! {
    /// Sign out, see own account, change own password.
    OwnAccount: Practitioner LinkWorker Manager Administrator CourtReferrer ProbationOfficer ClinicalPartner Commissioner RecordsGuardian;
    /// See the board of the courts of one's projects, and open a line.
    ViewBoard: Practitioner Manager;
    /// Take, assign, prepare, move.
    WorkBoard: Practitioner Manager;
    /// Say whether a line is a known person, and whether an escort record belongs to a line.
    Recognise: Practitioner Manager;
    /// Print the morning pack and open a record by a sheet's code.
    PrintPack: Practitioner Manager;
    /// Open a person of one's projects.
    ViewPerson: Practitioner LinkWorker Manager;
    /// Find people of one's projects by any part.
    SearchPeople: Practitioner LinkWorker Manager;
    /// Put somebody on the register, change details, merge records and take them apart.
    KeepRegister: Practitioner Manager;
    /// Record a screening, or why there was none.
    Screen: Practitioner Manager;
    /// Read screenings, assessments and triage.
    ViewClinical: Practitioner Manager;
    /// Record what a person agrees to, and decide what is told to whom.
    KeepConsent: Practitioner LinkWorker Manager;
    /// Read the ledger of consent and disclosure.
    ViewConsent: Practitioner LinkWorker Manager;
    /// Approve telling somebody without consent; close a warning that nobody confirmed.
    ApproveDisclosure: Manager;
    /// Hand a warning over and record who received it.
    HandOver: Practitioner LinkWorker Manager;
    /// Assess, fill in questionnaires.
    Assess: Practitioner Manager;
    /// Countersign a colleague's assessment.
    Countersign: Manager;
    /// Decide on psychiatric assessment and follow it.
    Triage: Practitioner Manager;
    /// See what happened in court, and the court figures of one person.
    ViewHearings: Practitioner LinkWorker Manager;
    /// Record what happened in court, and settle where court and colleague differ.
    RecordHearings: Practitioner Manager;
    /// Answer requests made to one's own service.
    AnswerRequests: ClinicalPartner;
    /// Keep the list of partner services, and who answers for them.
    KeepPartners: Manager Administrator;
    /// Ask for, write, sign and deliver reports; record what was said in court and what the court did.
    WriteReports: Practitioner Manager;
    /// Set what stands at the head of a project's reports.
    KeepLetterheads: Manager Administrator;
    /// Refer somebody to the service, and see how one's own referrals stand.
    ReferIn: CourtReferrer ProbationOfficer;
    /// Take referrals on: the inbox, typing one in, doors for people without an account.
    TakeReferralsIn: Practitioner Manager;
    /// Look up services in the directory, and say that an entry is right or doubtful.
    ViewDirectory: Practitioner LinkWorker Manager Administrator;
    /// Keep the directory: add, change, end, import.
    KeepDirectory: Manager Administrator;
    /// See and keep contacts with a person and about them, and what agencies were asked for.
    KeepLiaison: Practitioner LinkWorker Manager;
    /// See what is due across people, the diary, and the rota.
    ViewTasks: Practitioner LinkWorker Manager;
    /// Keep own tasks and appointments, the rota, hand tasks over while away.
    WorkTasks: Practitioner LinkWorker Manager;
    /// Give a person a sheet of advice, and see what was given.
    GiveAdvice: Practitioner LinkWorker Manager;
    /// See referrals made for people of one's projects, and how far they are.
    ViewReferrals: Practitioner LinkWorker Manager;
    /// Refer somebody to a service, and see what it was told.
    MakeReferrals: Practitioner Manager;
    /// Write down what became of a referral: answers, appointments, chasing, the end.
    FollowReferrals: Practitioner LinkWorker Manager;
    /// See post that could not be sent, and settle it.
    KeepPost: Manager Administrator;
    /// See which questionnaires there are, and their licences.
    ViewInstruments: Practitioner Manager Administrator;
    /// Send files in.
    ImportFiles: Practitioner Manager Administrator;
    /// See what became of files, and read them again.
    ViewImports: Practitioner Manager Administrator RecordsGuardian;
    /// Fetch a file as it was received.
    DownloadOriginal: Practitioner Manager Administrator RecordsGuardian;
    /// Projects, boroughs, courts, links between them.
    ManageService: Administrator;
    /// Accounts, grants, tokens.
    ManageAccounts: Administrator;
    /// Read the audit.
    ReadAudit: RecordsGuardian;
    /// Open a record outside one's projects, with a reason, for a time.
    BreakGlass: Practitioner Manager;
    /// Review such uses.
    ReviewGlass: RecordsGuardian;
    /// Say that a record is found by few, or that its address is withheld.
    RestrictPeople: Manager;
    /// See an address that is withheld.
    SeeWithheldAddress: Manager;
    /// See what colleagues who left had taken on.
    SeeLeavers: Manager Administrator;
    /// See how long what is kept, and what is past its time: by number, without names.
    PreviewRetention: Administrator RecordsGuardian;
    /// Take away what is past its time; lift holds.
    KeepRecords: RecordsGuardian;
    /// Say that a record must not be taken away, and that somebody died.
    PlaceHolds: Manager RecordsGuardian;
    /// Answer somebody who asks for what is held about a person.
    AnswerAccess: Manager RecordsGuardian;
}

/// Capabilities for which a record opened by breaking the glass counts as in scope. Only reading: nothing is changed, merged
/// or decided through the glass.
pub const THROUGH_GLASS: &[&str] =
    &["BreakGlass", "ViewPerson", "SearchPeople", "ViewClinical", "ViewConsent", "ViewHearings"];

/// Capabilities for which a record that is limited to named colleagues still exists for a records guardian, who is named on
/// none: what is past its time goes, and a person who asks is answered, whoever may open the record day by day.
pub const PAST_LIMITS: &[&str] = &["KeepRecords", "PlaceHolds", "AnswerAccess"];

/// The policy as a table: one line a capability, one column a role.
#[must_use]
pub fn table() -> String {
    let mut out = String::from("| capability |");
    for role in Role::ALL {
        out.push_str(&format!(" {} |", role.key()));
    }
    out.push_str(&format!("\n|---|{}\n", "---|".repeat(Role::ALL.len())));
    for (name, roles) in POLICY {
        out.push_str(&format!("| {name} |"));
        for role in Role::ALL {
            out.push_str(if roles.contains(&role) { " yes |" } else { "  |" });
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_what_was_reviewed() {
        insta::assert_snapshot!(table());
    }

    #[test]
    fn the_security_page_shows_the_same_table() {
        let page = include_str!("../../../docs/security/roles.md");
        for line in table().lines() {
            assert!(page.contains(line), "docs/security/roles.md lacks: {line}");
        }
    }
}
