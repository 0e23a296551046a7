// Signing in and out: on a laptop, on a phone, and with no script at all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, noProblems, openPage, shot, signIn, signInAs, startDemo } from "../harness.js";

const service = await startDemo();
const practitioner = signInAs(service, "practitioner");

for (const [how, options] of [
  ["on a laptop", { width: 1280 }],
  ["on a phone", { width: 320 }],
  ["without script", { script: false }],
]) {
  test(`a practitioner signs in and out ${how}`, async () => {
    const page = await openPage(service, options);
    await page.goto("/");
    assert.match(page.url(), /\/sign-in/, "nothing is shown before sign-in");
    await assertFits(page);
    await signIn(page, practitioner);
    await assertFits(page);
    const inside = page.url();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.waitForURL("**/sign-in**");
    await page.goto(inside);
    assert.match(page.url(), /\/sign-in/, "signed out is out");
    noProblems(page);
  });
}

test("a wrong password is told once, in words, and is not shown again", async () => {
  const page = await openPage(service);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(practitioner.email);
  await page.getByLabel("Password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("alert").getByText("There is a problem").waitFor();
  assert.match(await page.title(), /^Error: /);
  assert.equal(await page.getByLabel("Password", { exact: true }).inputValue(), "");
  assert.equal(await page.getByLabel("E-mail address").inputValue(), practitioner.email);
  assert.equal(await page.evaluate(() => document.activeElement.className), "govuk-error-summary");
  await assertAccessible(page);
  await shot(page, "sign-in-refused");
});

test("each error leads to its field", async () => {
  const page = await openPage(service);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Enter your password" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.name), "password");
});

test("a page asked for before sign-in opens after it", async () => {
  const page = await openPage(service);
  await page.goto("/account");
  await signIn(page, practitioner);
  assert.equal(new URL(page.url()).pathname, "/account");
});
