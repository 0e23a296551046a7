// Parts drawn anew while somebody types, and the rule that nothing else turns text into elements.

import assert from "node:assert/strict";
import { test } from "node:test";
import { noProblems, openPage, servePages } from "../harness.js";

const PART = `<form action="/search" method="post" data-live-search="results">
<label for="words">Search</label> <input type="search" id="words" name="search"><button>Search</button></form>
<div id="results"></div>`;

test("results are drawn while somebody types", async () => {
  const served = await servePages(PART, {
    "POST /search": (request, response, body) => {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(`<p>Found for <b>${body}</b></p>`);
    },
  });
  const page = await openPage(served);
  await page.goto("/");
  await page.getByLabel("Search").fill("invented");
  await page.locator("#results b", { hasText: "search=invented" }).waitFor();
  noProblems(page);
});

test("no other script of a page turns text into elements", async () => {
  const page = await openPage(await servePages(PART));
  await page.goto("/");
  const refused = await page.evaluate(() => {
    const tries = {
      elements: () => (document.getElementById("results").innerHTML = "<b>words</b>"),
      script: () => (document.createElement("script").src = "/alongside.js"),
      policy: () => globalThis.trustedTypes.createPolicy("another", {}),
      "the same policy again": () => globalThis.trustedTypes.createPolicy("alongside", {}),
    };
    return Object.entries(tries).filter(([, attempt]) => {
      try {
        attempt();
        return false;
      } catch (error) {
        return error instanceof TypeError;
      }
    }).map(([name]) => name);
  });
  assert.deepEqual(refused, ["elements", "script", "policy", "the same policy again"]);
  assert.equal(await page.locator("#results b").count(), 0);
});
