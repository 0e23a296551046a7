// The server is killed while many files come in, by end-point and by page. Nothing that it acknowledged is lost, and
// sending everything again doubles nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PEOPLE, boardRows, libraList, openPage, runProgram, signIn, signInAs, startDemo, startService, upload, xmlFile } from "../harness.js";

const court = "B01ND";
const date = "2031-05-06"; // a day without a demo list
const FILES = 48; // rooms from 50 on are dummy rooms
const first = await startDemo();

/** File number `n`: a room of its own, its cases and its people found nowhere else. */
function file(n) {
  const people = PEOPLE.map((one) => ({ ...one, surname: `${one.surname}-${letters(n)}`, pnc: "", escort: undefined }));
  return libraList({ court, courtName: "Thames Magistrates' Court", date, room: n + 1, people, first: 1000 + n * 10 });
}
const letters = (n) => String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26));

async function send(service, token, n) {
  const answer = await fetch(`${service.url}/api/imports`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "x-file-name": `room-${n + 1}.xml` },
    body: file(n),
  });
  return { status: answer.status, reading: await answer.json() };
}

test("killed while files come in: nothing acknowledged is lost, nothing is doubled", async () => {
  const token = /\S{20,}/.exec(await runProgram(first.data, "token", "add", "list gateway"))[0];
  const page = await openPage(first);
  await signIn(page, signInAs(first, "practitioner"));

  // The second half goes in by page, the first by end-point, three at a time; after ten answers the server is shot.
  const half = FILES / 2;
  const byPage = Array.from({ length: half }, (_, n) => xmlFile(`room-${half + n + 1}.xml`, file(half + n)));
  const acknowledged = [];
  const waiting = Array.from({ length: half }, (_, n) => n);
  let killed;
  const sender = async () => {
    for (let n = waiting.shift(); n !== undefined; n = waiting.shift()) {
      try {
        const { status, reading } = await send(first, token, n);
        assert.equal(status, 200);
        acknowledged.push({ n, import: reading.import });
      } catch (error) {
        if (!killed) throw error;
        return;
      }
      if (acknowledged.length >= 10) killed ??= first.stop("SIGKILL");
    }
  };
  await Promise.all([upload(page, byPage).catch(() => "the line broke"), sender(), sender(), sender()]);
  await killed;
  assert.ok(acknowledged.length >= 10 && acknowledged.length < half, `${acknowledged.length} were answered`);

  const again = await startService({ data: first.data });
  const rowsOf = async () => (await boardRows(first.data, court, date)).map((row) => row.name);
  const survived = await rowsOf();
  for (const { n } of acknowledged) {
    for (const one of PEOPLE) assert.ok(survived.includes(`${one.surname}-${letters(n)}, ${one.forename}`), `room ${n + 1} was acknowledged and is lost`);
  }
  assert.equal(survived.length % PEOPLE.length, 0, "no file is taken by half");
  assert.equal(new Set(survived).size, survived.length, "nobody is there twice");

  const listings = new Map((await boardRows(first.data, court, date)).map((row) => [row.name, row.listing]));
  for (let n = 0; n < FILES; n += 1) {
    const { status, reading } = await send(again, token, n);
    assert.equal(status, 200);
    const before = acknowledged.find((one) => one.n === n);
    if (before) assert.equal(reading.import, before.import, "the same bytes are the same import");
  }
  const whole = await boardRows(first.data, court, date);
  assert.equal(whole.length, FILES * PEOPLE.length);
  assert.equal(new Set(whole.map((row) => row.name)).size, whole.length, "nobody is there twice");
  for (const row of whole) if (listings.has(row.name)) assert.equal(row.listing, listings.get(row.name), "a line keeps its id");
  const checks = await runProgram(first.data, "doctor", "--json");
  assert.ok(JSON.parse(checks), "the doctor finds the data whole");
});
