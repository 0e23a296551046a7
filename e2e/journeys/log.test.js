// The log holds no person, however much of it is asked for: a morning's work and what goes wrong in it, with every level on.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { Client, PEOPLE, escortRecords, libraList, peopleOf, runProgram, signInAs, startDemo, surface, today } from "../harness.js";

const COURT = { court: "B01ND", courtName: "Thames Magistrates' Court", date: today() };
const TYPED = "Zorblaxine plainly typed words";

test("nothing of a person stands in the log, at its most talkative and in either form", { timeout: 300_000 }, async (t) => {
  for (const format of ["words", "json"]) {
    const service = await startDemo({ settings: { ALONGSIDE_LOG: "trace", ALONGSIDE_LOG_FORMAT: format } });
    const who = signInAs(service, "practitioner");
    const client = await Client.signedIn(service.url, who);
    const token = /[0-9a-zA-Z_-]{40,}/.exec(await runProgram(service.data, "token", "add", "invented gateway"))[0];
    await client.sendFile(token, `list of ${PEOPLE[0].surname}.xml`, libraList(COURT));
    await client.sendFile(token, "records.json", JSON.stringify(escortRecords(COURT)));
    await client.sendFile(token, "broken.xml", `<documents><defendant>${PEOPLE[0].surname}`);
    const [person] = await peopleOf(client);
    await client.send(await client.open("/people"), "/people/search", { search: PEOPLE[0].surname });
    await client.ask("POST", `/drafts/${randomUUID()}`, new URLSearchParams({ draft_form: "Screening", draft_subject: "x", draft_href: "/courts", draft_version: "0", words: TYPED }));
    await client.ask("GET", `/people/${person}`);
    await client.ask("GET", `/people/${PEOPLE[0].surname}`); // an address that can't be one
    await client.ask("POST", "/people/search", new URLSearchParams({ search: TYPED, page: "-1" }));
    await new Client(service.url).send(await new Client(service.url).open("/sign-in"), "/sign-in", { email: TYPED, password: "Zorblaxine password" });
    const socket = connect(Number(new URL(service.url).port), "127.0.0.1");
    socket.write(`${PEOPLE[0].surname} is no request\r\n\r\n`); // told at a level below the usual
    await once(socket.resume(), "close");
    const { pages } = await surface(client, { leaveOut: ["/sign-out"], most: 120 });

    const said = service.said();
    const lines = said.split("\n").filter(Boolean);
    t.diagnostic(`${format}: ${pages.length} kinds of page, ${lines.length} lines of log`);
    assert.match(said, /a connection ended early/, "every level is on");
    if (format === "json") for (const line of lines.filter((one) => one.startsWith("{"))) JSON.parse(line);
    const secrets = [TYPED, "Zorblaxine", who.password, token];
    for (const one of PEOPLE) secrets.push(one.surname, one.forename, one.born, one.pnc);
    for (const secret of secrets.filter(Boolean)) assert.ok(!said.includes(secret), `the log has ${secret}: ${lines.find((line) => line.includes(secret))}`);
    await service.stop("SIGKILL");
  }
});
