// The checks themselves: a check that cannot fail says nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertNoSidewaysScroll, crawl, openPage, servePages } from "../harness.js";

for (const script of [true, false]) {
  test(`an inaccessible page is found out, script ${script ? "on" : "off"}`, async () => {
    const page = await openPage(await servePages(`<input name="unlabelled">`), { script });
    await page.goto("/");
    await assert.rejects(() => assertAccessible(page), /label \(critical\)/);
  });
}

test("a page wider than its window is found out", async () => {
  const page = await openPage(await servePages(`<pre>${"wide".repeat(100)}</pre>`), { width: 320 });
  await page.goto("/");
  await assert.rejects(() => assertNoSidewaysScroll(page), /px wider than its window/);
});

test("the crawl follows links, counts kinds and stops at a page that fails", async () => {
  const html = (body) => (request, response) =>
    response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><title>x</title>${body}`);
  const links = [1, 2, 3, 4].map((id) => `<a href="/listings/${id}">${id}</a>`).join("");
  const service = await servePages(`${links}<a href="https://elsewhere.example/">out</a>`, {
    "GET /listings/1": html(`<a href="/broken">b</a>`),
    "GET /listings/2": html(""),
    "GET /broken": (request, response) => response.writeHead(500).end(),
  });
  const page = await openPage(service);
  const seen = [];
  await assert.rejects(() => crawl(page, ["/"], async () => seen.push(new URL(page.url()).pathname)), /\/broken/);
  assert.deepEqual(seen, ["/", "/listings/1", "/listings/2"]);
});
