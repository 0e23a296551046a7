// What every page must pass.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import { twinWithoutScript } from "./browser.js";

const shots = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../shots");
// The rows of a long board are made alike: its first and its last are looked at.
const ALIKE = "tr.al-row:nth-of-type(n+11):not(:nth-last-of-type(-n+4))";
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** No violation that axe can find, WCAG 2.2 AA and good practice. The message names rule, element and what to do. */
export async function assertAccessible(page) {
  if (!page.hasScript) {
    const twin = await twinWithoutScript(page);
    await assertAccessible(Object.assign(twin, { hasScript: true }));
    return twin.context().close();
  }
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).exclude(ALIKE).analyze();
  const found = violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id} (${violation.impact}): ${node.html}\n    ${node.failureSummary}`),
  );
  assert.equal(found.length, 0, `${new URL(page.url()).pathname} is not accessible:\n  ${found.join("\n  ")}`);
}

/** The page fits its window; only its own scrolling parts may be wider. */
export async function assertNoSidewaysScroll(page) {
  const [width, wider] = await page.evaluate(() => {
    const view = document.documentElement.clientWidth;
    const out = [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > view + 1 && !element.closest("[class*=scroll], ul"))
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return [document.documentElement.scrollWidth - view, out.slice(0, 5)];
  });
  assert.ok(width <= 0, `${new URL(page.url()).pathname} is ${width} px wider than its window: ${wider.join(", ")}`);
}

/** Fits its window and is accessible there; axe's own rule for the size of targets (WCAG 2.2, 2.5.8) is among those run. */
export async function assertFits(page) {
  await assertNoSidewaysScroll(page);
  await assertAccessible(page);
}

/** Keeps a picture in e2e/shots. */
export async function shot(page, name, { whole = false } = {}) {
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: path.join(shots, `${name}.png`), fullPage: whole });
}
