//! Invented lists and escort records in the formats that arrive.
#![allow(dead_code)]

/// One row of a Libra list.
#[derive(Debug, Clone)]
pub struct Case {
    pub number: u32,
    pub forename: String,
    pub surname: String,
    pub sex: char,
    pub born: &'static str,
    pub pnc: &'static str,
    pub room: &'static str,
    pub organisation: bool,
    pub informant: &'static str,
}

/// A case about a plainly invented person.
pub fn case(number: u32, forename: &str, surname: &str) -> Case {
    Case {
        number,
        forename: forename.into(),
        surname: surname.into(),
        sex: 'M',
        born: "01/02/1990",
        pnc: "",
        room: "1",
        organisation: false,
        informant: "POL01",
    }
}

/// A Libra list in the gateway's envelope: Thames, on the day given as DD/MM/YYYY, sent at an ISO time.
pub fn libra(day: &str, sent: &str, cases: &[Case]) -> Vec<u8> {
    libra_for("B01ND00", day, sent, cases)
}

/// The same for another court.
pub fn libra_for(ou_code: &str, day: &str, sent: &str, cases: &[Case]) -> Vec<u8> {
    let mut rooms: Vec<&str> = cases.iter().map(|c| c.room).collect();
    rooms.sort_unstable();
    rooms.dedup();
    let sessions: String = rooms.iter().map(|room| session(ou_code, day, room, cases)).collect();
    let compact = day.replace('/', "");
    format!(
        "<?xml version=\"1.0\"?><CSCI_Message_Type><MessageHeader><MessageID><UUID>test</UUID></MessageID><TimeStamp>{sent}</TimeStamp><MessageType>externalDocument</MessageType><From>CP_NPS_ML</From><To>CP_NPS</To></MessageHeader><MessageBody><GatewayOperationType><ExternalDocumentRequest><documents><document><info><general><doc_type>EDT_Adult_Daily_Courtlist</doc_type></general><source_file_name>5_{compact}_2992_{ou_code}_ADULT_COURT_LIST_DAILY</source_file_name></info><data><job><printdate>{day}</printdate><username>t</username><late>N</late><adbox>N</adbox><means>N</means><sessions>{sessions}</sessions></job></data></document></documents></ExternalDocumentRequest></GatewayOperationType></MessageBody></CSCI_Message_Type>"
    )
    .into_bytes()
}

fn session(ou_code: &str, day: &str, room: &str, cases: &[Case]) -> String {
    let rows: String = cases.iter().filter(|c| c.room == room).map(row).collect();
    format!(
        "<session><ou_code>{ou_code}</ou_code><s_id>{room}01</s_id><doh>{day}</doh><lja>Invented</lja><cmu>u</cmu><panel>Adult Panel</panel><court>Invented Magistrates Court</court><room>{room}</room><sstart>10:00</sstart><send>13:00</send><blocks><block><sb_id>{room}001</sb_id><bstart>10:00</bstart><bend>13:00</bend><desc>First Hearings Slot</desc><cases>{rows}</cases></block></blocks></session>"
    )
}

fn row(c: &Case) -> String {
    let pnc = if c.pnc.is_empty() { String::new() } else { format!("<pnc_id>{}</pnc_id>", c.pnc) };
    let kind = if c.organisation { 'O' } else { 'P' };
    format!(
        "<case><c_id>{n}</c_id><h_id>{n}</h_id><valid>Y</valid><caseno>16000{n:05}</caseno><type>C</type><def_name>{f} {s}</def_name><def_name_elements><forename1>{f}</forename1><surname>{s}</surname></def_name_elements><def_type>{kind}</def_type><def_sex>{sex}</def_sex><def_dob>{born}</def_dob>{pnc}<def_addr><line1>{n} Nowhere Street</line1><pcode>ZZ1 1ZZ</pcode></def_addr><inf>{inf}</inf><cseq>1</cseq><listno>{n}</listno><offences><offence><oseq>1</oseq><co_id>{n}</co_id><code>TH68010</code><title>Theft from a shop</title><sum>Stole a thing.</sum><as>Theft Act 1968</as></offence></offences></case>",
        n = c.number,
        f = c.forename,
        s = c.surname,
        sex = c.sex,
        born = c.born,
        inf = c.informant,
    )
}

/// An escort record to Thames as flat JSON; `answers` are `"key": value` pairs of JSON.
pub fn escort(
    id: &str,
    date: &str,
    forename: &str,
    surname: &str,
    born: &str,
    pnc: &str,
    answers: &str,
) -> Vec<u8> {
    let answers = if answers.is_empty() { String::new() } else { format!(", {answers}") };
    format!(
        "[{{\"record_id\": \"{id}\", \"status\": \"confirmed\", \"confirmed_at\": \"{date}T05:40:00Z\", \"from\": \"Invented Police Station\", \"from_type\": \"police\", \"to_court_code\": \"B01ND\", \"move_date\": \"{date}\", \"surname\": \"{surname}\", \"forename\": \"{forename}\", \"date_of_birth\": \"{born}\", \"sex\": \"M\", \"pnc\": \"{pnc}\"{answers}}}]"
    )
    .into_bytes()
}
