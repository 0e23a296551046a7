//! The court's Libra list as XML, in one of three envelopes.

use super::NamedFile;
use super::day::{Day, Row};
use super::words::BLOCKS;
use std::fmt::Write;

/// The list of everybody whom Common Platform does not list, with a dummy room and an organisation as real lists have.
pub(super) fn file(day: &Day<'_>) -> NamedFile {
    let ou = &day.court.ou_code;
    let run = format!("{}_{}_2570_{ou}_ADULT_COURT_LIST_DAILY", 5 + day.number, day.date.strftime("%d%m%Y"));
    let list = document(day, &run);
    let (open, close) = match day.number % 3 {
        0 => (csci_open(day), CSCI_CLOSE.to_owned()),
        1 => (soap_open(day), "</soap:Body></soap:Envelope>".to_owned()),
        _ => (String::new(), String::new()),
    };
    let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{open}{list}{close}\n");
    NamedFile { name: format!("{run}.xml"), bytes: xml.into_bytes() }
}

const CSCI_CLOSE: &str = "</ns39:GatewayOperationType></ns40:MessageBody></ns42:CSCI_Message_Type>";

fn csci_open(day: &Day<'_>) -> String {
    format!(
        "<ns42:CSCI_Message_Type xmlns:ns2=\"http://www.justice.gov.uk/magistrates/generic/CSCI_Header\" \
         xmlns:ns39=\"http://www.justice.gov.uk/magistrates/cp/GatewayMessageSchema\" \
         xmlns:ns40=\"http://www.justice.gov.uk/magistrates/cp/CSCI_Body\" \
         xmlns:ns42=\"http://www.justice.gov.uk/magistrates/cp/CSCI\">\n<ns2:MessageHeader><MessageID><UUID>demo-{}-{}</UUID>\
         <RelatesTo/></MessageID><TimeStamp>{}T05:30:00.000Z</TimeStamp><MessageType>externalDocument</MessageType>\
         <From>CP_NPS_ML</From><To>CP_NPS</To></ns2:MessageHeader>\n<ns40:MessageBody><ns39:GatewayOperationType>\n",
        day.court.code, day.date, day.date
    )
}

fn soap_open(day: &Day<'_>) -> String {
    format!(
        "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\">\n\
         <soap:Header xmlns:wsa=\"http://www.w3.org/2005/08/addressing\"><wsa:Action>externalDocument</wsa:Action>\
         <wsa:MessageID>demo-{}-{}</wsa:MessageID><wsa:To>CP_NPS</wsa:To></soap:Header>\n<soap:Body>\n",
        day.court.code, day.date
    )
}

fn document(day: &Day<'_>, run: &str) -> String {
    let date = day.date.strftime("%d/%m/%Y");
    let mut xml = format!(
        "<e:ExternalDocumentRequest xmlns:e=\"http://www.justice.gov.uk/magistrates/external/ExternalDocumentRequest\">\n\
         <documents><document>\n<e:info><source_file_name>{run}</source_file_name><parameters>\
         <pi_job_type>ADULT_COURT_LIST_DAILY</pi_job_type><pi_run_date>{date}</pi_run_date></parameters>\
         <start_time>05:30:00</start_time></e:info>\n<data><job><printdate>{date}</printdate><username>demo</username>\
         <late>N</late><adbox>N</adbox><means>N</means>\n<sessions>\n"
    );
    for room in 1..=3 {
        session(&mut xml, day, room);
    }
    parked(&mut xml, day);
    xml.push_str("</sessions></job></data><jsonData/></document></documents></e:ExternalDocumentRequest>");
    xml
}

fn session(xml: &mut String, day: &Day<'_>, room: usize) {
    let in_room = |row: &&Row| row.room == room && !row.common_platform;
    if day.rows.iter().filter(in_room).count() == 0 {
        return;
    }
    let (starts, ends) = if room == 3 { ("14:00", "16:30") } else { ("10:00", "13:00") };
    session_open(xml, day, &format!("{room:02}"), room, starts, ends);
    let mut sequence = 0;
    for (at, (name, starts, ends, _)) in BLOCKS.iter().enumerate() {
        let cases: Vec<&Row> = day.rows.iter().filter(in_room).filter(|row| row.block == at).collect();
        if cases.is_empty() {
            continue;
        }
        let _ = writeln!(
            xml,
            "<block><sb_id>{}{room}{at}</sb_id><bstart>{starts}</bstart><bend>{ends}</bend><desc>{name}</desc><cases>",
            day.number
        );
        for row in cases {
            sequence += 1;
            case(xml, day, row, sequence);
        }
        if at == 5 {
            organisation(xml, day, sequence + 1);
        }
        xml.push_str("</cases></block>\n");
    }
    xml.push_str("</blocks></session>\n");
}

fn session_open(xml: &mut String, day: &Day<'_>, room: &str, id: usize, starts: &str, ends: &str) {
    let _ = writeln!(
        xml,
        "<session><ou_code>{}</ou_code><s_id>{}{id}</s_id><doh>{}</doh><lja>Invented Justice Area</lja>\
         <panel>Adult Panel</panel><court>{}</court><room>{room}</room><sstart>{starts}</sstart><send>{ends}</send><blocks>",
        escape(&day.court.ou_code),
        day.number + 1,
        day.date.strftime("%d/%m/%Y"),
        escape(&day.court.name),
    );
}

/// One element, unless it is empty.
fn tag(xml: &mut String, name: &str, text: &str) {
    if !text.is_empty() {
        let _ = write!(xml, "<{name}>{}</{name}>", escape(text));
    }
}

fn case(xml: &mut String, day: &Day<'_>, row: &Row, sequence: usize) {
    let name = &row.who.name;
    xml.push_str("<case>");
    tag(xml, "c_id", &row.c_id.to_string());
    tag(xml, "h_id", &(row.c_id + 1_000_000).to_string());
    tag(xml, "valid", "Y");
    tag(xml, "caseno", &row.case_no);
    tag(xml, "type", "C");
    tag(xml, "urn", &row.urn);
    tag(xml, "def_name", &row.whole_name());
    xml.push_str("<def_name_elements>");
    tag(xml, "title", row.title);
    tag(xml, "forename1", &name.forename);
    tag(xml, "forename2", &name.middle);
    tag(xml, "surname", &name.surname.to_uppercase());
    xml.push_str("</def_name_elements>");
    tag(xml, "def_type", "P");
    tag(xml, "def_sex", &row.who.sex);
    if let Some(born) = row.born() {
        tag(xml, "def_dob", &born.strftime("%d/%m/%Y").to_string());
        tag(xml, "def_age", &age(born, day.date).to_string());
    }
    tag(xml, "pnc_id", &row.who.pnc);
    tag(xml, "cro_number", &row.who.cro);
    address(xml, row);
    tag(xml, "inf", row.informant);
    tag(xml, "cseq", &sequence.to_string());
    tag(xml, "listno", &nth(sequence));
    tag(xml, "sol_name", row.solicitor.unwrap_or_default());
    offences(xml, day, row);
    xml.push_str("</case>\n");
}

fn address(xml: &mut String, row: &Row) {
    let Some(home) = row.who.addresses.first() else { return };
    let first = format!("{} {}", home.house, home.street);
    let _ = write!(
        xml,
        "<def_addr><line1>{}</line1><line2>{}</line2><pcode>{}</pcode></def_addr>",
        escape(first.trim()),
        escape(&home.town),
        escape(&home.postcode)
    );
}

fn offences(xml: &mut String, day: &Day<'_>, row: &Row) {
    xml.push_str("<offences>");
    let earlier = day.date.checked_sub(jiff::Span::new().days(21)).unwrap_or(day.date);
    for (at, (code, title, wording)) in row.charges.iter().enumerate() {
        let _ = write!(
            xml,
            "<offence><oseq>{}</oseq><co_id>{}{at}</co_id><code>{code}</code><title>{}</title><sum>On {} at Inventown {}</sum>",
            at + 1,
            row.c_id,
            escape(title),
            earlier.strftime("%d/%m/%Y"),
            escape(wording),
        );
        if let Some(reason) = row.adjourned_for {
            let _ = write!(
                xml,
                "<adjdate>{}</adjdate><adjreason>{}</adjreason>",
                day.date.strftime("%d/%m/%Y"),
                escape(reason)
            );
        }
        xml.push_str("</offence>");
    }
    xml.push_str("</offences>");
}

fn organisation(xml: &mut String, day: &Day<'_>, sequence: usize) {
    let _ = writeln!(
        xml,
        "<case><c_id>99{:05}</c_id><h_id>1</h_id><valid>Y</valid><caseno>2699{:06}</caseno><type>S</type>\
         <def_name>PRETEND HAULAGE LTD</def_name><def_type>O</def_type><inf>DVLA01</inf><cseq>{sequence}</cseq>\
         <listno>1st</listno></case>",
        day.number, day.number
    );
}

/// A dummy room with a parked case, which the importer leaves out with its reason.
fn parked(xml: &mut String, day: &Day<'_>) {
    session_open(xml, day, "52", 52, "09:00", "09:30");
    let _ = writeln!(
        xml,
        "<block><desc>Parked</desc><cases><case><c_id>98{:05}</c_id><valid>Y</valid><caseno>2698{:06}</caseno><type>C</type>\
         <def_name>Mr Parked EXAMPLE</def_name><def_type>P</def_type></case></cases></block></blocks></session>",
        day.number, day.number
    );
}

fn nth(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn age(born: jiff::civil::Date, day: jiff::civil::Date) -> i16 {
    let before = (day.month(), day.day()) < (born.month(), born.day());
    day.year() - born.year() - i16::from(before)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
