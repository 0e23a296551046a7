// A report from "the bench asks" to "the court followed": the clock on the board, a text made of what is recorded, the check,
// the signature, the PDF, delivery to those who may have it, what was said in court, the court's own message of the result,
// what the court did, and the figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, boardRows, hearingMessage, importFiles, jsonFile, noProblems, openPage, press, resulted, shot, signIn, signInAs, startDemo, today, upload } from "../harness.js";

const service = await startDemo();
const nurse = signInAs(service, "practitioner");
const board = `/courts/B01ND/${today()}`;
const RUBEN = { forename: "Ruben", surname: "REPORTWORTHY", born: "1990-02-11", gender: "MALE", urn: "01ZZ0077727", nth: 2 };

async function as(who, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  return page;
}

const group = (page, name) => page.getByRole("group", { name });
/** The box for the words of a section. */
const words = (page, name) => page.getByRole("textbox", { name, exact: true });

let line;
let report;

test("somebody is screened, and says who may be told", async () => {
  const page = await as(nurse);
  await importFiles(service.data, { name: "hearing.json", text: hearingMessage(RUBEN, "00:00:10") });
  const rows = await boardRows(service.data, "B01ND", today());
  line = `/listings/${rows.find((row) => row.name.startsWith("REPORTWORTHY")).listing}`;
  await page.goto(line);
  await press(page, "Record screening");
  await group(page, "Who is this?").getByRole("radio").first().check();
  await page.getByLabel("Seen", { exact: true }).check();
  await page.getByLabel("Low or tearful").check();
  await page.getByLabel("I asked all of these.").first().check();
  await group(page, "Thoughts of harming themselves").getByLabel("Yes", { exact: true }).check();
  await page.locator('[name="self-harm-thoughts-words"]').fill("Cannot see Friday from here");
  for (const question of ["A plan?", "Do they mean to act on it?", "Have they the means", "Harmed themselves before?"]) {
    await group(page, question).getByLabel("No", { exact: true }).check();
  }
  await page.getByLabel("I asked all of these.").nth(1).check();
  for (const whom of ["Court", "Defence solicitor", "Probation"]) await page.getByRole("group", { name: whom, exact: true }).getByLabel("Yes", { exact: true }).check();
  await page.getByLabel("Moderate need").check();
  await page.getByLabel("Assess", { exact: true }).check();
  await group(page, /self-harm warning travel/).getByLabel(/^No/).check();
  await page.getByLabel("Why none is needed").fill("Says it passes by noon, and wants to be home");
  await press(page, "Save screening");
  noProblems(page);
});

test("the bench asks, and the clock stands on the board", async () => {
  const page = await as(nurse);
  await page.goto(line);
  await press(page, "Report asked for", { role: "button" });
  await assertFits(page);
  await page.getByLabel("Their name and role").fill("District Judge Sample, court 1");
  await page.getByLabel("Bail and remand information").check();
  await page.getByLabel("What do they want to know?").fill("Could help begin if bail were granted?");
  await page.getByLabel("Time of the hearing").fill("");
  await press(page, "Start the clock");
  report = new URL(page.url()).pathname;
  await page.getByText(/Report due .* left/).first().waitFor();
  await assertFits(page);
  await shot(page, "report-asked", { whole: true });
  await press(page, "I write it");
  await page.goto(board);
  await page.getByText(/Report due .*Nell Thamesworth: taken/).first().waitFor();
  await page.goto("/reports");
  await page.getByText("Written by Nell Thamesworth").first().waitFor();
  await assertFits(page);
  await shot(page, "reports", { whole: true });
  noProblems(page);
});

test("the text begins with what is recorded; the preview follows by itself", async () => {
  const page = await as(nurse);
  await page.goto(`${report}/write`);
  await assertFits(page);
  assert.match(await words(page, "How the person is now").inputValue(), /low or tearful \(our screening, Nell Thamesworth/);
  assert.match(await page.locator("#risk-words-1").inputValue(), /Cannot see Friday from here/);
  await words(page, "Needs and services").fill("An appointment with the GP on Friday, with his sister Maria.");
  await page.locator("#preview").getByText("with his sister Maria").waitFor();
  await words(page, "Limits of this report").fill("One short talk. No health records seen. He is at low risk.");
  await page.getByLabel("What it is about").first().selectOption({ label: "Bail, with what makes it work" });
  await page.getByLabel("What the court is asked to consider").first().fill("Bail, with the appointment on Friday as a condition");
  await assertAccessible(page);
  await shot(page, "report-write", { whole: true });
  await press(page, "Save and check");
  await page.getByRole("heading", { name: "To be mended before it can be signed" }).waitFor();
  await page.getByText("it has no reason").first().waitFor();
  await page.getByText(/“low risk”/).first().waitFor();
  await page.getByText(/“sister Maria” names somebody else/).first().waitFor();
  assert.equal(await page.getByRole("button", { name: "Sign and lock" }).count(), 0);
  await assertFits(page);
  await shot(page, "report-check", { whole: true });

  await press(page, "Go on writing", { role: "button" });
  await words(page, "Needs and services").fill("An appointment with the GP on Friday; his sister goes along.");
  await words(page, "Limits of this report").fill("One short talk. No health records seen.");
  await page.getByLabel("Why", { exact: true }).first().fill("Help can begin this week.");
  await page.getByLabel("Leave out “Taking part in the hearing”").check();
  await press(page, "Save and check");
  await page.getByRole("button", { name: "Sign and lock" }).waitFor();
  await press(page, "Sign and lock");
  await page.getByRole("link", { name: /^Tick each point/ }).waitFor();
  await assertAccessible(page);
  for (const box of await group(page, "To be looked at").getByRole("checkbox").all()) await box.check();
  await press(page, "Sign and lock");
  await page.getByText("In force").waitFor();
  await assertFits(page);
  noProblems(page);
});

test("the PDF opens in the browser and is the same file each time", async () => {
  const page = await as(nurse);
  await page.goto(report);
  const href = await page.getByRole("link", { name: /^PDF of version 1/ }).getAttribute("href");
  const [first, second] = [await page.request.get(href), await page.request.get(href)];
  assert.equal(first.headers()["content-type"], "application/pdf");
  assert.match(first.headers()["content-disposition"], /^inline/);
  assert.deepEqual(await first.body(), await second.body());
  assert.equal((await first.body()).subarray(0, 8).toString(), "%PDF-1.7");
  const viewer = await page.context().newPage();
  const answer = await viewer.goto(href);
  assert.equal(answer.status(), 200);
  assert.equal(await viewer.evaluate(() => document.contentType), "application/pdf", "the browser's own reader shows it");
  await shot(viewer, "report-pdf");
  await viewer.close();
  await page.goto(`${report}/versions/1`);
  await page.getByRole("heading", { name: /^Report on / }).waitFor();
  await assertFits(page);
  await shot(page, "report-read", { whole: true });
  await page.goto(`${report}/versions/1/aloud`);
  await page.getByText(/at 150 words a minute/).waitFor();
  await assertFits(page);
});

async function give(page, whom, name) {
  await page.goto(`${report}/deliver`);
  await page.getByLabel(whom, { exact: true }).check();
  await page.getByLabel("Their name, or the desk").fill(name);
  await page.getByLabel("Printed, handed over").check();
  await press(page, "Record that they have it");
}

test("three receive it, and the fourth is stopped for want of consent", async () => {
  const page = await as(nurse);
  await page.goto(`${report}/deliver`);
  await assertFits(page);
  await shot(page, "report-deliver", { whole: true });
  await give(page, "Prosecution", "Crown Prosecutor Sample");
  await page.getByRole("heading", { name: /^Don’t tell the prosecution yet/ }).waitFor();
  await page.getByText("Nothing was sent.").waitFor();
  await assertAccessible(page);
  await shot(page, "report-stopped");
  await give(page, "Court", "Legal adviser, court 1");
  await page.getByText("Court (Legal adviser, court 1): version 1").waitFor();
  await give(page, "Defence solicitor", "Sample and Partners");
  await give(page, "Probation", "Court team");
  assert.equal(await page.getByText("Not acknowledged").count(), 3);
  await page.getByText("They acknowledged it").first().click();
  await page.getByLabel("Who", { exact: true }).first().fill("Legal Adviser Sample");
  await press(page, "Save");
  await page.getByText("Acknowledged", { exact: true }).first().waitFor();
  await page.getByText(/Report delivered \d/).first().waitFor();
  await assertFits(page);
  await shot(page, "report", { whole: true });
  await page.goto(board);
  await page.getByText(/Report delivered \d/).first().waitFor();
  noProblems(page);
});

test("with one key the handover; what was said in court is kept with the bench's response", async () => {
  const page = await as(nurse);
  await page.goto(line);
  await page.getByRole("heading", { name: "Reports for the court" }).waitFor();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("h")]);
  await page.getByRole("heading", { name: /^Handover, \d+ seconds/ }).waitFor();
  await page.getByText("The court may be told.").waitFor();
  await page.getByText(/We recommend: Bail, with the appointment on Friday/).first().waitFor();
  await assertFits(page);
  await shot(page, "report-spoken", { whole: true });
  await page.getByLabel("What you said").fill("The GP’s desk rang: the appointment is at four.");
  await page.getByLabel("Who they were").fill("District Judge Sample");
  await page.getByLabel("Questions, and what you answered").fill("Does he go alone? His sister goes along.");
  await page.getByLabel("The bench’s response").fill("Put back until two.");
  await press(page, "Save, and note it in the ledger");
  await page.getByText("Put back until two.").waitFor();
  await page.getByLabel("The bench’s response").check();
  await page.getByLabel("In words").fill("Bail granted with the condition.");
  await press(page, "Add");
  await page.getByText("Bail granted with the condition.").waitFor();
  await assertFits(page);
  noProblems(page);
});

test("the court sends its result; the court followed, the practitioner's own page says so, and the figures are right", async () => {
  const page = await as(nurse);
  await upload(page, [jsonFile("resulted.json", hearingMessage(RUBEN, "23:59:30", resulted("4027", "Remanded on conditional bail", 28)))]);
  await page.goto(report);
  await press(page, /^Record what the court did/, { role: "link" });
  await page.getByText(/\[4027\]/).first().waitFor();
  assert.equal(await page.getByLabel("Followed", { exact: true }).isChecked(), false, "a result answers nothing by itself");
  await assertFits(page);
  await shot(page, "report-followed", { whole: true });
  await page.getByLabel("Followed", { exact: true }).check();
  await page.getByLabel("Why, if the court said").fill("“This is a sensible plan.”");
  await page.getByLabel("How we know").fill("Heard in court");
  await press(page, "Save");
  await page.getByText("“This is a sensible plan.”").waitFor();
  await page.goto("/recommendations");
  await page.getByText("Bail, with the appointment on Friday as a condition").waitFor();
  await assertFits(page);
  await shot(page, "report-feedback", { whole: true });
  await page.goto(line);
  await press(page, "All hearings", { role: "link" });
  await page.getByText("1 adjournment, 28 days in all. For a report: 1, 28 days.").waitFor();
  await page.getByText("0 days, of which 0 days awaiting a report").waitFor();
  noProblems(page);
});

test("a correction says what it changes, and who still has the old version", async () => {
  const page = await as(nurse);
  await page.goto(report);
  await press(page, "Correct it", { role: "link" });
  await press(page, "Begin the correction");
  await page.getByRole("link", { name: "Say what this version changes" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("What does the new version change?").fill("The appointment is at four.");
  await press(page, "Begin the correction");
  await words(page, "Needs and services").fill("An appointment with the GP on Friday at four; his sister goes along.");
  await press(page, "Save and check");
  for (const box of await group(page, "To be looked at").getByRole("checkbox").all()) await box.check();
  await press(page, "Sign and lock");
  await page.getByText(/has version 1: version 2 is in force/).first().waitFor();
  await assertFits(page);
  await shot(page, "report-corrected", { whole: true });
  noProblems(page);
});

test("on a phone without script: every page of it fits and the preview opens by a button", async () => {
  const page = await as(nurse, { width: 320, script: false });
  const paths = [`${line}/reports/new`, report, `${report}/versions/2`, `${report}/versions/2/aloud`, `${report}/deliver`, `${report}/hearing`, `${line}/spoken`, "/reports", "/recommendations"];
  for (const path of paths) {
    await page.goto(path);
    await assertFits(page);
    await shot(page, `report-phone-${path.split("/").slice(-2).join("-").slice(-20)}`, { whole: true });
  }
  await page.goto(`${line}/reports/new`);
  await page.getByLabel("Same-day health report").check();
  await press(page, "Start the clock");
  await press(page, "Write it", { role: "button" });
  await assertFits(page);
  await shot(page, "report-phone-write", { whole: true });
  await words(page, "Needs and services").fill("A quiet word");
  await press(page, "See it as it will look");
  await page.getByText("A quiet word").first().waitFor();
  await assertFits(page);
});
