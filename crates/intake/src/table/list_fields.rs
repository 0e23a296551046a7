//! Names of the columns of a court list, in the spellings people use.

use crate::words::squash;

/// A column about the listing; those about the person are [`crate::person_fields::PersonField`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ListField {
    CourtCode,
    Court,
    Date,
    Time,
    EndTime,
    Room,
    ListNumber,
    CaseNumber,
    Urn,
    Asn,
    Custody,
    BailConditions,
    HeldAt,
    OffenceCode,
    Offence,
    Plea,
    HearingType,
    ListedFor,
    Informant,
    Marker,
    Panel,
    Kind,
    Solicitor,
    Parent,
    Further,
}

/// The field a column name means.
pub(super) fn list_field(name: &str) -> Option<ListField> {
    use ListField as F;
    Some(match squash(name).as_str() {
        "courtcode" | "oucode" | "courtoucode" | "courtid" => F::CourtCode,
        "court" | "courtname" | "courthouse" | "courthouses" | "courtcentre" => F::Court,
        "date" | "hearingdate" | "dateofhearing" | "courtdate" | "day" | "doh" | "listdate"
        | "dateoflist" => F::Date,
        "time" | "starttime" | "hearingtime" | "start" | "starts" | "timeofhearing" | "listedat" => F::Time,
        "endtime" | "end" | "ends" => F::EndTime,
        "room" | "courtroom" | "roomno" | "roomnumber" | "courtno" | "courtnumber" | "ctrm" => F::Room,
        "listnumber" | "listno" | "no" | "number" | "position" | "listing" | "order" => F::ListNumber,
        "casenumber" | "caseno" | "case" | "caseref" | "casereference" | "caseid" => F::CaseNumber,
        "urn" | "policeurn" | "uniquereferencenumber" => F::Urn,
        "asn" | "arrestsummonsnumber" => F::Asn,
        "custody" | "custodyorbail" | "custodybail" | "bail" | "bailstatus" | "remandstatus"
        | "custodystatus" | "incustody" => F::Custody,
        "bailconditions" | "conditions" => F::BailConditions,
        "heldat" | "establishment" | "prison" | "policestation" | "from" => F::HeldAt,
        "offencecode" | "cjscode" | "offencecjscode" | "chargecode" => F::OffenceCode,
        "offence" | "offences" | "offencetitle" | "charge" | "charges" | "offencedescription" => F::Offence,
        "plea" => F::Plea,
        "hearingtype" | "typeofhearing" | "hearing" => F::HearingType,
        "listedfor" | "reason" | "purpose" | "reasonlisted" | "adjournedfor" | "adjournmentreason" => {
            F::ListedFor
        }
        "informant" | "prosecutor" | "prosecutingauthority" | "broughtby" => F::Informant,
        "marker" | "markers" | "casemarker" | "casemarkers" => F::Marker,
        "panel" | "courttype" => F::Panel,
        "kind" | "type" | "defendanttype" | "persontype" => F::Kind,
        "solicitor" | "defence" | "defencesolicitor" | "representation" | "solicitors" => F::Solicitor,
        "parent" | "guardian" | "parentorguardian" | "parentguardian" => F::Parent,
        "notes" | "comment" | "comments" | "furtherinformation" | "information" | "remarks" => F::Further,
        _ => return None,
    })
}
