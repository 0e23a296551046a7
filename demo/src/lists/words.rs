//! The words of the demo: charges, reasons, places. Offence codes and titles are those of the CJS offence index; everything
//! else is invented.

/// A charge: CJS code, title, wording.
pub(super) type Charge = (&'static str, &'static str, &'static str);

pub(super) const CHARGES: [Charge; 10] = [
    (
        "TH68010",
        "Theft from a shop",
        "stole groceries, to the value of £23.40, belonging to Pretend Groceries Ltd.",
    ),
    (
        "TH68010",
        "Theft from a shop",
        "stole cosmetics, to the value of £61.00, belonging to Made Up Chemists Ltd.",
    ),
    ("CJ88116", "Assault by beating", "assaulted a person by beating them."),
    (
        "CJ88149",
        "Assault by beating of an emergency worker",
        "assaulted an emergency worker by beating them.",
    ),
    ("CD71039", "Criminal damage to property valued under £5000", "damaged a door, to the value of £150.00."),
    (
        "BA76001",
        "Fail to surrender to police / court bail at the appointed time",
        "having been released on bail, failed to surrender.",
    ),
    ("PH97004", "Harassment without violence", "pursued a course of conduct which amounted to harassment."),
    (
        "TH68050",
        "Take a motor vehicle without the owners consent",
        "took a moped without the consent of its owner.",
    ),
    ("TH68001", "Theft from the person of another", "stole a telephone from the person of another."),
    (
        "RR84113",
        "Exceed a variable speed limit - automatic camera device",
        "drove at a speed exceeding 50 miles per hour.",
    ),
];

/// A breach, as brought by probation.
pub(super) const BREACH: Charge = (
    "CJ03507",
    "Commission of a further offence during the operational period of a suspended sentence order",
    "was convicted of a further offence during the operational period of the order.",
);

/// Blocks of a day: words, start, end, and reasons a case in it may have been adjourned for.
pub(super) const BLOCKS: [(&str, &str, &str, &[&str]); 6] = [
    ("First Hearings Slot", "10:00", "11:00", &[]),
    (
        "Remands",
        "10:00",
        "13:00",
        &["for a bail application to be made", "for consideration of advance information"],
    ),
    (
        "Pre-Sentence Report",
        "11:00",
        "12:30",
        &["For a pre-sentence report to be prepared.", "for a psychiatric report to be prepared"],
    ),
    ("Adult Breach/Vary Proceedings", "12:00", "13:00", &["for the probation officer to attend"]),
    ("Trials", "14:00", "16:30", &["for trial"]),
    ("Fine Enforcement", "14:00", "15:00", &["to produce evidence of means"]),
];

/// Names that say what they are.
pub(super) const PLAINLY_INVENTED: [(&str, &str, &str, &str); 6] = [
    ("Ms", "Imogen", "Madeup", "F"),
    ("Mr", "Placid", "Example", "M"),
    ("Mx", "Robin", "Nobody", "N"),
    ("Mr", "Testament", "Fiction", "M"),
    ("Mrs", "Verity", "Pretend", "F"),
    ("Mr", "Noel", "Person", "M"),
];

pub(super) const FIRMS: [&str; 3] = ["Pretend & Partners", "Fiction Law LLP", "Madeup Solicitors"];
pub(super) const POLICE: [&str; 3] =
    ["Mill Lane Police Station", "Northgate Custody Suite", "Harbour Road Police Station"];
pub(super) const PRISONS_FOR_MEN: [&str; 2] = ["HMP Eastmoor", "HMP Kestrel Hill"];
pub(super) const PRISON_FOR_WOMEN: &str = "HMP Harrowfield";
pub(super) const LANGUAGES: [&str; 6] =
    ["Polish", "Romanian", "Tigrinya", "Vietnamese", "Portuguese", "British Sign Language"];
