// The clock of the server jumps: two days on, then back before it all began. Nothing kept is lost, the audit stays a chain, a
// session ends when it should, and people can go on working.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Client, newFolder, peopleOf, runProgram, signInAs, startDemo } from "../harness.js";

const HOUR = 3_600;

/** Where Debian's package faketime puts its library. */
function library() {
  for (const folder of readdirSync("/usr/lib").map((name) => path.join("/usr/lib", name, "faketime"))) {
    const file = path.join(folder, "libfaketime.so.1");
    if (existsSync(file)) return file;
  }
  throw new Error("libfaketime is missing: run scripts/setup-test");
}

test("the clock jumps two days on and three back: nothing is lost, and work goes on", async () => {
  const clock = path.join(newFolder(), "clock");
  const jump = (hours) => writeFileSync(clock, `${hours < 0 ? "" : "+"}${hours * HOUR}`);
  jump(0);
  const under = ["env", `LD_PRELOAD=${library()}`, `FAKETIME_TIMESTAMP_FILE=${clock}`, "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"];
  const service = await startDemo({ under });
  const who = signInAs(service, "practitioner");
  let client = await Client.signedIn(service.url, who);
  const [person] = await peopleOf(client);
  const ids = [];
  const keep = async (words) => {
    const id = randomUUID();
    const form = { draft_form: "Screening", draft_subject: words, draft_href: "/courts", draft_version: "0", words };
    assert.equal((await client.ask("POST", `/drafts/${id}`, new URLSearchParams(form))).status, 200, words);
    ids.push({ id, words });
  };
  const record = async (words) => {
    const at = `/people/${person}/contacts/new`;
    const answer = await client.send(await client.open(at), at, {
      agency: "gp", who: "Reception", means: "telephone", purpose: "information", outcome: "spoke", words,
    });
    assert.ok(answer.status === 200 && answer.path !== at, `${words}: ${answer.status} ${answer.path}`);
  };
  await keep("Typed at the right time");
  await record("Said at the right time");

  jump(48);
  assert.match((await client.ask("GET", "/courts")).path, /^\/sign-in/, "a session of two days ago is over");
  client = await Client.signedIn(service.url, who);
  await keep("Typed two days on");
  await record("Said two days on");

  jump(-24);
  const back = await client.ask("GET", "/courts");
  if (back.path.startsWith("/sign-in")) client = await Client.signedIn(service.url, who);
  await keep("Typed a day back");
  await record("Said a day back");

  jump(0);
  if ((await client.ask("GET", "/courts")).path.startsWith("/sign-in")) client = await Client.signedIn(service.url, who);
  for (const { id, words } of ids) assert.ok((await client.open(`/drafts/${id}`)).body.includes(words), words);
  const { body } = await client.open(`/people/${person}/timeline?kind=contact`);
  for (const when of ["at the right time", "two days on", "a day back"]) assert.ok(body.includes(`Said ${when}`), when);
  assert.ok(!service.said().includes("panicked"), service.said());
  await service.stop();
  const checks = JSON.parse(await runProgram(service.data, "doctor", "--json").catch((error) => error.stdout)).checks;
  for (const name of ["integrity", "audit"]) assert.ok(checks.find((one) => one.name === name).well, name);
});
