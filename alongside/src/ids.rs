//! Ids that can't be mixed up: one type a table, all UUIDv7 (their order is the order of making).

use serde::{Deserialize, Serialize};
use store::{FromValue, ToValue, Value};
use uuid::Uuid;

// One line an id beats six identical impls each.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);
        impl $name {
            /// The id with this number, from a room that keeps it untyped.
            #[must_use]
            pub const fn of(id: Uuid) -> Self {
                Self(id)
            }
            /// A fresh one.
            #[must_use]
            pub fn fresh() -> Self {
                Self(Uuid::now_v7())
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
        impl ToValue for $name {
            fn to_value(&self) -> Value {
                Value::Uuid(self.0)
            }
        }
        impl FromValue for $name {
            fn from_value(value: &Value) -> Result<Self, String> {
                Uuid::from_value(value).map(Self)
            }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )+};
}

ids! {
    /// A project.
    ProjectId;
    /// An account.
    AccountId;
    /// A person of the register.
    PersonId;
    /// A file received.
    ImportId;
    /// A person's line on one court day.
    ListingId;
    /// An escort record.
    EscortId;
    /// A line and an escort record that look alike.
    ProposalId;
    /// A line and an escort record that were joined.
    JoinId;
    /// A form opened once, and what was typed into it.
    DraftId;
    /// A screening, or a recorded reason why there was none.
    ScreeningId;
    /// A decision about what may be said to whom.
    ConsentId;
    /// Something that was told to somebody.
    DisclosureId;
    /// A reason for telling somebody something without consent.
    OverrideId;
    /// A self-harm warning.
    WarningId;
    /// A warning given to one receiver.
    HandoverId;
    /// A health and wellbeing assessment.
    AssessmentId;
    /// One need of an assessment.
    NeedId;
    /// One filled questionnaire.
    ResponseId;
    /// A triage decision.
    TriageId;
    /// A psychiatric assessment, from request to opinion.
    PsychiatricId;
    /// A service that answers requests.
    PartnerId;
    /// What was sent to a partner service once.
    RequestId;
    /// A one-time link.
    AnswerLinkId;
    /// One person's day in court.
    HearingId;
    /// What one voice said once about a day in court.
    SaidId;
    /// A report for the court.
    ReportId;
    /// A version of a report given to one receiver.
    DeliveryId;
    /// One recommendation of a report.
    RecommendationId;
    /// Something said in court or to somebody.
    OralId;
    /// A one-time link of any purpose.
    LinkId;
    /// Something sent by e-mail or as a text message.
    MessageId;
    /// A task that somebody typed.
    TaskId;
    /// An appointment of ours.
    DiaryId;
    /// A post of the rota: somebody, somewhere, every week or on one day.
    RotaPostId;
    /// A sheet of advice given to a person.
    SheetId;
    /// A referral made to us.
    ReferralInId;
    /// A service of the directory.
    ServiceId;
    /// A contact with somebody, or about them.
    ContactId;
    /// Something that an agency was asked for.
    InformationId;
    /// A referral made to a service.
    ReferralId;
    /// Something that happened to a referral.
    ReferralEventId;
}
