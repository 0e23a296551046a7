// Writes as a service makes them all day, each of which can be sent again as a browser sends it again, and looked for
// afterwards: contacts, drafts, signed assessments, files by the end-point.

import { randomUUID } from "node:crypto";
import { dayAfter, libraList, person } from "./lists.js";

/** The ids of people whom a practitioner finds by typing the beginnings of names. */
export async function peopleOf(client) {
  const people = new Set();
  for (const start of ["al", "be", "ca", "da", "el", "ja", "jo", "ma", "mo", "sa"]) {
    const answer = await client.send(await client.open("/people"), "/people/search", { search: start });
    for (const [, id] of answer.body.matchAll(/\/people\/([0-9a-f-]{36})/g)) people.add(id);
  }
  return [...people];
}

/** Where a list that the end-point gets belongs: each to a room and day of its own, for a newer list of one replaces the older. */
const listOf = (n) => ({
  court: "B01ND", courtName: "Thames Magistrates' Court", date: dayAfter("2031-05-07", n % 60), room: (Math.floor(n / 60) % 45) + 1,
});

/** So many writes of all kinds; each `send` may be called again until it returns. */
export class Work {
  /** `token` opens the end-point for files. */
  constructor({ people, token, count }) {
    const kinds = [contact, contact, contact, draft, draft, signing, contact, draft, file, contact];
    this.all = Array.from({ length: count }, (_, n) => {
      const one = kinds[n % kinds.length];
      return { n, kind: one.name, tries: 0, done: false, send: one(n, people[n % people.length], token) };
    });
  }

  acknowledged() {
    return this.all.filter((one) => one.done);
  }

  /**
   * What is there afterwards, against what was acknowledged: which of those are lost, and which are there twice. `rowsOf`
   * gives the ranked rows of a court day.
   */
  async missing(client, rowsOf) {
    const lost = [];
    const doubled = [];
    const count = (one, times) => {
      if (times < 1) lost.push(`${one.kind} ${one.n}`);
      if (times > 1) doubled.push(`${one.kind} ${one.n}`);
    };
    const found = new Map();
    const once = async (key, read) => found.get(key) ?? found.set(key, await read()).get(key);
    for (const one of this.acknowledged()) {
      if (one.kind === "draft") {
        count(one, (await client.open(`/drafts/${one.send.id}`)).body.includes(words(one.n)) ? 1 : 0);
      } else if (one.kind === "contact") {
        const contacts = await once(`contacts ${one.send.person}`, () => contactsOf(client, one.send.person));
        count(one, contacts.filter((text) => text.includes(words(one.n))).length);
      } else if (one.kind === "signing") {
        const page = await once(one.send.there, () => client.open(one.send.there));
        count(one, page.body.includes("Signed by") && page.body.includes(words(one.n)) ? 1 : 0);
      } else {
        const { court, date } = listOf(one.n);
        const rows = await once(date, () => rowsOf(court, date));
        count(one, rows.filter((row) => row.name.startsWith(`${surname(one.n)},`)).length);
      }
    }
    return { lost, doubled };
  }
}

const words = (n) => `Plainly invented words number ${n} end`;
const surname = (n) => `FAULTLY${String(n).replace(/\d/g, (digit) => "ABCDEFGHIJ"[digit])}`;

async function contactsOf(client, personId) {
  const out = [];
  for (let page = 1; ; page += 1) {
    const { body } = await client.open(`/people/${personId}/timeline?kind=contact&page=${page}`);
    out.push(...body.split(/(?=<li)/).filter((part) => part.includes("Plainly invented words")));
    if (!body.includes(`page=${page + 1}`)) return out;
  }
}

function contact(n, personId) {
  let page;
  const path = `/people/${personId}/contacts/new`;
  const send = async (client) => {
    page ??= await client.open(path);
    const answer = await client.send(page, path, {
      agency: "gp", who: "Reception", means: "telephone", purpose: "information", outcome: "spoke", words: words(n),
    });
    return answer.status === 200 && answer.path !== path ? undefined : answer;
  };
  send.person = personId;
  return send;
}

function draft(n, personId) {
  const id = randomUUID();
  const send = async (client) => {
    const form = new URLSearchParams({
      draft_form: "Screening", draft_subject: `invented ${n}`, draft_href: `/people/${personId}/screening`, draft_version: "0", words: words(n),
    });
    const answer = await client.ask("POST", `/drafts/${id}`, form);
    return answer.status === 200 ? undefined : answer;
  };
  send.id = id;
  return send;
}

function signing(n, personId) {
  const send = async (client) => {
    // Begun twice when the answer to the first try was lost: an open one stays, and only the signed one counts.
    if (!send.there) {
      const page = await client.open(`/people/${personId}/assessments`);
      const begun = await client.send(page, `/people/${personId}/assessments`);
      if (begun.status !== 200 || !begun.path.startsWith("/assessments/")) return begun;
      send.there = begun.path;
    }
    const page = await client.open(`${send.there}/sign`);
    // A signed one leads on to the assessment itself: the try before was kept, and only its answer was lost.
    if (page.path === send.there) return undefined;
    const answer = await client.send(page, `${send.there}/sign`, { no_need_reason: words(n) });
    return answer.status === 200 && answer.path === send.there ? undefined : answer;
  };
  return send;
}

function file(n, _, token) {
  const people = [person("Ada", surname(n), "F", "1990-02-03", "")];
  return async (client) => {
    const answer = await client.sendFile(token, `list-${n}.xml`, libraList({ ...listOf(n), people, first: 5_000 + n }));
    return answer.status === 200 ? undefined : answer;
  };
}
