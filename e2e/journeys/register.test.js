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
  await page.getByRole("button", { name: "Take the two apart again" }).click();
  await page.getByText("was merged into this one by").waitFor({ state: "detached" });
  noProblems(page);
});
