// The warning before a session ends: asks the server how long it really is, is answered by one key, says when it is over.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, noProblems, openPage, servePages } from "../harness.js";

const PART = `<p><label for="words">Words</label> <input id="words"></p>
<div data-session-seconds="121" hidden role="alertdialog" aria-labelledby="session-warning-words" class="al-session-warning">
<p class="govuk-body" id="session-warning-words" data-session-words></p>
<button type="button" class="govuk-button" data-session-stay>Stay signed in</button></div>`;

async function pageWith(left) {
  const asked = [];
  const answer = (response) => {
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({ seconds: left.shift() ?? 3_600 }));
  };
  const served = await servePages(PART, {
    "GET /session/left": (_, response) => answer(response),
    "POST /session": (request, response) => {
      asked.push(request.headers["x-fragment"]);
      answer(response);
    },
  });
  return { page: await openPage(served), asked };
}

test("two minutes before, one key makes the session longer and leads back to the text", async () => {
  const { page, asked } = await pageWith([119]);
  await page.goto("/");
  await page.getByLabel("Words").focus();
  const warning = page.getByRole("alertdialog");
  await warning.waitFor();
  assert.match(await warning.innerText(), /signed out in two minutes/);
  await assertAccessible(page);
  await page.keyboard.press("Enter");
  await warning.waitFor({ state: "hidden" });
  assert.deepEqual(asked, ["session"]);
  assert.equal(await page.evaluate(() => document.activeElement.id), "words");
  noProblems(page);
});

test("nothing is said while another tab keeps the session, and the end is said in words", async () => {
  const { page } = await pageWith([122, 0]);
  await page.goto("/");
  const warning = page.getByRole("alertdialog");
  await warning.waitFor();
  assert.match(await warning.innerText(), /You have been signed out/);
  noProblems(page);
});
