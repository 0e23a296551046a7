// The disk fills up, or can't be written at all. The service says so in words, keeps what it acknowledged, and goes on when
// there is room again.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { chmodSync, copyFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { Client, newFolder, program, runProgram, signInAs, startDemo, startService } from "../harness.js";

const WORDS = "Plainly invented words. ".repeat(10_000); // 240 kB a draft

function draft(n) {
  return new URLSearchParams({ draft_form: "Screening", draft_subject: `invented ${n}`, draft_href: "/courts", draft_version: "0", words: `${n}: ${WORDS}` });
}

test("a full disk: what was acknowledged stays, the rest is refused in words, and with room again all goes on", async (t) => {
  const demo = await startDemo();
  const who = signInAs(demo, "practitioner");
  await demo.stop();
  // No file may grow further than that: what a full disk answers, on any machine.
  const kilobytes = Math.ceil(statSync(path.join(demo.data, "alongside.sqlite")).size / 1024) + 1_000;
  const full = await startService({ data: demo.data, under: ["bash", "-c", `trap '' XFSZ; ulimit -f ${kilobytes}; exec "$0" "$@"`] });
  const client = await Client.signedIn(full.url, who);
  const kept = [];
  let refused;
  for (let n = 0; n < 1_000 && !refused; n += 1) {
    const id = randomUUID();
    const answer = await client.ask("POST", `/drafts/${id}`, draft(n));
    if (answer.status === 200) kept.push({ id, n });
    else refused = answer;
  }
  assert.ok(kept.length > 0 && refused, `${kept.length} kept`);
  assert.equal(refused.status, 503);
  assert.match(refused.body, /Nothing can be kept now.*Go on with paper/s);
  assert.doesNotMatch(refused.body, /SQLite|sqlite|INSERT/, "the inside stays inside");
  assert.match(full.said(), /is its disk full or read-only/);
  assert.ok(full.isRunning());
  await full.stop("SIGKILL");
  t.diagnostic(`${kept.length} drafts of 240 kB were acknowledged before the disk was full`);

  const again = await startService({ data: demo.data });
  client.moveTo(again.url);
  for (const { id, n } of kept) assert.ok((await client.open(`/drafts/${id}`)).body.includes(`${n}: Plainly`), `draft ${n} is lost`);
  assert.equal((await client.ask("POST", `/drafts/${randomUUID()}`, draft(9_999))).status, 200);
  await again.stop();
  const checks = JSON.parse(await runProgram(demo.data, "doctor", "--json").catch((error) => error.stdout)).checks;
  for (const name of ["integrity", "audit"]) assert.ok(checks.find((one) => one.name === name).well, name);
});

test("a disk that can't be written: the program says what to look at, and touches nothing", async () => {
  const folder = newFolder();
  const data = path.join(folder, "data");
  await runProgram(data, "doctor", "--json").catch(() => "");
  // Root writes everywhere: then somebody else runs it, from a place that anybody can reach.
  const copy = path.join(folder, "alongside");
  copyFileSync(program(), copy);
  chmodSync(folder, 0o755);
  const before = readdirSync(data);
  for (const name of before) chmodSync(path.join(data, name), statSync(path.join(data, name)).isDirectory() ? 0o555 : 0o444);
  chmodSync(data, 0o555);
  const as = process.getuid() === 0 ? ["runuser", "-u", "nobody", "--", copy] : [copy];
  const ran = spawnSync(as[0], [...as.slice(1), "serve"], { env: { PATH: process.env.PATH, ALONGSIDE_DATA: data, ALONGSIDE_LISTEN: "127.0.0.1:0" }, encoding: "utf8", timeout: 20_000 });
  chmodSync(data, 0o755);
  assert.equal(ran.status, 1, ran.stderr);
  assert.match(ran.stderr, /alongside\.sqlite: it can't be written: see who owns it/);
  assert.deepEqual(readdirSync(data), before);
});
