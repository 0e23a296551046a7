// A working morning of many: each of them opens boards and records, types, and keeps what they typed, with time to think in
// between. Prints how long answers took, errors, and the memory of the program. `make load`; LOAD_PEOPLE and LOAD_SECONDS say
// how many and how long; with TEST_POSTGRES the same on PostgreSQL as well. Figures only; nothing is asserted. ALONGSIDE_BIN names a release build.

import { randomUUID } from "node:crypto";
import { test } from "node:test";
import { Client, peopleOf, signInAs, startDemo } from "./harness.js";

const [people, seconds] = [Number(process.env.LOAD_PEOPLE ?? 100), Number(process.env.LOAD_SECONDS ?? 120)];
const THINKING = 5_000; // ms on average, from half to one and a half of it

test(`${people} people at work for ${seconds} s`, { timeout: 3_600_000 }, async () => {
  console.log("| engine | what | answers | p50 ms | p95 ms | p99 ms | slowest ms |");
  console.log("|---|---|---|---|---|---|---|");
  await morning("SQLite", {});
  if (process.env.TEST_POSTGRES) await morning("PostgreSQL", { ALONGSIDE_DATABASE: process.env.TEST_POSTGRES });
});

async function morning(engine, settings) {
  const service = await startDemo({ settings });
  const practitioners = service.signIns.filter((one) => one.role === "practitioner");
  const clients = [];
  for (let n = 0; n < people; n += 1) {
    // One sign-in each of those whom the demo offers; the others are the same people in windows of their own.
    const before = clients[n - practitioners.length];
    clients.push(before ? before.copy() : await Client.signedIn(service.url, signInAs(service, "practitioner")));
  }
  const known = await peopleOf(clients[0]);
  const times = new Map();
  const errors = [];
  const until = Date.now() + seconds * 1_000;
  const timed = async (what, ask) => {
    const started = performance.now();
    const answer = await ask().catch((error) => ({ status: 0, body: String(error) }));
    const took = performance.now() - started;
    times.set(what, [...(times.get(what) ?? []), took]);
    if (answer.status !== 200) errors.push(`${what}: ${answer.status}`);
    await new Promise((resolve) => setTimeout(resolve, THINKING * (0.5 + Math.random())));
    return answer;
  };
  const works = async (client) => {
    for (let round = 0; Date.now() < until; round += 1) {
      const board = await timed("board", () => client.ask("GET", "/courts"));
      const lines = [...board.body.matchAll(/\/listings\/([0-9a-f-]{36})"/g)].map((found) => found[1]);
      if (lines.length > 0) await timed("line of the board", () => client.ask("GET", `/listings/${lines[Math.floor(Math.random() * lines.length)]}`));
      const person = known[Math.floor(Math.random() * known.length)];
      await timed("person", () => client.ask("GET", `/people/${person}`));
      const at = `/people/${person}/contacts/new`;
      const form = await timed("open a form", () => client.ask("GET", at));
      const draft = randomUUID();
      for (let version = 0; version < 2; version += 1) {
        const kept = new URLSearchParams({ draft_form: "Screening", draft_subject: draft, draft_href: at, draft_version: String(version), words: `Invented words ${version}` });
        await timed("keep what is typed", () => client.ask("POST", `/drafts/${draft}`, kept));
      }
      const fields = { agency: "gp", who: "Reception", means: "telephone", purpose: "information", outcome: "spoke", words: "Invented words" };
      if (form.status === 200) await timed("record a contact", () => client.send(form, at, fields));
      const search = await timed("search page", () => client.ask("GET", "/people"));
      if (search.status === 200) await timed("search", () => client.send(search, "/people/search", { search: "jo" }));
    }
  };
  const memory = service.memory();
  await Promise.all(clients.map(works));
  for (const [what, all] of [["all", [...times.values()].flat()], ...times]) {
    all.sort((a, b) => a - b);
    const at = (share) => all[Math.min(all.length - 1, Math.floor(all.length * share))].toFixed(1);
    console.log(`| ${engine} | ${what} | ${all.length} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${all.at(-1).toFixed(1)} |`);
  }
  console.log(`${engine}: ${errors.length} errors${errors.length > 0 ? ` (${[...new Set(errors)].join(", ")})` : ""}; memory ${memory} before, ${service.memory()} at most`);
  await service.stop();
}
