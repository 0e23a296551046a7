// Sqlmap on every parameter of every kind of form and page that any role can send: each parameter is tried, and at length where
// the answer looks as if it could matter. What people type into to search is tried at length in any case.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, newFolder, scan, startDemo, surface } from "../harness.js";

const LEAVE_OUT = ["/sign-out", "/account", "/session"]; // else it ends its own session
const AT_LENGTH = ["/people/search", "/people/duplicates", "/directory", "/referrals", "/tasks", "/audit", "/courts"];
const COMMON = ["--batch", "--flush-session", "--disable-coloring", "--drop-set-cookie", "--technique=BEU", "--timeout=20", "--retries=1", "--threads=1", "--ignore-code=*", "--answers=redirect=N,follow=N,really sure=Y", "-v", "1"];

test("sqlmap finds no parameter that reaches a statement", { timeout: 7_200_000 }, async (t) => {
  const service = await startDemo();
  const tried = new Set();
  const injectable = [];
  const [counts, folder] = [{ briefly: 0, "at length": 0 }, newFolder()];
  for (const role of ["practitioner", "manager", "administrator", "records-guardian", "court-referrer", "probation-officer", "clinical-partner", "link-worker", "commissioner"]) {
    const client = await Client.signedIn(service.url, service.signIns.find((one) => one.role === role));
    for (const { method, address, fields } of asRequests(await surface(client, { leaveOut: LEAVE_OUT }))) {
      const key = `${method} ${address.pathname.replace(/[0-9a-f-]{36}/g, "<id>")} ${[...fields.keys()].sort().join(" ")}`;
      if (tried.has(key) || fields.size === 0) continue;
      tried.add(key);
      const length = AT_LENGTH.some((start) => address.pathname === start) ? "at length" : "briefly";
      counts[length] += 1;
      const args = ["-u", address.href, "--cookie", client.cookies(), "--output-dir", folder, ...COMMON];
      if (method === "POST") args.push("--data", new URLSearchParams([...fields]).toString());
      if (length === "briefly") args.push("--smart");
      const { code, said } = await scan("sqlmap", args, { seconds: 300 });
      assert.notEqual(code, null, `${key}: cut off\n${said}`);
      assert.match(said, /do not appear to be injectable|is not injectable|injection point|all tested parameters|skipping/i, `${key} was not tried:\n${said}`);
      if (/identified the following injection point/.test(said)) injectable.push(`${key}\n${said}`);
    }
  }
  t.diagnostic(`${tried.size} kinds of request: ${counts["at length"]} at length, ${counts.briefly} briefly`);
  assert.deepEqual(injectable, []);
  assert.ok(service.isRunning());
  assert.doesNotMatch(service.said(), /panicked/);

  function asRequests({ pages, forms }) {
    const read = pages.map((page) => new URL(page, service.url)).map((address) => ({ method: "GET", address, fields: address.searchParams }));
    const sent = forms.map(({ method, action, fields }) => {
      const address = new URL(action, service.url);
      if (method === "GET") for (const [name, value] of fields) address.searchParams.set(name, value);
      return { method, address, fields: method === "GET" ? address.searchParams : fields };
    });
    return [...sent, ...read];
  }
});
