// Breaking the glass, as it goes: a search counts somebody of another project, a reason opens that one record, a banner
// stands on every page, closing ends it, and the records guardian reviews it. Without script and at 320 px too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answers, assertAccessible, assertFits, noProblems, openPage, press, signIn, signInAs, startDemo } from "../harness.js";

const service = await startDemo();
const practitioner = signInAs(service, "practitioner");
const guardian = signInAs(service, "records-guardian");

for (const [how, options, reason] of [
  ["on a laptop", {}, "Immediate danger to life"],
  ["without script, on a phone", { script: false, width: 320 }, "Immediate danger to life"],
]) {
  test(`a record of another project is opened, read and closed ${how}`, async () => {
    const page = await openPage(service, options);
    await signIn(page, practitioner);
    const closed = await somebodyElsewhere(page);
    await page.goto(closed);
    await assertFits(page);
    await press(page, "Break the glass");
    await page.getByRole("alert").getByText("There is a problem").waitFor();
    await assertFits(page);
    await page.getByLabel(reason).check();
    await page.getByLabel("In your words").fill("She said she would jump tonight; I need to know who treats her.");
    await press(page, "Break the glass");
    await page.getByRole("heading", { name: "Who opened this record" }).waitFor();
    const record = page.url();
    await page.getByText("You broke the glass").waitFor();
    await assertFits(page);
    await page.goto("/account");
    await page.getByText("You broke the glass").waitFor();
    await assertAccessible(page);
    await press(page, "Close it now");
    assert.equal(await page.getByText("You broke the glass").count(), 0);
    await answers(page, record, 404);
    noProblems(page);
  });
}

test("the records guardian reviews each use", async () => {
  const page = await openPage(service);
  await signIn(page, guardian);
  await page.goto("/glass-uses");
  await assertFits(page);
  assert.ok((await page.getByText("To review", { exact: true }).count()) >= 1, "what was opened above waits here");
  await page.getByRole("table").getByRole("link").first().click();
  await page.getByText("She said she would jump tonight").waitFor();
  await assertFits(page);
  await press(page, "Keep the review");
  await page.getByRole("alert").getByText("There is a problem").waitFor();
  await assertAccessible(page);
  await page.getByLabel("Justified", { exact: true }).check();
  await page.getByLabel("What you looked at, and what follows").fill("Read what was seen of it; rang the practitioner.");
  await press(page, "Keep the review");
  await page.getByRole("heading", { name: "Reviewed" }).waitFor();
  await assertAccessible(page);
  noProblems(page);
});

/** Searches common surnames until somebody of another project is counted; where the glass for them is. */
async function somebodyElsewhere(page) {
  for (const name of ["smith", "khan", "ali", "jones", "brown", "williams", "patel", "taylor", "james", "ahmed"]) {
    await page.goto("/people");
    await page.getByRole("searchbox").fill(name);
    await press(page, "Find");
    const link = page.locator("a[href^='/glass/']").first();
    if ((await link.count()) > 0) return link.getAttribute("href");
  }
  throw new Error("nobody of another project was found: has the demo changed?");
}
