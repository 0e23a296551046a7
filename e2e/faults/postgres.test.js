// Two copies of the program on one PostgreSQL: one is killed, then the database crashes and starts again, all while people work.
// And requests that come twice, late or stale.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Client, Work, answering, peopleOf, runProgramWith, signInAs, startDemo, startPostgres, startService } from "../harness.js";

const WRITES = 400;
const postgres = await startPostgres();
const settings = { ALONGSIDE_DATABASE: postgres.address };
const first = await startDemo({ settings });
const second = await startService({ data: first.data, settings });
const who = signInAs(first, "practitioner");

test("a request that comes ten times at once, on two copies, is kept once; a stale one is not taken for the newest", async () => {
  const client = await Client.signedIn(first.url, who);
  const [person] = await peopleOf(client);
  const at = `/people/${person}/contacts/new`;
  const page = await client.open(at);
  const fields = { agency: "gp", who: "Reception", means: "telephone", purpose: "information", outcome: "spoke", words: "Sent ten times over" };
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, n) => {
      const one = client.copy();
      one.moveTo([first, second][n % 2].url);
      return one.send(page, at, fields);
    }),
  );
  for (const answer of answers) assert.ok(answer.status === 200 && answer.path !== at, `${answer.status} ${answer.path}`);
  const { body } = await client.open(`/people/${person}/timeline?kind=contact`);
  assert.equal(body.split("Sent ten times over").length - 1, 1);

  const draft = randomUUID();
  const save = (words, version) =>
    client.ask("POST", `/drafts/${draft}`, new URLSearchParams({ draft_form: "Screening", draft_subject: "stale", draft_href: "/courts", draft_version: version, words }));
  const { version } = JSON.parse((await save("The first words", "0")).body);
  assert.equal((await save("The newer words", String(version))).status, 200);
  const late = await save("Words that were under way for long", String(version));
  assert.equal(late.status, 409, "it does not silently replace what is newer");
  assert.ok((await client.open(`/drafts/${draft}`)).body.includes("The newer words"));
});

test("one copy is killed, then PostgreSQL crashes: nothing acknowledged is lost, nothing is doubled", async (t) => {
  const token = /\S{20,}/.exec(await runProgramWith(settings, first.data, "token", "add", "list gateway"))[0];
  const homes = [first, second, first, second, first, second];
  const clients = [];
  for (const home of homes) clients.push(await Client.signedIn(home.url, who));
  const work = new Work({ people: await peopleOf(clients[0]), token, count: WRITES });
  const waiting = [...work.all];
  const faults = [
    { after: WRITES / 4, happen: () => first.stop("SIGKILL") },
    { after: WRITES / 2, happen: async () => postgres.crashAndStart() },
    { after: (WRITES * 3) / 4, happen: async () => postgres.crashAndStart() },
  ];
  let again = 0;
  const works = async (client) => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      if (!first.isRunning()) client.moveTo(second.url);
      try {
        const refusal = await one.send(client);
        one.done = !refusal;
        if (refusal) assert.equal(refusal.status, 503, `${one.kind} ${one.n}: ${refusal.body.slice(0, 500)}`);
      } catch (error) {
        // A page that could not be opened is tried again, too; anything else is a fault of the test's own.
        if (!/fetch failed|terminated|answered 503/.test(error.message)) throw error;
      }
      if (!one.done) {
        again += 1;
        waiting.unshift(one);
        await answering(second);
      }
      if (work.acknowledged().length >= (faults[0]?.after ?? Infinity)) await faults.shift().happen();
    }
  };
  await Promise.all(clients.map(works));
  assert.equal(faults.length, 0);
  t.diagnostic(`${WRITES} writes by six people; ${again} tries broke off and were made again`);
  assert.ok(again > 0, "a fault that interrupts nothing proves nothing");
  const rowsOf = async (court, date) => JSON.parse(await runProgramWith(settings, first.data, "board", "--court", court, "--date", date, "--json")).rows;
  assert.deepEqual(await work.missing(clients[1], rowsOf), { lost: [], doubled: [] });
  const told = await runProgramWith(settings, first.data, "doctor", "--json").catch((error) => error.stdout);
  for (const name of ["audit", "archive"]) assert.ok(JSON.parse(told).checks.find((one) => one.name === name).well, name);
});
