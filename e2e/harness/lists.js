// Files as they arrive at half past seven, for invented people: a Libra court list and the escort records of those who
// are brought up. Written here so that a journey can ask for any court and day.

const LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"; // PNC check letter: number mod 23

/** A PNC id whose check letter fits. */
export function pnc(year, serial) {
  const digits = `${String(year).slice(2)}${String(serial).padStart(7, "0")}`;
  return `${year}/${String(serial).padStart(7, "0")}${LETTERS[Number(digits) % 23]}`;
}

/** Six people, plainly invented; the first three are held, and the first should be seen first. */
export const PEOPLE = [
  person("Zephyrine", "TESTPERSON", "F", "1991-03-07", pnc(2009, 4101), {
    "indication-of-self-harm-or-suicide": "Yes",
    "observation-level": "Constant physical watch",
    "nature-of-self-harm": ["They have said they will self-harm or commit suicide"],
    "nature-of-self-harm_details": "Told the custody nurse at 02:10",
    "actions-of-self-harm-undertaken": ["Placed them on an Assessment, Care in Custody and Teamwork (ACCT) plan"],
    "mental-health-needs": "Yes",
    "mental-health-needs_details": "Hears voices; known to a community team",
  }),
  person("Ignatius", "MADEUPSON", "M", "1984-11-20", pnc(2002, 77012), {
    "alcohol-withdrawal": "Yes",
    "alcohol-withdrawal_details": "Shaking since midnight",
    "prescribed-medication": "Yes",
    "observation-level": "Check at least every 30 minutes",
  }),
  // Her escort record has no number and misspells her: joining it is a person's decision.
  person("Perpetua", "SAMPLEWELL", "F", "1999-06-01", pnc(2017, 5530), {
    surname: "SAMPLEWEL",
    pnc: "",
    "mental-health-needs": "Yes",
    "mental-health-needs_details": "Says she was in hospital last month",
  }),
  person("Barnaby", "FICTION", "M", "1975-01-31", pnc(1994, 120044)),
  person("Quill", "INVENTED", "M", "2001-09-15", pnc(2019, 31)),
  person("Tamsin", "PRETENDER", "F", "1968-12-24", ""),
];

/** Somebody invented; `escort` holds the answers of their escort record, if they have one. */
export function person(forename, surname, sex, born, pncId, escort = undefined) {
  return { forename, surname, sex, born, pnc: pncId, escort };
}

/**
 * A Libra list as it comes through the gateway. `court` is its five-character code, `date` is `YYYY-MM-DD`. Cases are
 * numbered from `first` on: two lists of different cases need numbers of their own.
 */
export function libraList({ court, courtName, date, room = 1, people = PEOPLE, first = 1 }) {
  const cases = people.map((one, index) => libraCase(one, first + index)).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<ExternalDocumentRequest xmlns="http://www.justice.gov.uk/magistrates/external/ExternalDocumentRequest">
<documents><document><info><general><doc_type>EDT_Adult_Daily_Courtlist</doc_type><outputtype>R</outputtype>
<version>1_0</version><docref>1</docref><system>L</system></general>
<source_file_name>5_${british(date).replaceAll("/", "")}_2992_${court}0${room}_ADULT_COURT_LIST_DAILY</source_file_name></info>
<data><job><printdate>${british(date)}</printdate><username>journey</username><late>N</late><adbox>N</adbox><means>N</means>
<sessions><session><ou_code>${court}00</ou_code><s_id>${room}01</s_id><doh>${british(date)}</doh><lja>Invented Area</lja>
<cmu>Unit</cmu><panel>Adult Panel</panel><court>${courtName}</court><room>${room}</room><sstart>10:00</sstart><send>13:00</send>
<blocks><block><sb_id>${room}001</sb_id><bstart>10:00</bstart><bend>13:00</bend><desc>First Hearings Slot</desc>
<cases>${cases}</cases></block></blocks></session></sessions></job></data></document></documents></ExternalDocumentRequest>`;
}

function libraCase(one, number) {
  const pncId = one.pnc ? `<pnc_id>${one.pnc}</pnc_id>` : "";
  return `<case><c_id>${9000 + number}</c_id><h_id>${8000 + number}</h_id><valid>Y</valid><caseno>26${String(number).padStart(8, "0")}</caseno>
<type>C</type><def_name>${one.forename} ${one.surname}</def_name><def_name_elements><forename1>${one.forename}</forename1>
<surname>${one.surname}</surname></def_name_elements><def_type>P</def_type><def_sex>${one.sex}</def_sex>
<def_dob>${british(one.born)}</def_dob>${pncId}<def_addr><line1>${number} Nowhere Street</line1></def_addr><inf>POL01</inf>
<cseq>1</cseq><listno>1st</listno><offences><offence><oseq>1</oseq><co_id>${7000 + number}</co_id><code>TH68010</code>
<title>Theft from a shop</title><sum>Stole goods to the value of £1.</sum><as>Contrary to section 1(1) of the Theft Act 1968.</as>
</offence></offences></case>`;
}

/** The escort records of those who are held, as a flat JSON export of questions and answers. */
export function escortRecords({ court, courtName, date, people = PEOPLE }) {
  return JSON.stringify(
    people
      .filter((one) => one.escort)
      .map((one, index) => ({
        record_id: `e2e-${date}-${index + 1}`,
        status: "confirmed",
        confirmed_at: `${date}T05:40:00Z`,
        from: "Invented Police Station",
        from_type: "police",
        to_court_code: court,
        to_court: courtName,
        move_date: date,
        surname: one.surname,
        forename: one.forename,
        date_of_birth: one.born,
        sex: one.sex,
        pnc: one.pnc,
        ...one.escort,
      })),
    null,
    1,
  );
}

function british(date) {
  return date.split("-").reverse().join("/");
}

/** Today in London, `YYYY-MM-DD`: the day whose board is open first. */
export function today() {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/London" }).format(new Date());
}

/** `days` after a day, before it when negative. */
export function dayAfter(date, days) {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}
