//! Every answer a comparison of one field can give.

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Field {
    /// PNC number.
    Pnc,
    /// CRO number.
    Cro,
    /// NHS number.
    Nhs,
    /// Prison number.
    PrisonNumber,
    /// Probation case reference number.
    Crn,
    /// Master defendant id.
    MasterDefendant,
    /// First given name.
    Forename,
    /// Middle names.
    Middle,
    /// Surname.
    Surname,
    /// Date of birth.
    Birth,
    /// Sex.
    Sex,
    /// Address, past ones too.
    Address,
}

/// Number of fields.
pub const FIELDS: usize = 12;

impl Field {
    /// All fields, identifiers first, as a page shows them.
    pub const ALL: [Field; FIELDS] = [
        Field::Pnc,
        Field::Cro,
        Field::Nhs,
        Field::PrisonNumber,
        Field::Crn,
        Field::MasterDefendant,
        Field::Forename,
        Field::Middle,
        Field::Surname,
        Field::Birth,
        Field::Sex,
        Field::Address,
    ];

    /// Its name on a page.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Field::Pnc => "PNC number",
            Field::Cro => "CRO number",
            Field::Nhs => "NHS number",
            Field::PrisonNumber => "prison number",
            Field::Crn => "CRN",
            Field::MasterDefendant => "master defendant id",
            Field::Forename => "forename",
            Field::Middle => "middle name",
            Field::Surname => "surname",
            Field::Birth => "date of birth",
            Field::Sex => "sex",
            Field::Address => "address",
        }
    }
}

/// In one word, for a tick or a cross on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Agreement {
    /// The same.
    Equal,
    /// Not the same, but explained by how records are written.
    Close,
    /// Different.
    Differs,
    /// At least one side doesn't say.
    Missing,
}

macro_rules! levels {
    ($($name:ident $field:ident $agreement:ident $key:literal $words:literal;)*) => {
        /// One answer of one field's comparison.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Level { $(#[doc = $words] $name,)* }

        impl Level {
            /// All levels.
            pub const ALL: &[Level] = &[$(Level::$name,)*];
            /// How many there are.
            pub const COUNT: usize = Level::ALL.len();
            /// The field it is an answer of; for [`Level::Missing`] any.
            #[must_use]
            pub fn field(self) -> Field { match self { $(Level::$name => Field::$field,)* } }
            /// In one word.
            #[must_use]
            pub fn agreement(self) -> Agreement { match self { $(Level::$name => Agreement::$agreement,)* } }
            /// Its name in a model file.
            #[must_use]
            pub fn key(self) -> &'static str { match self { $(Level::$name => $key,)* } }
            /// In plain words for a page.
            #[must_use]
            pub fn words(self) -> &'static str { match self { $(Level::$name => $words,)* } }
        }
    };
}

levels! {
    Missing Pnc Missing "missing" "not known on both sides";
    PncEqual Pnc Equal "pnc.equal" "the same, and the check letter fits";
    PncEqualMarked Pnc Close "pnc.equal-marked" "the same, but the check letter doesn't fit";
    PncSlip Pnc Close "pnc.slip" "one keystroke apart, and one of them fails its check letter";
    PncMarked Pnc Differs "pnc.marked" "different, but one of them fails its check letter";
    PncDiffers Pnc Differs "pnc.differs" "two valid, different numbers";
    CroEqual Cro Equal "cro.equal" "the same, and the check letter fits";
    CroEqualMarked Cro Close "cro.equal-marked" "the same, but the check letter doesn't fit";
    CroSlip Cro Close "cro.slip" "one keystroke apart, and one of them fails its check letter";
    CroMarked Cro Differs "cro.marked" "different, but one of them fails its check letter";
    CroDiffers Cro Differs "cro.differs" "two valid, different numbers";
    NhsEqual Nhs Equal "nhs.equal" "the same, and the check digit fits";
    NhsEqualMarked Nhs Close "nhs.equal-marked" "the same, but the check digit doesn't fit";
    NhsSlip Nhs Close "nhs.slip" "one keystroke apart, and one of them fails its check digit";
    NhsMarked Nhs Differs "nhs.marked" "different, but one of them fails its check digit";
    NhsDiffers Nhs Differs "nhs.differs" "two valid, different numbers";
    PrisonEqual PrisonNumber Equal "prison.equal" "the same";
    PrisonSlip PrisonNumber Close "prison.slip" "one character apart";
    PrisonDiffers PrisonNumber Differs "prison.differs" "different";
    CrnEqual Crn Equal "crn.equal" "the same";
    CrnSlip Crn Close "crn.slip" "one character apart";
    CrnDiffers Crn Differs "crn.differs" "different";
    MasterEqual MasterDefendant Equal "master.equal" "the same";
    MasterSlip MasterDefendant Close "master.slip" "one character apart";
    MasterDiffers MasterDefendant Differs "master.differs" "different";
    ForenameEqual Forename Equal "forename.equal" "the same";
    ForenameVariant Forename Close "forename.variant" "a short form or another spelling of the same name";
    ForenameSlip Forename Close "forename.slip" "a slip of the keyboard, the ear or a scanner apart";
    ForenameSimilar Forename Close "forename.similar" "similar";
    ForenameInitial Forename Close "forename.initial" "an initial that fits";
    ForenameIsMiddle Forename Close "forename.is-middle" "one record's forename is the other's middle name";
    ForenameSwapped Forename Close "forename.swapped" "forename and surname stand the other way round";
    ForenameDiffers Forename Differs "forename.differs" "different";
    MiddleEqual Middle Equal "middle.equal" "the same";
    MiddleClose Middle Close "middle.close" "similar, or a short form";
    MiddleInitial Middle Close "middle.initial" "an initial that fits";
    MiddleOneSide Middle Missing "middle.one-side" "only one record has one";
    MiddleDiffers Middle Differs "middle.differs" "different";
    SurnameEqual Surname Equal "surname.equal" "the same";
    SurnamePart Surname Close "surname.part" "one half of a double surname is the same";
    SurnameSlip Surname Close "surname.slip" "a slip of the keyboard, the ear or a scanner apart";
    SurnameSimilar Surname Close "surname.similar" "similar";
    SurnameSwapped Surname Close "surname.swapped" "forename and surname stand the other way round";
    SurnameDiffers Surname Differs "surname.differs" "different";
    BirthEqual Birth Equal "birth.equal" "the same";
    BirthSwapped Birth Close "birth.swapped" "day and month stand the other way round";
    BirthSlip Birth Close "birth.slip" "one digit wrong, or two digits crossed";
    BirthYearOnly Birth Close "birth.year-only" "the same year, and one is 1 January, which often stands for the year alone";
    BirthDayMonth Birth Close "birth.day-month" "the same day and month, another year";
    BirthMonthYear Birth Close "birth.month-year" "the same month and year, another day";
    BirthYear Birth Differs "birth.year" "the same year only";
    BirthNear Birth Differs "birth.near" "up to 15 years apart";
    BirthGeneration Birth Differs "birth.generation" "a generation apart (16 to 45 years)";
    BirthFar Birth Differs "birth.far" "more than 45 years apart";
    SexEqual Sex Equal "sex.equal" "the same";
    SexDiffers Sex Differs "sex.differs" "different";
    AddressHouse Address Equal "address.house" "the same house";
    AddressHostel Address Equal "address.hostel" "the same postcode; no house number to tell neighbours apart";
    AddressStreet Address Close "address.street" "the same house and street; the postcode differs or is missing";
    AddressRoad Address Close "address.road" "the same street of the same town; the house number differs or is missing";
    AddressPostcode Address Close "address.postcode" "the same postcode, another house";
    AddressOutcode Address Close "address.outcode" "the same postal district";
    AddressTown Address Close "address.town" "the same town or postal area";
    AddressDiffers Address Differs "address.differs" "elsewhere";
}
