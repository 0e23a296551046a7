// Autosave: nothing typed is lost, and a late save never beats a submit.

import assert from "node:assert/strict";
import { test } from "node:test";
import { noProblems, openPage, servePages } from "../harness.js";

const FORM = `<form method="post" action="/submit" data-draft="/draft">
  <input type="hidden" name="draft_version" value="3">
  <label for="note">Note</label><textarea id="note" name="note"></textarea>
  <label for="room">Room</label><input id="room" name="room">
  <p role="status" data-draft-status></p><button>Save</button></form>`;

// Answers autosaves as told and remembers them.
async function drafting(answer) {
  const saves = [];
  const service = await servePages(FORM, {
    "POST /draft": (request, response, body) => {
      saves.push(new URLSearchParams(body));
      answer(response, saves.length);
    },
    "POST /submit": (request, response) => response.writeHead(200, { "Content-Type": "text/plain" }).end("submitted"),
  });
  return { saves, page: await openPage(service) };
}

function saved(response, count) {
  response
    .writeHead(200, { "Content-Type": "application/json" })
    .end(JSON.stringify({ version: 3 + count, saved_at: `10:42:0${count}` }));
}

test("a pause in typing saves, and says when", async () => {
  const { page, saves } = await drafting(saved);
  await page.goto("/");
  await page.fill("#note", "Says he has not slept");
  await page.getByText("Saved 10:42:01").waitFor();
  assert.equal(saves[0].get("note"), "Says he has not slept");
  assert.equal(saves[0].get("draft_version"), "3");
  assert.equal(await page.inputValue("[name=draft_version]"), "4");
  noProblems(page);
});

test("leaving a field saves at once, with the version that the server gave last", async () => {
  const { page, saves } = await drafting(saved);
  await page.goto("/");
  await page.fill("#note", "one");
  await page.focus("#room");
  await page.getByText("Saved 10:42:01").waitFor();
  await page.fill("#room", "3");
  await page.focus("#note");
  await page.getByText("Saved 10:42:02").waitFor();
  assert.equal(saves[1].get("draft_version"), "4");
});

test("nothing changed is nothing sent", async () => {
  const { page, saves } = await drafting(saved);
  await page.goto("/");
  await page.focus("#note");
  await page.focus("#room");
  await page.fill("#note", "x");
  await page.focus("#room");
  await page.getByText("Saved 10:42:01").waitFor();
  assert.equal(saves.length, 1);
});

test("signed out: the text stays, and the way to sign in is offered", async () => {
  const { page } = await drafting((response) => response.writeHead(401).end());
  await page.goto("/");
  await page.fill("#note", "Still here");
  await page.focus("#room");
  await page.getByRole("link", { name: "Sign in again" }).waitFor();
  assert.equal(await page.inputValue("#note"), "Still here");
});

test("changed elsewhere: saving stops and says so", async () => {
  const { page, saves } = await drafting((response) => response.writeHead(409).end());
  await page.goto("/");
  await page.fill("#note", "late");
  await page.focus("#room");
  await page.getByText("changed elsewhere").waitFor();
  await page.fill("#note", "later");
  await page.focus("#room");
  await page.focus("#note");
  assert.equal(saves.length, 1);
});

test("a dead line is told, and the next save carries everything", async () => {
  const { page, saves } = await drafting(saved);
  await page.goto("/");
  await page.route("**/draft", (route) => route.abort("connectionrefused"), { times: 1 });
  await page.fill("#note", "first");
  await page.focus("#room");
  await page.getByText("Not saved yet").waitFor();
  assert.equal(saves.length, 0);
  await page.fill("#room", "5");
  await page.focus("#note");
  await page.getByText("Saved 10:42:01").waitFor();
  assert.equal(saves[0].get("note"), "first");
  assert.equal(saves[0].get("room"), "5");
});

test("closing the page saves what was typed last", async () => {
  let arrived;
  const whole = new Promise((resolve) => (arrived = resolve));
  const { page, saves } = await drafting((response, count) => {
    saved(response, count);
    arrived();
  });
  await page.goto("/");
  await page.fill("#note", "and then the lid closed");
  await page.close({ runBeforeUnload: true });
  await whole;
  assert.equal(saves[0].get("note"), "and then the lid closed");
});

test("a submit saves once before it leaves, and no autosave follows", async () => {
  const events = [];
  const service = await servePages(FORM, {
    "POST /draft": (request, response, body) => {
      events.push(`saved: ${new URLSearchParams(body).get("note")}`);
      saved(response, events.length);
    },
    "POST /submit": (request, response, body) => {
      events.push(`submitted: ${new URLSearchParams(body).get("note")}`);
      response.writeHead(200, { "Content-Type": "text/plain" }).end("submitted");
    },
  });
  const page = await openPage(service);
  await page.goto("/");
  await page.fill("#note", "final");
  await page.keyboard.press("Tab");
  await page.getByText("Saved").waitFor();
  await page.fill("#note", "final, really");
  await Promise.all([page.waitForURL("**/submit"), page.$eval("form", (form) => form.requestSubmit())]);
  assert.deepEqual(events, ["saved: final", "saved: final, really", "submitted: final, really"]);
});

test("where the line is dead the form stays, and is sent once when it is back", async () => {
  const { page, saves } = await drafting(saved);
  await page.goto("/");
  await page.fill("#note", "said twice, sent once");
  await page.route("**/draft", (route) => route.abort("connectionrefused"), { times: 1 });
  await page.$eval("form", (form) => form.requestSubmit());
  await page.getByText("Not sent: no connection.").waitFor();
  assert.equal(await page.inputValue("#note"), "said twice, sent once");
  await Promise.all([page.waitForURL("**/submit"), page.$eval("form", (form) => form.requestSubmit())]);
  assert.deepEqual(saves.map((save) => save.get("note")), ["said twice, sent once"]);
});
