// The records guardian's work: somebody asks for what is held about them, and is answered with a copy in which what is withheld
// says so; what is past its time is looked at and taken away with a reason; a held record stays. Without script and at 320 px too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, noProblems, openPage, press, signIn, signInAs, startDemo, wordsOfPdf } from "../harness.js";

const service = await startDemo();
const guardian = signInAs(service, "records-guardian");
const administrator = signInAs(service, "administrator");
const manager = signInAs(service, "manager");

test("somebody who asks is answered: what names others is ruled on, the copy says what is withheld", async () => {
  const page = await openPage(service);
  await signIn(page, guardian);
  await page.goto("/subject-access");
  await assertAccessible(page);
  await assertFits(page);
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByRole("heading", { name: "Request for access" }).waitFor();
  const request = page.url();
  await assertAccessible(page);
  await assertFits(page);
  assert.equal(await page.getByRole("button", { name: "Make a copy" }).count(), 0, "nothing goes out that nobody looked at");

  await press(page, "Rule on what waits");
  await assertAccessible(page);
  await assertFits(page);
  // One is withheld without a reason first: refused, and what was chosen stays.
  await page.getByLabel("Withhold", { exact: true }).first().check();
  await press(page, "Keep these rulings");
  await page.getByRole("alert").getByText("There is a problem").waitFor();
  await assertAccessible(page);
  await page.getByLabel("If withheld: the reason that the copy gives").first().selectOption({ index: 1 });
  await press(page, "Keep these rulings");
  await ruleOnTheRest(page);
  await page.goto(request);
  assert.equal(await page.getByRole("button", { name: "Make a copy" }).count(), 0, "no health data before somebody was asked");
  await press(page, "Write it down");
  await page.getByRole("alert").getByText("There is a problem").waitFor();
  await assertAccessible(page);
  const today = new Date();
  await page.getByLabel("Telling it is not likely").check();
  await page.getByLabel("Who, with their profession").fill("Dr Invented, psychiatrist");
  const given = page.getByRole("group", { name: "On", exact: true });
  for (const [label, value] of [["Day", today.getDate()], ["Month", today.getMonth() + 1], ["Year", today.getFullYear()]]) {
    await given.getByLabel(label).fill(String(value));
  }
  await press(page, "Write it down");
  await page.getByText("Dr Invented, psychiatrist").waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await press(page, "Make a copy");
  await page.getByText("PDF of copy 1").waitFor({ timeout: 60_000 });
  await assertAccessible(page);
  await assertFits(page);
  const [pdf, json] = await Promise.all(["PDF of copy 1", "JSON of copy 1"].map((name) => fetched(page, name)));
  const file = JSON.parse(json.toString());
  assert.equal(file.format, "alongside-subject-access-1");
  assert.equal(file.withheld, 1);
  const words = (await wordsOfPdf(pdf)).join("\n").replace(/\s+/g, " ");
  assert.match(words, /Withheld: It is about or from somebody else/);
  assert.match(words, /Who opened your records/);

  await page.getByLabel("To whom").fill("The person, at the office");
  await page.getByLabel("Given by hand").check();
  await press(page, "Write it down");
  await page.getByText("Sent to The person, at the office").waitFor();
  await page.getByLabel("Answered", { exact: true }).check();
  await press(page, "Close it");
  await page.getByText("Closed", { exact: true }).first().waitFor();
  await assertAccessible(page);
  noProblems(page);
});

for (const [how, options, forename] of [
  ["on a laptop", {}, "laptop"],
  ["without script, on a phone", { script: false, width: 320 }, "phone"],
]) {
  test(`a manager writes down that somebody asked, ${how}`, async () => {
    const page = await openPage(service, options);
    await signIn(page, manager);
    await page.goto("/subject-access");
    await page.getByLabel("About whom?").fill("smith");
    await press(page, "Find");
    await assertFits(page);
    await page.getByRole("table", { name: "Found" }).getByRole("link").first().click();
    await assertFits(page);
    await press(page, "Write it down");
    await page.getByRole("alert").getByText("There is a problem").waitFor();
    await assertAccessible(page);
    await page.getByLabel("The person", { exact: true }).check();
    await page.getByLabel("Their name").fill(`The person (${forename})`);
    await page.getByLabel("How do we know").fill("Known to us");
    await press(page, "Write it down");
    await page.getByText("In time").waitFor();
    await assertFits(page);
    noProblems(page);
  });
}

test("an administrator sees what is past its time, by number, and takes nothing away", async () => {
  const page = await openPage(service);
  await signIn(page, administrator);
  await page.goto("/retention");
  await assertAccessible(page);
  await assertFits(page);
  await page.getByText("Gil Wardrobe").first().waitFor();
  await page.goto("/retention/person");
  await page.getByRole("heading", { name: "Would go: 3" }).waitFor();
  await page.getByRole("heading", { name: "Held: 1" }).waitFor();
  assert.equal(await page.getByRole("button", { name: /Take away/ }).count(), 0);
  assert.equal(await page.getByRole("table").getByRole("link").count(), 0, "no name, and no way to one");
  await assertAccessible(page);
  noProblems(page);
});

test("the records guardian takes away what was looked at; a held record stays, and what went leaves a tombstone", async () => {
  const page = await openPage(service, { script: false, width: 320 });
  await signIn(page, guardian);
  await page.goto("/retention/person");
  await assertFits(page);
  const went = page.getByRole("table", { name: "What would go" }).getByRole("link").first();
  const [name, record] = [await went.innerText(), await went.getAttribute("href")];
  await press(page, "Take away 3");
  await page.getByRole("alert").getByText("There is a problem").waitFor();
  await assertAccessible(page);
  await page.getByLabel("Why now").fill("Yearly review of records");
  await page.getByLabel("I looked at this set").check();
  await press(page, "Take away 3");
  await page.getByRole("heading", { name: "Taken away" }).waitFor();
  await page.goto("/retention/person");
  await page.getByRole("heading", { name: "Would go: 0" }).waitFor();
  await page.getByRole("heading", { name: "Held: 1" }).waitFor();
  assert.equal((await page.goto(record)).status(), 404);
  await page.goto("/retention");
  await page.getByRole("table", { name: "What was taken away" }).getByRole("link").first().click();
  await page.getByText("Yearly review of records").waitFor();
  assert.equal((await page.content()).includes(name), false, "a tombstone names nobody");
  await assertFits(page);

  await page.goto("/retention");
  await page.getByRole("table", { name: "Legal holds that stand" }).getByRole("link").first().click();
  await page.getByText("Coroner").waitFor();
  await assertFits(page);
  await press(page, "Lift this hold");
  await page.getByRole("alert").getByText("There is a problem").waitFor();
  await assertAccessible(page);
  await page.getByLabel("Why it is no longer needed").fill("The inquest is over");
  await press(page, "Lift this hold");
  await page.getByText("None stands.").waitFor();
  noProblems(page);
});

/** Keeps every passage that waits, page by page, until nothing does. */
async function ruleOnTheRest(page) {
  for (let round = 0; round < 40; round += 1) {
    const keeps = page.getByLabel("Keep", { exact: true });
    const count = await keeps.count();
    if (count === 0) return;
    for (let n = 0; n < count; n += 1) await keeps.nth(n).check();
    await press(page, "Keep these rulings");
  }
  throw new Error("passages wait for ever");
}

/** The bytes behind a link. */
async function fetched(page, name) {
  const href = await page.getByRole("link", { name }).getAttribute("href");
  const answer = await page.request.get(new URL(href, page.url()).href);
  assert.equal(answer.status(), 200, name);
  return answer.body();
}
