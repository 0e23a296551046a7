//! The CSV templates a clerk can fill in.

/// First line of a court list typed by hand. Only a court, a date and a name are needed; columns may stand in any order,
/// be called by the usual synonyms and be left out.
pub const LIST_TEMPLATE_HEADER: &str = "Court code,Court,Date,Time,Room,List number,Case number,URN,Surname,Forename,\
Date of birth,Age,Sex,PNC,CRO,Address,Postcode,Custody or bail,Offence code,Offence,Hearing type,Listed for,Informant,\
Interpreter,Solicitor";

/// First line of escort records typed by hand, a row a record: who and where, then one column a question (its key) and
/// one for the words beside it (the key and `_details`). Any question key of framework 2.5.2 may be added.
pub const ESCORT_TEMPLATE_HEADER: &str = "Record id,Status,Confirmed at,From,From type,To court code,To court,Move date,\
Surname,Forename,Date of birth,Sex,PNC,CRO,Prison number,indication-of-self-harm-or-suicide,observation-level,\
nature-of-self-harm,nature-of-self-harm_details,history-of-self-harm,history-of-self-harm-recency,\
history-of-self-harm-method,actions-of-self-harm-undertaken,actions-of-self-harm-undertaken_details,\
mental-health-needs,mental-health-needs_details,mental-health-needs_codes,medical-health-professional-referral,\
medical-health-professional-referral_details,prescribed-medication,medication-details,alcohol-withdrawal,\
alcohol-withdrawal_details,addiction-dependencies,addiction-dependencies_details,communication-needs,\
communication-needs_details,pregnant,pregnant_details";
