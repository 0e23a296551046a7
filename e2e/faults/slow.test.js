// Somebody, by bad luck or on purpose, opens connections and says nothing, or too much. Others are served all the while.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { once } from "node:events";
import { test } from "node:test";
import { Client, signInAs, startDemo } from "../harness.js";

const SILENT = 300;

/** A connection that says `words` and then nothing; `ended` is what came back once the service let it go. */
async function silent(service, words) {
  const { hostname, port } = new URL(service.url);
  const socket = connect(Number(port), hostname);
  let said = "";
  socket.on("data", (bytes) => (said += bytes));
  socket.on("error", () => {}); // let go in the middle of a word
  await once(socket, "connect");
  socket.write(words);
  const ended = once(socket, "close").then(() => said);
  return { ended, socket };
}

test("connections that do not say what they want are let go, and others are served meanwhile", { timeout: 120_000 }, async (t) => {
  const service = await startDemo();
  const client = await Client.signedIn(service.url, signInAs(service, "practitioner"));
  const half = await Promise.all(Array.from({ length: SILENT }, (_, n) => silent(service, n % 2 ? "GET /courts HT" : "")));
  const idle = await silent(service, "GET /health HTTP/1.1\r\nHost: invented\r\n\r\n");
  await once(idle.socket, "data");
  await client.open("/courts");
  const from = Date.now();
  await Promise.all([...half, idle].map((one) => one.ended));
  t.diagnostic(`${SILENT} silent connections and an idle one were let go after ${((Date.now() - from) / 1_000).toFixed(1)} s`);
  await client.open("/courts");
  assert.ok(service.isRunning());
});

test("a head or a body that is too large is refused at once, and others are served", async () => {
  const service = await startDemo();
  const client = await Client.signedIn(service.url, signInAs(service, "practitioner"));
  const head = await silent(service, `GET /courts HTTP/1.1\r\nHost: invented\r\nX-Long: ${"long ".repeat(200_000)}\r\n\r\n`);
  assert.match(await head.ended, /^(HTTP\/1.1 431 |$)/);

  const form = new URLSearchParams({ search: "a".repeat(5 * 1024 * 1024) });
  const refused = await client.ask("POST", "/people/search", form);
  assert.equal(refused.status, 422);
  assert.match(refused.body, /longer than a form may be/);

  // Nobody signed in gets as far as sending the body of a file.
  const promised = "POST /imports HTTP/1.1\r\nHost: invented\r\nContent-Type: multipart/form-data; boundary=cut\r\nContent-Length: 30000000\r\nConnection: close\r\n\r\n";
  assert.match(await (await silent(service, promised)).ended, /^HTTP\/1.1 (303|401) /);
  await client.open("/courts");
});

test("told to stop while a board listens for news, the program stops", async () => {
  const service = await startDemo();
  const client = await Client.signedIn(service.url, signInAs(service, "practitioner"));
  const board = /href="(\/courts\/[A-Z0-9]+\/[0-9-]{10})"/.exec((await client.open("/courts")).body)[1];
  const listening = await client.listen(`${board}/live`);
  assert.equal(listening.status, 200);
  await service.stop("SIGTERM");
  assert.ok(!service.isRunning());
  await listening.body.cancel().catch(() => {});
});
