// The register: find somebody while typing, search before making a record, decide a possible duplicate, merge, and take
// the merge apart again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, noProblems, openPage, shot, signIn, signInAs, startDemo } from "../harness.js";

const service = await startDemo();
const manager = signInAs(service, "manager");

async function open(path, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, manager);
  await page.goto(path);
  return page;
}

test("somebody is found while typing, and no name stands in the address", async () => {
  const page = await open("/people");
  await assertAccessible(page);
  await page.getByLabel("Name, birth date, or any number").pressSequentially("khan");
  await page.getByRole("heading", { name: /found/ }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/people");
  assert.equal(new URL(page.url()).search, "");
  await assertAccessible(page);
  await assertFits(page);
  await shot(page, "search");
  await page.locator("#results table a").first().click();
  await page.getByRole("heading", { name: "Who opened this record" }).waitFor();
  await assertAccessible(page);
  noProblems(page);
});

test("without script the button finds, and a phone shows it", async () => {
  const page = await open("/people", { script: false, width: 320 });
  await page.getByLabel("Name, birth date, or any number").fill("khan");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("heading", { name: /found/ }).waitFor();
  await assertFits(page);
  await assertAccessible(page);
});

test("somebody new is made only after a search, and what was typed stays when something is wrong", async () => {
  const page = await open("/people");
  await page.getByLabel("Name, birth date, or any number").fill("Zebedee Quillfeather");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("button", { name: /put somebody new/ }).click();
  await page.getByRole("heading", { name: "Put somebody on the register" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("Forename").fill("Zebedee");
  await page.getByLabel("Day").fill("31");
  await page.getByLabel("Month").fill("2");
  await page.getByLabel("Year").fill("1990");
  await page.getByRole("button", { name: "Put on the register" }).click();
  await page.getByRole("alert").waitFor();
  assert.equal(await page.getByLabel("Forename").inputValue(), "Zebedee");
  await assertAccessible(page);
  await page.getByLabel("Surname").fill("Quillfeather");
  await page.getByLabel("Month").fill("3");
  await page.getByRole("button", { name: "Put on the register" }).click();
  await page.getByRole("heading", { name: "QUILLFEATHER, Zebedee" }).waitFor();
  await page.getByRole("button", { name: "Change details" }).click();
  await page.getByLabel("CRN").fill("X000001");
  await page.getByRole("button", { name: "Save details" }).click();
  await page.getByRole("link", { name: "Say how you know" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("How do you know?").fill("Told by the person");
  await page.getByRole("button", { name: "Save details" }).click();
  await page.getByText("X000001").waitFor();
  await assertFits(page);
});

test("a possible duplicate is compared, merged, and taken apart again", async () => {
  const page = await open("/duplicates");
  await assertAccessible(page);
  await page.getByRole("link", { name: /^Compare/ }).first().click();
  await page.getByRole("heading", { name: "Are these one person?" }).waitFor();
  await page.getByRole("heading", { name: "Who will see it" }).waitFor();
  await page.getByText("How the weight adds up").click();
  await page.getByRole("table", { name: /Weights in bits/ }).waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await shot(page, "duplicates-compare");
  await page.getByRole("button", { name: "Keep decision" }).click();
  await page.getByRole("link", { name: "Choose what you decide" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel(/Same person: keep .* \(record 1\)/).check();
  await page.getByLabel("Reason").fill("Same face, same mother");
  await page.getByRole("button", { name: "Keep decision" }).click();
  await page.getByText("was merged into this one by").waitFor();
  await assertAccessible(page);
  await page.getByRole("link", { name: /Take the two apart again/ }).click();
  await page.getByRole("heading", { name: "Take two records apart" }).waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await shot(page, "duplicates-apart");
  await page.getByRole("button", { name: "Take the two apart" }).click();
  await page.getByRole("link", { name: /Say why/ }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("They are two people").check();
  await page.getByLabel("Reason").fill("Twins after all");
  await page.getByRole("button", { name: "Take the two apart" }).click();
  await page.getByRole("heading", { name: "Who opened this record" }).waitFor();
  assert.equal(await page.getByText("was merged into this one by").count(), 0);
  // The words stay with the pair, and it can be looked at again.
  await page.goto("/duplicates");
  await page.getByRole("link", { name: /^Look again/ }).first().click();
  await page.getByText("Twins after all").first().waitFor();
  await assertAccessible(page);
  await page.getByRole("button", { name: "Take this decision back" }).click();
  await page.getByText(/Taken back by/).waitFor();
  noProblems(page);
});

test("a second record that nobody noted is found without script, on a phone, and compared", async () => {
  const page = await open("/people", { script: false, width: 320 });
  await page.getByLabel("Name, birth date, or any number").fill("khan");
  await page.getByRole("button", { name: "Find" }).click();
  await page.locator("#results table a").first().click();
  await page.getByRole("link", { name: "Compare with another record" }).click();
  await page.getByRole("heading", { name: "Compare with another record" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel(/of the other record/).fill("ma");
  await page.getByRole("button", { name: "Find" }).click();
  await page.getByRole("heading", { name: /found/ }).waitFor();
  assert.equal(new URL(page.url()).search, "");
  await assertAccessible(page);
  await assertFits(page);
  await page.getByRole("link", { name: /^Compare with/ }).first().click();
  await page.getByRole("heading", { name: "Are these one person?" }).waitFor();
  await assertAccessible(page);
  await assertFits(page);
  await page.getByLabel("Not the same: two people").check();
  await page.getByLabel("Reason").fill("Only shared a cell");
  await page.getByRole("button", { name: "Keep decision" }).click();
  await page.getByRole("heading", { name: "Decided lately" }).waitFor();
  await assertAccessible(page);
  await assertFits(page);
});
