// The server is killed without warning, three times, while a service of eight people makes a thousand writes of all kinds. What
// was acknowledged is there afterwards; what was not is sent again, as browsers and gateways do, and is there once.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, Work, boardRows, peopleOf, runProgram, signInAs, startDemo, startService } from "../harness.js";

const WRITES = 1_000;
const AT_ONCE = 8;
const KILLED_AFTER = [250, 500, 750]; // acknowledged writes

test("killed three times in a thousand writes: nothing acknowledged is lost, nothing is doubled", async (t) => {
  let service = await startDemo();
  const { data } = service;
  const token = /\S{20,}/.exec(await runProgram(data, "token", "add", "list gateway"))[0];
  const who = signInAs(service, "practitioner");
  const clients = [];
  for (let n = 0; n < AT_ONCE; n += 1) clients.push(await Client.signedIn(service.url, who));
  const people = await peopleOf(clients[0]);
  assert.ok(people.length >= AT_ONCE, `${people.length} people`);
  const work = new Work({ people, token, count: WRITES });

  const waiting = [...work.all];
  const kills = [...KILLED_AFTER];
  let interrupted = 0;
  let restarting;
  const restart = async () => {
    await service.stop("SIGKILL");
    service = await startService({ data });
    for (const client of clients) client.moveTo(service.url);
    restarting = undefined;
  };
  const works = async (client) => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      await restarting;
      one.tries += 1;
      let refusal;
      try {
        refusal = await one.send(client);
        one.done = !refusal;
      } catch (error) {
        if (!restarting) throw error;
      }
      assert.equal(refusal, undefined, `${one.kind} ${one.n} was answered ${refusal?.status}: ${refusal && said(refusal)}`);
      if (!one.done) {
        interrupted += 1;
        waiting.unshift(one);
        continue;
      }
      if (work.acknowledged().length >= (kills[0] ?? Infinity)) {
        kills.shift();
        restarting = restart();
      }
    }
  };
  await Promise.all(clients.map(works));
  assert.equal(work.acknowledged().length, WRITES);
  assert.equal(kills.length, 0);
  t.diagnostic(`${WRITES} writes, killed ${KILLED_AFTER.length} times; ${interrupted} tries broke off and were made again`);
  assert.ok(interrupted > 0, "a kill that interrupts nothing proves nothing");

  assert.deepEqual(await work.missing(clients[0], (court, date) => boardRows(data, court, date)), { lost: [], doubled: [] });
  const checks = JSON.parse(await runProgram(data, "doctor", "--json").catch((error) => error.stdout)).checks;
  for (const name of ["integrity", "audit", "archive"]) assert.ok(checks.find((one) => one.name === name).well, name);
});

/** The words of a page, from its heading or error on. */
function said({ body }) {
  const words = body.slice(body.indexOf("<main")).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  return words.slice(0, 400);
}
