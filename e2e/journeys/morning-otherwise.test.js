// The same morning in other hands: without script, on a phone in the cell corridor, and by keyboard alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PEOPLE,
  assertAccessible,
  assertFits,
  boardRows,
  escortRecords,
  importFiles,
  jsonFile,
  libraList,
  noProblems,
  openPage,
  press,
  rowOf,
  shot,
  signIn,
  signInAs,
  startDemo,
  today,
  upload,
  xmlFile,
} from "../harness.js";

const service = await startDemo();
const nell = signInAs(service, "practitioner");
const court = "B01ND"; // Thames, where this practitioner works
const date = today();
const board = `/courts/${court}/${date}`;
const list = (room, first, people = PEOPLE) => libraList({ court, courtName: "Thames Magistrates' Court", date, room, first, people });
const renamed = (ending) => PEOPLE.map((one) => ({ ...one, surname: one.surname + ending, pnc: "" }));

test("without script: send in, look, open, take, prepare, search, sheet, print", async () => {
  const people = renamed("ONE");
  const page = await openPage(service, { script: false });
  await signIn(page, nell);
  await upload(page, [xmlFile("list.xml", list(7, 101, people)), jsonFile("escorts.json", escortRecords({ court, courtName: "Thames", date, people: people.slice(0, 2) }))]);
  await page.getByRole("heading", { name: "2 of 2 files taken" }).waitFor();
  await page.goto(board);
  await assertFits(page);
  assert.deepEqual(await page.locator(".al-row__name").allInnerTexts(), (await boardRows(service.data, court, date)).map((row) => row.name));
  await page.getByText("More filters").click();
  await press(page, /^In custody/, { role: "link" });
  await press(page, "Clear filters", { role: "link" });
  await page.getByLabel("Find on this list").fill("barnaby");
  await press(page, "Find");
  await press(page, "FICTIONONE, Barnaby", { role: "link" });
  await page.getByRole("heading", { name: /^Why \d+\w\w on the board/ }).waitFor();
  await press(page, /^Take/);
  await page.getByText(`Taken by ${nell.name}`).waitFor();
  await page.getByText("Preparation", { exact: true }).click();
  await page.getByLabel("Complete", { exact: true }).check();
  await press(page, "Save preparation");
  await assertAccessible(page);
  await page.goto(board);
  assert.match(await rowOf(page, "FICTIONONE, Barnaby").innerText(), /Complete/);
  await page.getByRole("checkbox", { name: "Select INVENTEDONE, Quill" }).check();
  await press(page, "Give");
  assert.match(await rowOf(page, "INVENTEDONE, Quill").innerText(), new RegExp(nell.name));
  await press(page, "What changed", { role: "link" });
  await page.goto(`${board}/pack`);
  const code = await page.locator(".al-sheet", { hasText: "FICTIONONE, Barnaby" }).locator(".al-sheet__code strong").innerText();
  await page.goto("/sheet");
  await page.getByLabel("Code on the sheet").fill(code);
  await press(page, "Open");
  await page.getByRole("heading", { name: "Screening", exact: true }).waitFor();
  await press(page, "FICTIONONE, Barnaby", { role: "link" });
  noProblems(page);
});

test("on a phone: everything fits, and a thumb can take a row", async () => {
  await importFiles(service.data, { name: "phone.xml", text: list(8, 201, renamed("TWO")) });
  const page = await openPage(service, { width: 320, height: 640 });
  await signIn(page, nell);
  await page.goto(board);
  await assertFits(page);
  await shot(page, "board-phone");
  const row = rowOf(page, "INVENTEDTWO, Quill");
  for (const target of [row.getByRole("button", { name: /^Take/ }), row.locator("label.al-pick")]) {
    const box = await target.boundingBox();
    assert.ok(box.width >= 44 && box.height >= 44, `${box.width} by ${box.height} is small for a thumb`);
  }
  await press(row, /^Take/);
  assert.match(await rowOf(page, "INVENTEDTWO, Quill").innerText(), new RegExp(nell.name));
  await press(page, "INVENTEDTWO, Quill", { role: "link" });
  await assertFits(page);
  await shot(page, "line-phone");
  await press(page, "Compare and decide");
  await assertFits(page);
  noProblems(page);
});

test("by keyboard alone: from name to name, filters, days, open, take", async () => {
  const page = await openPage(service);
  await signIn(page, nell);
  await page.goto(board);
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  const names = await page.locator(".al-row__name").allInnerTexts();
  await page.keyboard.press("j");
  assert.equal(await focused(), names[0]);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  assert.equal(await focused(), names[1]);
  await page.keyboard.press("x");
  assert.ok(await page.locator("tr.al-row").nth(1).getByRole("checkbox").isChecked());
  await Promise.all([page.waitForURL("**/listings/*"), page.keyboard.press("Enter")]);
  await page.getByRole("heading", { name: "Why 2nd on the board" }).waitFor();
  await page.goBack();

  await page.locator("body").press("3");
  await page.waitForURL("**?custody=custody");
  await page.keyboard.press("3");
  await page.waitForURL(board);
  await page.keyboard.press("[");
  await page.waitForURL((url) => url.pathname < board);
  assert.equal(await page.locator(".al-day--chosen").getAttribute("aria-current"), "page");
  await page.keyboard.press("]");
  await page.waitForURL(board);

  const free = await page.locator("tr.al-row", { has: page.getByRole("button", { name: /^Take / }) }).first().getAttribute("id");
  const row = () => page.evaluate(() => document.activeElement.closest("tr")?.id);
  for (let i = 0; (await row()) !== free && i <= names.length; i += 1) await page.keyboard.press("j");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("t")]);
  assert.match(await page.locator(`#${free}`).innerText(), new RegExp(nell.name));
  assert.match(page.url(), /#listing-/, "back where one was");

  await page.keyboard.press("/");
  await page.keyboard.type("quill");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  assert.match(await page.getByRole("main").innerText(), /found for “quill”/);
  await page.locator("body").press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await help.waitFor();
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" });
  noProblems(page);
});
