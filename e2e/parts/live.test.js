// The list changed: said politely, never acted on alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, noProblems, openPage, servePages } from "../harness.js";

const BAR = `<div class="al-live" role="status" data-live="/live" data-live-version="v1" data-live-reload="/?room=3"></div><p>The list</p>`;

function events(connections) {
  return {
    "GET /live": (request, response) => {
      response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      connections.push(response);
      response.write(`event: version\ndata: {"version":"v1","at":"07:31"}\n\n`);
    },
  };
}

const changed = `event: version\ndata: {"version":"v2","at":"07:42"}\n\n`;

async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("a change is announced with its time and a way to see it", async () => {
  const connections = [];
  const service = await servePages(BAR, events(connections));
  const page = await openPage(service);
  await page.goto("/");
  await until(() => connections.length === 1);
  assert.equal(await page.textContent(".al-live"), "");
  connections[0].write(changed);
  await page.getByText("The list changed at 07:42.").waitFor();
  assert.equal(await page.getByRole("link", { name: "Show the changes" }).getAttribute("href"), "/?room=3");
  await assertAccessible(page);
  noProblems(page);
});

test("a dropped line comes back, and a change made meanwhile is not missed", async () => {
  const connections = [];
  const routes = events(connections);
  const first = routes["GET /live"];
  routes["GET /live"] = (request, response) => {
    if (connections.length === 0) return first(request, response);
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    connections.push(response);
    response.write(changed);
  };
  const service = await servePages(BAR, routes);
  const page = await openPage(service);
  await page.goto("/");
  await until(() => connections.length === 1);
  connections[0].write("retry: 10\n\n");
  connections[0].end();
  await page.getByText("The list changed at 07:42.").waitFor();
});

test("a server without live updates leaves the page as it is", async () => {
  const service = await servePages(BAR, { "GET /live": (request, response) => response.writeHead(503).end() });
  const page = await openPage(service);
  await Promise.all([page.waitForResponse("**/live"), page.goto("/")]);
  assert.equal(await page.textContent(".al-live"), "");
});
