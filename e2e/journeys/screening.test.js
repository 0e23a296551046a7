// Ten minutes in a cell: from the row of the board to a screening kept; from paper by its code; over a line that dies in the
// middle; with a thumb on a phone; without script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, boardRows, noProblems, openPage, press, shot, signIn, signInAs, startDemo, today } from "../harness.js";

const service = await startDemo();
const nurse = signInAs(service, "practitioner");
// Taken once: what is recorded moves rows, and each journey wants a line of its own.
const taken = new Set();
const rows = await boardRows(service.data, "B01ND", today());

async function atLine(options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, nurse);
  // Colleagues of the demo were here before: somebody whom nobody has screened yet.
  for (const { listing } of rows.filter((row) => !taken.has(row.listing))) {
    await page.goto(`/listings/${listing}`);
    if ((await page.getByRole("button", { name: /^Record screening/ }).count()) === 0) continue;
    taken.add(listing);
    return page;
  }
  throw new Error("everybody on today's board has been screened");
}

// What a person without needs takes: the count stands in docs/practitioners/screening.md.
async function noNeeds(page) {
  let presses = 0;
  const check = async (label, options = {}) => {
    await page.getByLabel(label, options).first().check();
    presses += 1;
  };
  await page.getByRole("group", { name: "Who is this?" }).getByRole("radio").first().check();
  presses += 1;
  await check("Seen", { exact: true });
  await page.getByLabel("I asked all of these.").first().check();
  presses += 1;
  await page.getByRole("group", { name: "Thoughts of harming themselves" }).getByLabel("No", { exact: true }).check();
  presses += 1;
  await page.getByLabel("I asked all of these.").nth(1).check();
  presses += 1;
  await check("No need found");
  await check("No need", { exact: true });
  return presses + 1; // and the button
}

test("somebody without needs takes eight presses and no typing", async () => {
  const page = await atLine();
  await press(page, /^Record screening/);
  await assertAccessible(page);
  await shot(page, "screening", { whole: true });
  const presses = await noNeeds(page);
  assert.equal(presses, 8);
  await press(page, "Save screening");
  await page.getByRole("heading", { name: /^Screening, / }).waitFor();
  await assertFits(page);
  await shot(page, "screening-kept");
  await press(page, "Back to the board");
  await page.getByText(/^No need \d\d:\d\d$/).first().waitFor();
  await assertAccessible(page);
  noProblems(page);
});

test("a dead line in the middle: the page stays, the words stay, and they are sent once when it is back", async () => {
  const page = await atLine();
  await press(page, /^Record screening/);
  await noNeeds(page);
  const words = "Says the lights speak to her; asks for her sister";
  await page.getByLabel("In your words").fill(words);
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "Save screening" }).click();
  await page.getByText("Not sent: no connection.").waitFor();
  assert.equal(await page.getByLabel("In your words").inputValue(), words);
  await assertAccessible(page);
  await page.context().setOffline(false);
  await press(page, "Save screening");
  await page.getByText(words).waitFor();
  noProblems(page);
});

test("a closed lid: what was typed is there again, also after signing in anew", async () => {
  const page = await atLine();
  await press(page, /^Record screening/);
  const address = page.url();
  await page.getByLabel("In your words").fill("Would not look up");
  await page.getByLabel("In your words").blur();
  await page.getByText(/^Saved \d/).waitFor();
  await page.close();
  const next = await openPage(service);
  await next.goto(new URL(address).pathname);
  await signIn(next, nurse);
  await next.goto(address);
  await next.getByText("This goes on with what you typed").waitFor();
  assert.equal(await next.getByLabel("In your words").inputValue(), "Would not look up");
  await assertAccessible(next);
  await next.getByRole("link", { name: "What you typed" }).click();
  await next.getByRole("link", { name: "Screening" }).first().click();
  await next.getByText("Would not look up").waitFor();
  await assertFits(next);
  await press(next, /^Put away/);
  await next.waitForURL(address);
  assert.equal(await next.getByLabel("In your words").inputValue(), "");
  noProblems(next);
});

test("what is missing is said field by field, and nothing typed is lost", async () => {
  const page = await atLine();
  await press(page, /^Record screening/);
  await page.getByLabel("Seen", { exact: true }).check();
  await page.getByLabel("In your words").fill("Talks fast");
  await press(page, "Save screening");
  await page.getByRole("alert").waitFor();
  await page.getByRole("link", { name: "Say how much need you found" }).waitFor();
  assert.equal(await page.getByLabel("In your words").inputValue(), "Talks fast");
  await assertAccessible(page);
  await shot(page, "screening-missing");
});

test("without script, on a phone: not seen, with its reason, from the code of a paper sheet", async () => {
  const page = await atLine({ script: false, width: 320 });
  const line = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Print this person's cell sheet" }).click();
  const code = (await page.locator(".al-sheet__code strong").innerText()).trim();
  await page.goto("/sheet");
  await page.getByLabel("Code on the sheet").fill(code);
  await press(page, "Open");
  assert.equal(new URL(page.url()).pathname, `${line}/screening`);
  await assertFits(page);
  await shot(page, "screening-phone", { whole: true });
  assert.ok(await page.getByLabel("Typed in later, from paper").isChecked());
  await page.getByLabel("Interpreter absent").check();
  await page.getByLabel("Time of the contact").fill("0001");
  await press(page, "Save: not seen");
  await page.getByText("Not seen: interpreter absent").waitFor();
  await page.getByText("00:01. Typed in later, from paper").waitFor();
  await assertFits(page);
});

test("by keyboard alone", async () => {
  const page = await atLine();
  await page.getByRole("button", { name: /^Record screening/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Screening", exact: true }).waitFor();
  await page.getByLabel("Declined", { exact: true }).first().focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Save: not seen" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Not seen: declined").waitFor();
  await page.getByRole("button", { name: /^Correct this screening/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Why are you correcting it?").fill("She changed her mind");
  await assertFits(page);
  noProblems(page);
});

test("somebody without needs by keyboard alone: no typing, and every key counted", async (t) => {
  const page = await atLine();
  await press(page, /^Record screening/);
  let keys = 0;
  const key = async (name) => {
    await page.keyboard.press(name);
    keys += 1;
  };
  // Tab until the focus is where it should be; a long form must not trap it.
  const tabTo = async (isThere) => {
    for (let tries = 0; tries < 150; tries += 1) {
      if (await page.evaluate(isThere)) return;
      await key("Tab");
    }
    assert.fail(`nothing with the focus fits ${isThere}`);
  };
  const choose = async (name, value) => {
    await tabTo(`document.activeElement.name === "${name}"`);
    const chosen = () => page.evaluate(`document.activeElement.value === "${value}" && document.activeElement.checked`);
    if (await page.evaluate(`document.activeElement.value === "${value}"`)) await key("Space");
    while (!(await chosen())) await key("ArrowDown");
  };
  const tick = async (name) => {
    await tabTo(`document.activeElement.name === "${name}"`);
    await key("Space");
  };
  const fields = await page.locator("form[data-draft] :is(input, textarea, select):not([type=hidden])").evaluateAll(
    (all) => new Set(all.map((one) => one.name)).size,
  );
  const begun = Date.now();
  await page.locator("form[data-draft] [name=who]").first().focus();
  await choose("who", await page.locator("[name=who]").first().getAttribute("value"));
  await choose("seen", "seen");
  await tick("asked-first");
  await choose("self-harm-thoughts", "no");
  await tick("asked-flags");
  await choose("need", "none");
  await choose("outcome", "no-need");
  await tabTo(`document.activeElement.value === "save" && document.activeElement.name === "press"`);
  await Promise.all([page.waitForNavigation(), key("Enter")]);
  const seconds = (Date.now() - begun) / 1000;
  await page.getByText("No need found").first().waitFor();
  t.diagnostic(`fields on the page: ${fields}; keys pressed: ${keys}; letters typed: 0; a scripted user took ${seconds.toFixed(1)} s`);
  assert.ok(keys < 150, `${keys} keys`);
  noProblems(page);
});

test("eight presses by a scripted user, timed", async (t) => {
  const page = await atLine();
  await press(page, /^Record screening/);
  const begun = Date.now();
  assert.equal(await noNeeds(page), 8);
  await press(page, "Save screening");
  t.diagnostic(`eight presses, from the open form to the kept screening: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  await page.getByText("No need found").first().waitFor();
});
