// What happened in court: typed by a nurse, then sent by the court otherwise; both are shown, a person settles it, and the
// figures open their working. Then the same on a phone without script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, boardRows, hearingMessage, importFiles, later, noProblems, openPage, press, resulted, shot, signIn, signInAs, startDemo, today, upload, jsonFile } from "../harness.js";

const service = await startDemo();
const nurse = signInAs(service, "practitioner");
const CASE = "01ZZ0077726";
const HORTENSIA = { forename: "Hortensia", surname: "HEARDONCE", born: "1988-05-04", gender: "FEMALE", urn: CASE, nth: 1 };

/** "27 March 2026". */
const words = (iso) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${iso}T12:00:00Z`));

async function as(who, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  return page;
}

const choose = (page, legend, label) => page.getByRole("group", { name: legend, exact: true }).getByLabel(label, { exact: true }).check();

/** Fills the three boxes of a date. */
async function day(page, name, iso) {
  const [year, month, date] = iso.split("-").map(Number);
  for (const [part, value] of Object.entries({ day: date, month, year })) await page.locator(`[name="${name}-${part}"]`).fill(String(value));
}

let line;
let person;

test("a nurse records an adjournment on the line; what can't be is said", async () => {
  await importFiles(service.data, { name: "hearing.json", text: hearingMessage(HORTENSIA, "05:00:00") });
  const rows = await boardRows(service.data, "B01ND", today());
  line = `/listings/${rows.find((row) => row.name.startsWith("HEARDONCE")).listing}`;
  const page = await as(nurse);
  await page.goto(`${line}/compare`);
  await page.getByLabel(/^A new person/).check();
  await press(page, "Keep decision");
  await page.goto(line);
  await page.getByText("No result is recorded.").waitFor();
  person = await page.getByRole("link", { name: "All hearings" }).getAttribute("href");
  await press(page, "Record what happened in court");
  await page.getByRole("heading", { name: /^What happened in court/ }).waitFor();
  assert.equal(await page.getByLabel("Case reference").inputValue(), CASE);
  await assertFits(page);
  await press(page, "Save");
  await page.getByText(/^Nothing is answered yet/).first().waitFor();
  await assertAccessible(page);
  await choose(page, "How did they attend?", "In person");
  await choose(page, "It ended with", "Adjourned");
  await choose(page, "After the hearing they are", "In custody");
  await choose(page, "For", "Psychiatric or medical report");
  await choose(page, "When does it come back?", "On this day");
  await day(page, "comes-on", later(-2));
  await page.locator("summary", { hasText: "Put off, for reports, to hospital" }).click();
  await page.getByLabel(/\(4540\)$/).check();
  await press(page, "Save");
  await page.getByRole("link", { name: /^This day lies before the hearing/ }).waitFor();
  assert.ok(await page.getByLabel(/\(4540\)$/).isChecked(), "what was ticked stays ticked, and is seen");
  await assertAccessible(page);
  await day(page, "comes-on", later(14));
  await shot(page, "hearing-form", { whole: true });
  await press(page, "Save");
  await page.getByText("Everything said about it").waitFor();
  await page.getByText(words(later(14))).first().waitFor();
  await assertFits(page);
  await page.goto(line);
  await page.getByText(`Adjourned to ${words(later(14))}`).first().waitFor();
  noProblems(page);
});

test("the court sends something else: both are shown, nothing is overwritten, and somebody settles it", async () => {
  const page = await as(nurse);
  await upload(page, [jsonFile("resulted.json", hearingMessage(HORTENSIA, "14:00:00", resulted("4027", "Remanded on conditional bail", 28)))]);
  await page.goto(person);
  await page.getByText("What the court sent and what a colleague recorded differ").waitFor();
  await page.getByText("1 adjournment, 14 days in all").waitFor();
  await assertFits(page);
  await shot(page, "hearings-differ", { whole: true });
  await page.locator("main ul a[href^='/hearings/']").first().click();
  await page.getByText("Where they differ").waitFor();
  await page.getByRole("cell", { name: /^Conditional bail$/ }).first().waitFor();
  await assertFits(page);
  await shot(page, "hearing-differs", { whole: true });
  await press(page, "Settle the difference");
  await page.getByRole("link", { name: "Choose what is right" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("What the court says", { exact: true }).check();
  await press(page, "Settle the difference");
  await page.getByText("Took what the court says").waitFor();
  assert.equal(await page.getByText("Where they differ").count(), 0);
  await page.getByText(words(later(14))).first().waitFor(); // what was typed stays in the history

  await page.goto(person);
  await page.getByText("1 adjournment, 28 days in all").waitFor();
  assert.equal(await page.getByText("What the court sent and what a colleague recorded differ").count(), 0);
  await page.getByText("How adjournments were worked out").click();
  await page.getByRole("cell", { name: "psychiatric or medical report" }).first().waitFor();
  await page.getByText(/^Next hearing:/).waitFor();
  await assertFits(page);
  await shot(page, "hearings", { whole: true });
  await page.goto(person.replace("/hearings", ""));
  await page.getByText("0 remand days, of which 0 awaiting a report; 1 adjournments, 1 for a report.").waitFor();
  noProblems(page);
});

test("on a phone without script: an earlier hearing at the Crown Court, and figures with their working", async () => {
  const page = await as(nurse, { script: false, width: 320, height: 640 });
  await page.goto(person);
  await assertFits(page);
  await press(page, "Record a hearing");
  await assertFits(page);
  await page.getByLabel("Court", { exact: true }).selectOption({ label: "Another court" });
  await page.getByLabel("Name of another court").fill("Snaresbrook Crown Court");
  await day(page, "on", later(-35));
  await page.getByLabel("Case reference").fill(CASE);
  await choose(page, "It ended with", "Adjourned");
  await choose(page, "After the hearing they are", "In custody");
  await choose(page, "For", "Pre-sentence report, standard");
  await choose(page, "When does it come back?", "Date to be fixed");
  await press(page, "Save");
  await page.getByText("date to be fixed").first().waitFor();
  await assertFits(page);
  await page.goto(person);
  await page.getByText("35 days, of which 35 days awaiting a report").waitFor();
  await page.getByText("How remand days were worked out").click();
  await assertFits(page);
  await shot(page, "hearings-phone", { whole: true });
  noProblems(page);
});
