// What journeys do again and again.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/** Presses the button or link of that name and waits for the page that it leads to. */
export async function press(place, name, { role = "button" } = {}) {
  const page = place.page?.() ?? place;
  const target = place.getByRole(role, { name, exact: typeof name === "string" });
  await Promise.all([page.waitForNavigation(), target.first().click()]);
}

/** Sends files in by page; each is `{ name, mimeType, buffer }`, see [`xmlFile`] and [`jsonFile`]. */
export async function upload(page, files) {
  await page.goto("/imports/new");
  await page.locator("input[type=file]").setInputFiles(files);
  await press(page, "Send");
}

export const xmlFile = (name, text) => ({ name, mimeType: "text/xml", buffer: Buffer.from(text) });
export const jsonFile = (name, text) => ({ name, mimeType: "application/json", buffer: Buffer.from(text) });

/** A person's row on the board. */
export function rowOf(page, name) {
  return page.locator("tr.al-row").filter({ has: page.getByRole("link", { name, exact: true }) });
}

/** Opens an address that must answer with this status. */
export async function answers(page, address, status) {
  const response = await page.goto(address);
  assert.equal(response.status(), status, address);
}

/** The page as printed, read back: the text of each sheet of paper. */
export async function pdfText(page) {
  return wordsOfPdf(await page.pdf({ preferCSSPageSize: true }));
}

/** The text of each page of a PDF file. */
export async function wordsOfPdf(bytes) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "alongside-e2e-pdf-"));
  try {
    const file = path.join(folder, "read.pdf");
    writeFileSync(file, bytes);
    const { stdout } = await promisify(execFile)("pdftotext", ["-layout", file, "-"]);
    return stdout.split("\f").slice(0, -1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
