// The board without a mouse.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, noProblems, openPage, servePages } from "../harness.js";

const row = (id, name) => `<tr class="al-row"><td><label class="al-pick"><input type="checkbox" name="listing" value="${id}" form="selection">
  <span class="govuk-visually-hidden">Select ${name}</span></label></td>
  <th scope="row"><a href="/listings/${id}" data-row-link>${name}</a></th>
  <td><form method="post" action="/listings/${id}/take"><button>Take ${name}</button></form></td></tr>`;
const BOARD = `<form role="search"><label for="q">Search</label><input type="search" id="q" data-search></form>
  <nav aria-label="Filters"><a href="/?room=3" data-key="1" data-key-label="Room: Court 3">Court 3</a></nav>
  <button type="button" hidden data-keys-help>Keyboard</button>
  <form id="selection" method="post" action="/assign"><label hidden data-select-all="listing"><input type="checkbox"> Select all</label>
  <span role="status" data-select-count="listing"></span></form>
  <table class="al-board" data-board><caption>Board</caption><thead><tr><th scope="col">Select</th><th scope="col">Person</th>
  <th scope="col">Do</th></tr></thead><tbody>${row(1, "Ada Example")}${row(2, "Bert Sample")}${row(3, "Cy Invented")}</tbody></table>`;

const page200 = (request, response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>x</title>");
const routes = { "GET /listings/2": page200, "POST /listings/1/take": page200 };

async function board() {
  const page = await openPage(await servePages(BOARD, routes));
  await page.goto("/");
  // The script has run when it has shown what only it can serve.
  await page.getByRole("button", { name: "Keyboard" }).waitFor();
  return page;
}

const focused = (page) => page.evaluate(() => document.activeElement.textContent.trim());

test("j and k go from name to name and Enter opens", async () => {
  const page = await board();
  await page.keyboard.press("j");
  assert.equal(await focused(page), "Ada Example");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  assert.equal(await focused(page), "Cy Invented");
  await page.keyboard.press("k");
  assert.equal(await focused(page), "Bert Sample");
  await Promise.all([page.waitForURL("**/listings/2"), page.keyboard.press("Enter")]);
  noProblems(page);
});

test("k first goes to the last row", async () => {
  const page = await board();
  await page.keyboard.press("k");
  assert.equal(await focused(page), "Cy Invented");
});

test("t takes the row and a number chooses a filter", async () => {
  const page = await board();
  await Promise.all([page.waitForURL("**/?room=3"), page.keyboard.press("1")]);
  await page.getByRole("button", { name: "Keyboard" }).waitFor();
  await page.keyboard.press("j");
  await Promise.all([page.waitForURL("**/listings/1/take"), page.keyboard.press("t")]);
});

test("typing in the search is typing", async () => {
  const page = await board();
  await page.keyboard.press("/");
  await page.keyboard.type("jk1?t");
  assert.equal(await page.inputValue("#q"), "jk1?t");
  assert.equal(await page.locator("dialog").count(), 0);
});

test("a held modifier leaves the key to the browser", async () => {
  const page = await board();
  await page.keyboard.press("Alt+j");
  assert.notEqual(await focused(page), "Ada Example");
});

test("the list of keys opens, is accessible, and gives the focus back", async () => {
  const page = await board();
  await page.keyboard.press("j");
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard" });
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /1Room: Court 3/);
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "detached" }); // closed is not yet gone, and a role only knows open ones
  assert.equal(await focused(page), "Ada Example");
});

test("keys can be turned off and on again", async () => {
  const page = await board();
  await page.keyboard.press("?");
  await page.getByLabel("Turn these keys off").check();
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("button", { name: "Keyboard" }).waitFor();
  await page.keyboard.press("j");
  assert.notEqual(await focused(page), "Ada Example");
  await page.getByRole("button", { name: "Keyboard" }).click();
  await page.getByLabel("Turn these keys off").uncheck();
  await page.getByRole("button", { name: "Close" }).click();
  await page.locator("dialog").waitFor({ state: "detached" }); // it gives the focus back when it is gone
  await page.keyboard.press("j");
  assert.equal(await focused(page), "Ada Example");
});

test("select all selects all, and says how many", async () => {
  const page = await board();
  await page.getByLabel("Select Ada Example").check();
  await page.getByText("1 selected").waitFor();
  assert.equal(await page.getByLabel("Select all").evaluate((box) => box.indeterminate), true);
  await page.getByLabel("Select all").check();
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.getByText("2 selected").waitFor();
});
