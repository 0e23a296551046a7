// From what was seen in a cell to a psychiatrist's answer: proposals with their facts, a decision, a request that stops for
// consent, a partner who answers in a view of their own and by a one-time link without script, and the worklist.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { boardRows, assertAccessible, assertFits, noProblems, openPage, press, shot, signIn, signInAs, startDemo, today } from "../harness.js";

const service = await startDemo();
const nurse = signInAs(service, "practitioner");
const admin = signInAs(service, "administrator");
const doctor = { email: "dora.doctor@example.org", password: "invented words for a doctor" };
const TRUST = "Invented North Trust";

async function as(who, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  return page;
}

/** Fills the three boxes of a date with a day from today. */
async function day(page, legend, days = 0) {
  const at = new Date(`${today()}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  const group = page.getByRole("group", { name: legend });
  await group.getByLabel("Day").fill(String(at.getUTCDate()));
  await group.getByLabel("Month").fill(String(at.getUTCMonth() + 1));
  await group.getByLabel("Year").fill(String(at.getUTCFullYear()));
}

const choose = (page, legend, label) => page.getByRole("group", { name: legend }).getByLabel(label, { exact: true }).check();

let line;
let assessment;
let link;

test("an administrator lets a doctor in and puts their service on the list", async () => {
  const page = await as(admin);
  // The administrator's way in is a one-time link (told in sign-in's own journeys); here the command line gives the password.
  const bin = process.env.ALONGSIDE_BIN ?? fileURLToPath(new URL("../../target/debug/alongside", import.meta.url));
  execFileSync(bin, ["user", "add", "Dora Doctor", doctor.email, "--role", "clinical-partner", "--project", "Thames court liaison"], {
    input: `${doctor.password}\n`,
    env: { ...process.env, ALONGSIDE_DATA: service.data },
  });
  await page.goto("/partner-services");
  await assertAccessible(page);
  await press(page, "Add service");
  await page.getByRole("link", { name: "Enter the service’s name" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("Name", { exact: true }).fill(TRUST);
  await page.getByLabel("Liaison psychiatry").check();
  await page.getByLabel("How to reach it").fill("Ring 0000, office hours");
  await page.getByLabel("Promises an answer within, in hours").fill("4");
  await page.getByLabel("Project that may send to it").selectOption({ label: "Thames court liaison" });
  await press(page, "Add service");
  await press(page, /^Let them answer.*Dora Doctor/);
  await page.getByText("Answers for it", { exact: true }).waitFor();
  await assertFits(page);
  noProblems(page);
});

test("what was seen becomes reasons, each with who said it and when; the decision has a reason and a clock", async () => {
  const page = await as(nurse);
  // Nobody knows them, and nothing in an escort record speaks of self-harm: that would be a reason of its own.
  const rows = await boardRows(service.data, "B01ND", today());
  const plain = rows.filter((row) => row.known === "not-known" && !row.markers.some((m) => /self-harm|acct|observation/.test(m.key)));
  const untouched = page.getByRole("button", { name: "Record screening" });
  for (const { listing } of plain) {
    line = `/listings/${listing}`;
    await page.goto(line);
    if ((await untouched.count()) > 0) break;
  }
  await press(page, "Record screening");
  await page.getByRole("group", { name: "Who is this?" }).getByRole("radio").first().check();
  await page.getByLabel("Seen", { exact: true }).check();
  await page.getByLabel("Responding to things unseen").check();
  await page.getByLabel("I asked all of these.").first().check();
  await page.getByRole("group", { name: "Thoughts of harming themselves" }).getByLabel("No", { exact: true }).check();
  await page.getByLabel("I asked all of these.").nth(1).check();
  await page.getByLabel("Severe need").check();
  await page.getByLabel("Assess", { exact: true }).check();
  await press(page, "Save screening");

  await page.goto(line);
  await press(page, "Triage", { role: "button" });
  await page.getByRole("heading", { name: "Triage: should a psychiatrist see this person?" }).waitFor();
  await page.getByText("Psychosis seen or reported").first().waitFor();
  await page.getByText("Seen responding to things unseen").waitFor();
  await page.getByText(/\(Nell Thamesworth, screening, /).first().waitFor();
  await assertFits(page);
  await shot(page, "triage", { whole: true });
  await press(page, "Save decision");
  await page.getByRole("link", { name: /^Give your reason/ }).waitFor();
  await assertAccessible(page);

  // A further reason is looked at before anything is kept.
  await page.getByText("Add what you know").click();
  await page.getByRole("group", { name: "A recent attempt or serious self-harm?" }).getByLabel("Yes", { exact: true }).check();
  await choose(page, "Should a psychiatrist see this person?", "Yes, refer for a psychiatric assessment");
  await page.getByLabel(/^B\. /).check();
  await page.getByLabel("Your reason").fill("Frightened by what she hears; wants to be seen");
  await press(page, "Save decision");
  await page.getByText("Your answers bring up further reasons").waitFor();
  await page.getByRole("heading", { name: "Suicidal intent, plan or a recent attempt" }).waitFor();
  assert.equal(await page.getByLabel("Your reason").inputValue(), "Frightened by what she hears; wants to be seen");
  await assertAccessible(page);
  await page.getByRole("group", { name: "Which of these reasons do you rely on?" }).getByRole("checkbox").first().check();
  await press(page, "Save decision");
  await page.getByRole("heading", { name: "To be seen by a psychiatrist, urgency B" }).waitFor();
  await page.getByText("Accepted what the rules proposed").waitFor();
  await assertFits(page);
  await shot(page, "triage-decided", { whole: true });
  await page.goto(`/courts/B01ND/${today()}`);
  await page.getByText(/To be seen by a psychiatrist, due \d/).first().waitFor();
  noProblems(page);
});

test("the request stops for consent, and goes with it", async () => {
  const page = await as(nurse);
  await page.goto(line);
  await press(page, /^To be seen by a psychiatrist/, { role: "link" });
  await press(page, "Ask for a psychiatric assessment");
  await assertAccessible(page);
  await press(page, "Ask for the assessment");
  await page.getByRole("link", { name: "Say what the assessment is for" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("Concern about effective participation").check();
  await page.getByLabel("What must the doctor answer?").fill("Can she follow the hearing, and could she be treated on bail?");
  await day(page, "The report is wanted by", 10);
  await press(page, "Ask for the assessment");
  await page.getByRole("heading", { name: "Psychiatric assessment" }).waitFor();
  assessment = new URL(page.url()).pathname;
  await page.getByText("Asked for, no doctor asked yet").waitFor();
  await assertFits(page);
  await press(page, "Send to a partner service");
  await assertAccessible(page);
  await page.getByLabel(TRUST).check();
  await press(page, "Continue");
  await page.getByRole("heading", { name: /^Don’t tell the mental health trust yet/ }).waitFor();
  await page.getByText("Nothing was sent.").waitFor();
  await assertAccessible(page);
  await shot(page, "triage-stopped");
  await press(page, "Record what they say");
  await page.getByLabel("Mental health trust").selectOption({ label: "Yes" });
  await page.getByRole("group", { name: "How they told you" }).getByLabel("In person").check();
  await press(page, "Save what they decided");
  await page.goto(`${assessment}/send`);
  await page.getByLabel(TRUST).check();
  await press(page, "Continue");
  await page.getByRole("heading", { name: `Request to ${TRUST}` }).waitFor();
  await page.getByLabel("What we saw", { exact: true }).check();
  await page.getByLabel("Anything else they need to know").fill("Best before noon");
  await assertFits(page);
  await shot(page, "triage-send", { whole: true });
  await press(page, "Send, and note it in the ledger");
  await page.getByText("No answer yet").first().waitFor();
  await assertFits(page);
  noProblems(page);
});

test("the doctor answers in their own view, and sees nothing else", async () => {
  const page = await as(doctor);
  assert.equal(new URL(page.url()).pathname, "/requests");
  await assertFits(page);
  await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
  await page.getByText("Best before noon").waitFor();
  await page.getByText(/Responding to things unseen/).waitFor();
  await assertFits(page);
  await shot(page, "triage-request", { whole: true });
  assert.equal((await page.goto(assessment)).status(), 404);
  assert.equal((await page.goto(line)).status(), 404);
  await page.goto("/requests");
  await page.getByRole("main").getByRole("listitem").getByRole("link").first().click();
  await press(page, "Send the answer");
  await page.getByRole("link", { name: "Say whether you accept or decline" }).waitFor();
  await assertAccessible(page);
  await choose(page, "Answer", "Accepted");
  await page.getByLabel("Doctor's name").first().fill("Dr Dora Doctor");
  await choose(page, "Approved under section 12?", "Yes");
  await day(page, "Appointment on", 1);
  await page.getByLabel("Appointment at").fill("14:00");
  await press(page, "Send the answer");
  await page.getByText("Accepted, report awaited").first().waitFor();
  await assertFits(page);
  noProblems(page);
});

test("a one-time link is shown once; without script and on a phone it takes the report, once", async () => {
  const page = await as(nurse);
  await page.goto(assessment);
  await page.getByText("Appointment made").waitFor();
  await page.getByText("Make a one-time link, for somebody without an account").click();
  await page.getByLabel("For", { exact: true }).selectOption({ label: "Seen, report, opinion, bed" });
  await press(page, "Make the link");
  await page.getByRole("heading", { name: "One-time link made" }).waitFor();
  await assertAccessible(page);
  link = await page.getByLabel("The link").inputValue();
  await press(page, "I have copied it");

  const phone = await openPage(service, { width: 320, script: false });
  await phone.goto(link);
  await phone.getByRole("heading", { name: "Answer a request" }).waitFor();
  await assertFits(phone);
  assert.equal((await phone.content()).includes("Best before noon"), false, "the door shows nothing");
  await press(phone, "Open the request");
  await phone.getByText("Best before noon").waitFor();
  await assertFits(phone);
  await shot(phone, "triage-link", { whole: true });
  await press(phone, "Send");
  await phone.getByRole("link", { name: "Enter your name" }).waitFor();
  await assertFits(phone);
  await phone.getByLabel("Your name").fill("Dr Dora Doctor");
  await phone.getByLabel("Your role").fill("Consultant");
  await day(phone, "Seen on");
  await day(phone, "Report sent on");
  await phone.getByLabel("The opinion, in short").fill("Can follow the hearing with breaks");
  await phone.getByLabel("Route this doctor recommends").selectOption({ label: "Care in the community, no order" });
  await press(phone, "Send");
  await phone.getByRole("heading", { name: "Answer received" }).waitFor();
  await assertFits(phone);
  await phone.goto(link);
  await press(phone, "Open the request");
  await phone.getByRole("heading", { name: "This link does not open" }).waitFor();
  await assertFits(phone);
});

test("the report and the route are recorded, and the worklist says who waits", async () => {
  const page = await as(nurse);
  await page.goto(assessment);
  await page.getByText("Seen, report awaited").waitFor();
  await page.getByText("Can follow the hearing with breaks").first().waitFor();
  await press(page, /^Record.*Hearing and custody/, { role: "link" });
  await assertAccessible(page);
  await page.getByRole("group", { name: "In custody only because this report is awaited?" }).getByLabel("Yes", { exact: true }).check();
  await page.getByLabel("Who said so?").fill("District judge");
  await day(page, "In custody for it since", -5);
  await press(page, "Save");
  await page.getByText(/In custody only because this report is awaited, since/).first().waitFor();
  await page.goto("/psychiatry");
  await assertFits(page);
  await press(page, /^On remand only because a report is awaited/, { role: "link" });
  await page.getByText(/said by District judge; recorded by Nell Thamesworth/).first().waitFor();
  await assertFits(page);
  await shot(page, "triage-worklist", { whole: true });

  await page.goto(`${assessment}/parts/doctor-1`);
  await assertFits(page);
  await day(page, "Report received on");
  await press(page, "Save");
  await page.getByText("Report received", { exact: true }).first().waitFor();
  await press(page, /^Record.*Route recommended/, { role: "link" });
  await page.getByLabel("Route recommended").selectOption({ label: "Care in the community, no order" });
  await press(page, "Save");
  await assertFits(page);
  await shot(page, "triage-assessment", { whole: true });
  await press(page, /^Close with a reason/, { role: "link" });
  await press(page, "Close this assessment");
  await page.getByRole("link", { name: "Say why it is closed" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("Done: the outcome is known").check();
  await press(page, "Close this assessment");
  await page.getByText("Closed", { exact: true }).first().waitFor();
  await page.goto("/psychiatry?show=closed");
  await assertFits(page);
  noProblems(page);
});

test("on a phone without script: triage, request and assessment fit, by what the server sends alone", async () => {
  const page = await as(nurse, { width: 320, script: false });
  for (const path of [`${line}/triage`, `${line}/psychiatry`, assessment, `${assessment}/send`, `${assessment}/parts/bed`, "/psychiatry", line]) {
    await page.goto(path);
    await assertFits(page);
    await shot(page, `triage-phone-${path.split("/").pop().slice(0, 12)}`, { whole: true });
  }
});
