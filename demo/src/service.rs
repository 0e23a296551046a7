//! The invented service: real boroughs and courts, invented projects and colleagues.
//!
//! Court names and codes are those of the national organisation unit table (first five characters).

/// A magistrates' court.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CourtFact {
    /// First five characters of the organisation unit code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Petty sessional area code.
    pub psa_code: &'static str,
}

/// The nine courts.
pub const COURTS: [CourtFact; 9] = [
    CourtFact { code: "B01CN", name: "Bromley Magistrates' Court", psa_code: "2575" },
    CourtFact { code: "B01EF", name: "Croydon Magistrates' Court", psa_code: "2576" },
    CourtFact { code: "B01FA", name: "Ealing Magistrates' Court", psa_code: "2578" },
    CourtFact { code: "B01GU", name: "Highbury Corner Magistrates' Court", psa_code: "2572" },
    CourtFact { code: "B01LY", name: "Lavender Hill Magistrates' Court", psa_code: "2577" },
    CourtFact { code: "B01MN", name: "Stratford Magistrates' Court", psa_code: "2574" },
    CourtFact { code: "B01ND", name: "Thames Magistrates' Court", psa_code: "2574" },
    CourtFact { code: "B01IX", name: "Westminster Magistrates' Court", psa_code: "2570" },
    CourtFact { code: "B01CE", name: "Willesden Magistrates' Court", psa_code: "2571" },
];

/// A project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProjectFact {
    /// Name.
    pub name: &'static str,
    /// court, probation office or women's centre.
    pub kind: &'static str,
    /// Whether all women are seen as standard.
    pub women_as_standard: bool,
    /// Boroughs.
    pub boroughs: &'static [&'static str],
    /// Court codes.
    pub courts: &'static [&'static str],
}

const fn court(
    name: &'static str,
    boroughs: &'static [&'static str],
    courts: &'static [&'static str],
) -> ProjectFact {
    ProjectFact { name, kind: "court", women_as_standard: false, boroughs, courts }
}

const fn office(name: &'static str, boroughs: &'static [&'static str]) -> ProjectFact {
    ProjectFact { name, kind: "probation office", women_as_standard: false, boroughs, courts: &[] }
}

/// The twenty projects: nine courts, nine probation offices, two women's centres, over eighteen boroughs.
pub const PROJECTS: [ProjectFact; 20] = [
    court("Bromley court liaison", &["Bromley", "Greenwich"], &["B01CN"]),
    court("Croydon court liaison", &["Croydon"], &["B01EF"]),
    ProjectFact {
        women_as_standard: true,
        ..court("Ealing court liaison", &["Ealing", "Hammersmith and Fulham"], &["B01FA"])
    },
    court("Highbury Corner court liaison", &["Islington", "Camden", "Haringey"], &["B01GU"]),
    court("Lavender Hill court liaison", &["Wandsworth", "Lambeth"], &["B01LY"]),
    court("Stratford court liaison", &["Newham"], &["B01MN"]),
    ProjectFact {
        women_as_standard: true,
        ..court("Thames court liaison", &["Tower Hamlets", "Hackney"], &["B01ND"])
    },
    court("Westminster court liaison", &["Camden"], &["B01IX"]),
    court("Willesden court liaison", &["Brent", "Barnet"], &["B01CE"]),
    office("Camden and Islington probation", &["Camden", "Islington"]),
    office("Croydon probation", &["Croydon"]),
    office("Ealing probation", &["Ealing"]),
    office("Enfield and Haringey probation", &["Enfield", "Haringey"]),
    office("Hackney and Tower Hamlets probation", &["Hackney", "Tower Hamlets"]),
    office("Lambeth probation", &["Lambeth"]),
    office("Lewisham and Southwark probation", &["Lewisham", "Southwark"]),
    office("Newham probation", &["Newham"]),
    office("Wandsworth probation", &["Wandsworth"]),
    ProjectFact {
        name: "Riverside women's centre",
        kind: "women's centre",
        women_as_standard: true,
        boroughs: &["Southwark", "Lambeth"],
        courts: &[],
    },
    ProjectFact {
        name: "Hollybush women's centre",
        kind: "women's centre",
        women_as_standard: true,
        boroughs: &["Islington", "Hackney"],
        courts: &[],
    },
];

/// A colleague who can sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColleagueFact {
    /// Plainly invented name.
    pub name: &'static str,
    /// Address in a domain that is reserved for examples.
    pub email: &'static str,
    /// Role key.
    pub role: &'static str,
    /// Projects; none means the whole service.
    pub projects: &'static [&'static str],
    /// What to try with it.
    pub try_it: &'static str,
}

/// The demo's colleagues.
pub const COLLEAGUES: [ColleagueFact; 12] = [
    ColleagueFact {
        name: "Nell Thamesworth",
        email: "nell@example.org",
        role: "practitioner",
        projects: &["Thames court liaison", "Hackney and Tower Hamlets probation"],
        try_it: "the morning board of one court: record a screening from the first rows, then assess and triage",
    },
    ColleagueFact {
        name: "Juno Kettlewick",
        email: "juno@example.org",
        role: "practitioner",
        projects: &["Stratford court liaison", "Ealing court liaison", "Croydon court liaison"],
        try_it: "three courts; psychiatric assessments at every stage",
    },
    ColleagueFact {
        name: "Abel Thistlemoor",
        email: "abel@example.org",
        role: "practitioner",
        projects: &["Bromley court liaison", "Lavender Hill court liaison", "Willesden court liaison"],
        try_it: "warnings that wait to be confirmed",
    },
    ColleagueFact {
        name: "Obi Lanternfield",
        email: "obi@example.org",
        role: "practitioner",
        projects: &["Highbury Corner court liaison", "Westminster court liaison"],
        try_it: "two courts in one morning",
    },
    ColleagueFact {
        name: "Mira Quillbrook",
        email: "mira@example.org",
        role: "manager",
        projects: &[
            "Thames court liaison",
            "Highbury Corner court liaison",
            "Westminster court liaison",
            "Stratford court liaison",
            "Ealing court liaison",
            "Croydon court liaison",
            "Bromley court liaison",
            "Lavender Hill court liaison",
            "Willesden court liaison",
        ],
        try_it: "all nine courts: open warnings, assessments to countersign, partner services",
    },
    ColleagueFact {
        name: "Tad Inkwell",
        email: "tad@example.org",
        role: "administrator",
        projects: &[],
        try_it: "projects, courts, accounts, imports",
    },
    ColleagueFact {
        name: "Wren Hollowell",
        email: "wren@example.org",
        role: "link-worker",
        projects: &["Riverside women's centre"],
        try_it: "the register and the ledger of consent, and what a link worker does not see",
    },
    ColleagueFact {
        name: "Pip Sealskin",
        email: "pip@example.org",
        role: "court-referrer",
        projects: &["Thames court liaison"],
        try_it: "what a court referrer does not see",
    },
    ColleagueFact {
        name: "Lark Fernsby",
        email: "lark@example.org",
        role: "probation-officer",
        projects: &["Newham probation"],
        try_it: "what a probation officer does not see",
    },
    ColleagueFact {
        name: "Dr Quill Marrowby",
        email: "quill@example.org",
        role: "clinical-partner",
        projects: &[
            "Thames court liaison",
            "Highbury Corner court liaison",
            "Westminster court liaison",
            "Stratford court liaison",
            "Ealing court liaison",
            "Croydon court liaison",
            "Bromley court liaison",
            "Lavender Hill court liaison",
            "Willesden court liaison",
        ],
        try_it: "requests to a liaison psychiatry service: accept one, report on another",
    },
    ColleagueFact {
        name: "Bea Plumstone",
        email: "bea@example.org",
        role: "commissioner",
        projects: &[],
        try_it: "what a commissioner does not see",
    },
    ColleagueFact {
        name: "Gil Wardrobe",
        email: "gil@example.org",
        role: "records-guardian",
        projects: &[],
        try_it: "the audit of a day's work, originals of imports",
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_service_has_the_size_of_the_first_deployment() {
        let boroughs: HashSet<_> = PROJECTS.iter().flat_map(|p| p.boroughs).collect();
        assert_eq!((PROJECTS.len(), boroughs.len(), COURTS.len()), (20, 18, 9));
    }

    #[test]
    fn every_court_is_served_and_every_colleague_has_a_real_project() {
        for court in COURTS {
            assert!(PROJECTS.iter().any(|p| p.courts.contains(&court.code)), "{}", court.name);
        }
        for project in COLLEAGUES.iter().flat_map(|c| c.projects) {
            assert!(PROJECTS.iter().any(|p| p.name == *project), "{project}");
        }
    }
}
