// The pictures of the README, taken from the demo: what a practitioner sees on a laptop, on paper and on a phone.
// Run by scripts/screenshots.

import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openPage, press, signIn, signInAs, startDemo } from "./harness.js";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../docs/screenshots");
const keep = (page, name, options = {}) => page.screenshot({ path: path.join(folder, `${name}.png`), ...options });

test("pictures of the demo", async () => {
  const service = await startDemo();
  const nell = signInAs(service, "practitioner");
  const page = await openPage(service, { width: 1280, height: 800 });
  await signIn(page, nell);
  await page.goto("/courts");
  const board = page.url();
  await press(page.locator("tr.al-row").nth(1), /^Take/);
  await page.goto(board);
  await keep(page, "board");

  await page.locator(".al-row__name").first().click();
  await page.getByRole("heading", { name: "Why 1st on the board" }).waitFor();
  await page.setViewportSize({ width: 1280, height: 760 });
  await keep(page, "line");

  // On paper: one cell sheet, as wide as A4 at 96 dots an inch, with the margins that a printer leaves.
  await page.goto(`${new URL(board).pathname}/pack`);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 794, height: 1123 });
  const sheet = page.locator(".al-sheet").nth(1);
  await sheet.evaluate((element) => Object.assign(element.style, { padding: "50px", background: "#ffffff" }));
  await sheet.screenshot({ path: path.join(folder, "pack.png") });

  const phone = await openPage(service, { width: 390, height: 800, storage: await page.context().storageState() });
  await phone.goto(board);
  await phone.locator("tr.al-row").first().evaluate((row) => row.scrollIntoView({ block: "start" }));
  await keep(phone, "phone");
});
