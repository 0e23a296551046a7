// An assessment from a person to a countersignature: what was said before is confirmed, topics are saved, an answer about
// self-harm stops the work, totals are seen over time; on a phone, without script, on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, boardRows, noProblems, openPage, pdfText, press, shot, signIn, signInAs, startDemo, today } from "../harness.js";

const service = await startDemo();
const nurse = signInAs(service, "practitioner");
const manager = signInAs(service, "manager");

async function open(who, path, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  await page.goto(path);
  return page;
}

/** The page of somebody on today's board, after the line was linked to a new record. */
async function personOn(page, place) {
  const strangers = (await boardRows(service.data, "B01ND", today())).filter((row) => row.known === "not-known");
  const line = `/listings/${strangers[place].listing}`;
  await page.goto(`${line}/compare`);
  await page.locator("input[name=decision][value=new]").check();
  await page.locator("form:has(input[name=decision]) button").first().click();
  await page.waitForLoadState();
  await page.goto(`${line}/assess`);
  assert.match(page.url(), /\/people\/.*\/assessments/);
  return new URL(page.url()).pathname.replace("/assessments", "");
}

async function answer(page, values) {
  for (const [item, value] of values.entries()) {
    await page.locator(`[name="item-${item + 1}"][value="${value}"]`).check();
  }
}

async function day(page, [dayOf, month, year]) {
  await page.getByText("It was filled in on another day").click();
  await page.getByLabel("Day", { exact: true }).fill(dayOf);
  await page.getByLabel("Month", { exact: true }).fill(month);
  await page.getByLabel("Year", { exact: true }).fill(year);
}

test("from a person to a countersigned assessment", async () => {
  const page = await open(nurse, "/");
  const person = await personOn(page, 5);
  await assertFits(page);
  await press(page, "Begin an assessment");
  const assessment = new URL(page.url()).pathname;
  await assertFits(page);
  await shot(page, "assessment", { whole: true });

  // Two topics; the second from the link to the next.
  await press(page, "Medication", { role: "link" });
  await assertFits(page);
  const taken = page.getByRole("group", { name: "Takes prescribed medication?" });
  await taken.getByLabel("Yes").check();
  await page.getByLabel("What, dose, how often, last dose").fill("Sertraline 50 mg, last on Sunday");
  await page.getByLabel("Yes, completed").check();
  await shot(page, "assessment-topic", { whole: true });
  await press(page, "Save and go to the next topic");
  await page.getByRole("heading", { name: "Physical health", level: 1 }).waitFor();
  await page.getByRole("group", { name: "In pain now?" }).getByLabel("Declined").check();
  await press(page, "Save and see all topics");
  await page.getByText("Completed").first().waitFor();
  await assertAccessible(page);

  // PHQ-9 three times. The keys answer by the figure of the answer.
  for (const [values, when] of [
    [[3, 3, 2, 2, 2, 2, 2, 1, 0], ["1", "9", "2026"]],
    [[2, 2, 2, 2, 2, 1, 1, 1, 0], ["15", "9", "2026"]],
  ]) {
    await page.goto(`${person}/questionnaires/phq-9/fill?assessment=${assessment.split("/").pop()}`);
    await answer(page, values);
    await day(page, when);
    await press(page, "Save");
  }
  await assertFits(page);
  await shot(page, "questionnaire-result", { whole: true });
  await page.goto(`${person}/questionnaires?assessment=${assessment.split("/").pop()}`);
  await assertFits(page);
  await shot(page, "questionnaire-choose", { whole: true });
  await press(page, "PHQ-9", { role: "link" });
  await assertFits(page);
  await shot(page, "questionnaire-fill", { whole: true });
  await page.locator('[name="item-1"]').first().focus();
  for (const key of "11110000") await page.keyboard.press(key);
  assert.equal(await page.locator('[name="item-4"]:checked').getAttribute("value"), "1");
  assert.equal(await page.locator('[name="item-5"]:checked').getAttribute("value"), "0");
  await page.keyboard.press("1"); // item 9
  assert.equal(await page.locator('[name="item-9"]:checked').getAttribute("value"), "1");
  await press(page, "Save");

  // Item 9 stops, whatever the total.
  await page.getByRole("heading", { name: "Talk about this now" }).waitFor();
  await assertFits(page);
  await shot(page, "questionnaire-now", { whole: true });
  await press(page, "Save");
  await page.getByRole("link", { name: "Choose what was done" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("Talked about it now").check();
  await page.getByLabel(/What was said, in the person/).fill("Thoughts that pass, no plan, wants to see her sister. Officer told.");
  await press(page, "Save");
  await page.getByText("Officer told").waitFor();
  await assertAccessible(page);

  // Over time.
  await press(page, "Over time", { role: "button" });
  await page.getByText(/PHQ-9: 17 on 1 September 2026, 5 on/).first().waitFor();
  await page.getByRole("img", { name: /PHQ-9: 17/ }).waitFor();
  await assertFits(page);
  await shot(page, "questionnaire-trend", { whole: true });

  // Needs, and the signature.
  await page.goto(`${assessment}/needs`);
  await assertFits(page);
  await page.getByLabel("Area").selectOption("mental-health");
  await page.getByLabel("Moderate", { exact: true }).check();
  await page.getByLabel("The need, and what is to be done").fill("Low mood: GP this week");
  await page.getByLabel("By whom").fill("Link worker");
  await page.getByLabel("By when").fill("Friday");
  await press(page, "Add this need");
  await page.getByRole("cell", { name: "Low mood: GP this week" }).waitFor();
  await assertFits(page);
  await shot(page, "assessment-needs", { whole: true });
  await page.goto(`${assessment}/sign`);
  await assertFits(page);
  await shot(page, "assessment-sign", { whole: true });
  await press(page, "Sign");
  await page.getByText("Signed by").first().waitFor();
  await assertFits(page);

  // What was said before is shown in the next one, with its day, and confirmed.
  await page.goto(`${person}/assessments`);
  await press(page, "Begin an assessment");
  await press(page, "Medication", { role: "link" });
  await page.getByRole("heading", { name: "Said before" }).waitFor();
  await page.getByText(/^Said on .*, in an earlier assessment$/).first().waitFor();
  await assertFits(page);
  await shot(page, "assessment-said-before", { whole: true });
  await press(page, "Still right: use all of it");
  assert.equal(await page.getByLabel("What, dose, how often, last dose").inputValue(), "Sertraline 50 mg, last on Sunday");
  await press(page, "Read it", { role: "link" });
  await page.getByText(/Confirmed as still right/).first().waitFor();
  await assertFits(page);

  // A correction after signing needs its reason.
  await page.goto(`${assessment}/topics/medication`);
  await page.getByText("This assessment is signed").waitFor();
  await press(page, "Save and see all topics");
  await page.getByRole("link", { name: "Say why it is corrected" }).waitFor();
  await assertAccessible(page);

  // The person's page, and paper.
  await page.goto(person);
  await page.getByRole("heading", { name: "Assessments and questionnaires" }).waitFor();
  await assertFits(page);
  await shot(page, "assessment-person", { whole: true });
  await page.goto(`${assessment}/print`);
  await assertAccessible(page);
  const paper = (await pdfText(page)).join("\n");
  assert.match(paper, /Sertraline 50 mg/);
  assert.match(paper, /not “nothing found”/);
  assert.match(paper, /Confidential: health information/);
  await page.emulateMedia({ media: "print" });
  await shot(page, "assessment-paper", { whole: true });
  noProblems(page);
});

test("a manager has a list of what waits", async () => {
  const page = await open(manager, "/countersign");
  await page.getByRole("heading", { name: "Waiting for a countersignature" }).waitFor();
  await assertFits(page);
  await page.goto("/instruments");
  await assertFits(page);
  await shot(page, "instruments");
  await page.goto("/instruments/core-10");
  await assertFits(page);
});

test("on a phone and without script: skips in words, a gap, the safety plan to take along", async () => {
  const page = await open(nurse, "/", { script: false, width: 320 });
  const person = await personOn(page, 6);
  await page.getByRole("button", { name: "Begin an assessment" }).click();
  await page.waitForLoadState();
  const assessment = new URL(page.url()).pathname;
  await assertFits(page);
  await shot(page, "assessment-phone", { whole: true });
  for (const topic of ["mental-state", "self-harm", "trauma", "accommodation", "communication"]) {
    await page.goto(`${assessment}/topics/${topic}`);
    await assertFits(page);
  }
  await shot(page, "assessment-topic-phone", { whole: true });
  await page.goto(`${person}/questionnaires/audit/fill`);
  await page.getByText("When it is so, leave these open: item 1 is never", { exact: false }).waitFor();
  await assertFits(page);
  await page.locator('[name="item-1"][value="0"]').check();
  await page.locator('[name="item-9"][value="0"]').check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText(/No total: answers are missing/).waitFor();
  await assertFits(page);
  await page.goto(`${person}/questionnaires/pcl-5/fill`);
  await assertFits(page);
  await page.goto(`${assessment}/topics/safety-plan`);
  await page.getByLabel("People I can ring").fill("My sister, 020 7946 0000");
  await page.getByRole("button", { name: "Save and see all topics" }).click();
  await page.getByRole("button", { name: "Safety plan for the person" }).click();
  await page.getByRole("heading", { name: "My safety plan" }).waitFor();
  await assertFits(page);
  await shot(page, "safety-plan", { whole: true });
});

test("the rule of a form hides what it leaves out, and shows it again", async () => {
  const page = await open(nurse, "/");
  const person = await personOn(page, 7);
  await page.goto(`${person}/questionnaires/pc-ptsd-5/fill`);
  await page.locator('[name="item-gate"][value="0"]').check();
  assert.equal(await page.locator('[data-item="1"]').isVisible(), false);
  await assertAccessible(page);
  await page.locator('[name="item-gate"][value="1"]').check();
  assert.equal(await page.locator('[data-item="1"]').isVisible(), true);
  await page.locator('[name="item-1"]').first().focus();
  await page.keyboard.press("y");
  assert.equal(await page.locator('[name="item-1"][value="1"]').isChecked(), true);
  // Typed words survive the page.
  await page.goto(`${person}/assessments`);
  await press(page, "Begin an assessment");
  await press(page, "Formulation", { role: "link" });
  await page.getByLabel("How you make sense of it, in a few sentences").fill("Half a sentence");
  await page.getByText(/^Saved/).first().waitFor();
  await page.reload();
  assert.equal(await page.getByLabel("How you make sense of it, in a few sentences").inputValue(), "Half a sentence");
  await assertFits(page);
  noProblems(page);
});
