// One browser a test file; each page in a context of its own, as a person of their own would have it.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after } from "node:test";
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser;

function executable() {
  const found = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
    (file) => file && existsSync(file),
  );
  if (!found) throw new Error("No Chromium: run scripts/setup-test, or name one in CHROMIUM");
  return found;
}

async function theBrowser() {
  if (!browser) {
    browser = await chromium.launch({ executablePath: executable(), args: FLAGS });
    after(closeBrowser);
  }
  return browser;
}

export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

/**
 * A page on a service. `width` 1280 is a laptop, 320 a phone held upright or a laptop at 400 %. With `script: false`
 * nothing of ours runs. `storage` is what `page.context().storageState()` gave: signed in already.
 */
export async function openPage(service, { width = 1280, height = 800, script = true, storage, media } = {}) {
  const context = await (await theBrowser()).newContext({
    baseURL: service.url,
    viewport: { width, height },
    javaScriptEnabled: script,
    storageState: storage,
    locale: "en-GB",
    timezoneId: "Europe/London",
    ...media,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.hasScript = script;
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(`script failed: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !isAnswerStatus(message.text())) page.problems.push(message.text());
  });
  return page;
}

/**
 * The same page where a checker can run but no script of ours does: axe needs a browser that runs script, and a page
 * opened with `script: false` runs none. What the server sent is shown again; nothing is asked of it twice.
 */
export async function twinWithoutScript(page) {
  const context = await (await theBrowser()).newContext({
    viewport: page.viewportSize(),
    storageState: await page.context().storageState(),
  });
  const twin = await context.newPage();
  const body = await page.content();
  await twin.route("**/*", (route) => {
    if (route.request().resourceType() === "script") return route.abort();
    if (route.request().isNavigationRequest()) return route.fulfill({ contentType: "text/html; charset=utf-8", body });
    return route.continue();
  });
  await twin.goto(page.url());
  return twin;
}

// A refusal on purpose (401, 409, 422) is logged by the browser as an error; what our script makes of it is tested.
function isAnswerStatus(text) {
  return (
    text.startsWith("Failed to load resource: the server responded with a status of 4") ||
    // A journey that cuts the line on purpose looks at what the page makes of it.
    text.startsWith("Failed to load resource: net::ERR_INTERNET_DISCONNECTED")
  );
}

/** Fails when a script threw or the content security policy stopped something. */
export function noProblems(page) {
  assert.deepEqual(page.problems, [], "the browser complained");
}
