// Wapiti as each role and as nobody: injection, stored and reflected script, file inclusion, commands, redirects, headers.
// Not LDAP, since nothing speaks it and any filter of a board looks like it. On a demo of its own, which it may spoil. It is given our own list of pages and forms, since its crawler knows no limits.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { Client, newFolder, scan, startDemo, surface } from "../harness.js";

const MODULES = "sql,xss,permanentxss,file,exec,crlf,redirect,upload,methods,cookieflags,http_headers,csp,htaccess";
const [CRAWL, ATTACK] = [60, 45]; // seconds, the latter for each module
const LEAVE_OUT = ["/sign-out", "/sign-in", "/account", "/session"]; // else it ends its own session
// What may stand there, and why. Anything else fails.
const EXPLAINED = [
  [/Secure Flag cookie/, "the scan is over http; with an https address the cookie is Secure (`a_browser_that_came_over_https_comes_over_nothing_else`)"],
  [/HTTP Strict Transport Security|Strict-Transport-Security/, "the same"],
];

for (const role of [undefined, "practitioner", "link-worker", "manager", "administrator", "court-referrer", "probation-officer", "clinical-partner", "records-guardian", "commissioner"]) {
  test(`wapiti as ${role ?? "nobody"}`, { timeout: 1_800_000 }, async (t) => {
    const service = await startDemo();
    const who = service.signIns.find((one) => one.role === role);
    assert.ok(who || role === undefined, `the demo offers no ${role}`);
    const client = who ? await Client.signedIn(service.url, who) : new Client(service.url);
    const leaveOut = who ? LEAVE_OUT : [];
    const { pages, forms } = await surface(client, { leaveOut });
    const folder = newFolder();
    const report = path.join(folder, "report.json");
    const args = ["-u", `${service.url}/`, "--scope", "folder", "-m", MODULES, "-f", "json", "-o", report, "--flush-session", "--store-session", folder, "--store-config", folder];
    args.push("--max-scan-time", String(CRAWL), "--max-attack-time", String(ATTACK), "--max-parameters", "40", "--max-links-per-page", "60", "-d", "3", "-t", "20", "--no-bugreport", "-v", "0");
    for (const page of pages) args.push("-s", service.url + page);
    for (const start of leaveOut) args.push("-x", `${service.url}${start}*`);
    if (who) args.push("-H", `Cookie: ${client.cookies()}`);
    const { code, said } = await scan("wapiti", args, { seconds: 1_500, cwd: folder });
    assert.equal(code, 0, said);
    const { vulnerabilities, anomalies, additionals, infos } = JSON.parse(readFileSync(report, "utf8"));
    if (who) assert.doesNotMatch(JSON.stringify(additionals), /POST \(401\)/, "it was signed in");
    const found = Object.entries({ ...vulnerabilities, ...anomalies }).flatMap(([kind, all]) => all.map((one) => ({ kind, ...one })));
    const unexplained = found.filter((one) => !EXPLAINED.some(([words]) => words.test(`${one.kind} ${one.info}`)));
    t.diagnostic(`${pages.length} pages, ${forms.length} kinds of form; ${infos.crawled_pages_nbr} addresses attacked; ${found.length} findings, ${unexplained.length} unexplained`);
    if (process.env.SECURITY_REPORTS) writeFileSync(path.join(process.env.SECURITY_REPORTS, `wapiti-${role ?? "nobody"}.json`), readFileSync(report));
    assert.deepEqual(unexplained.map((one) => `${one.kind}: ${one.method} ${one.path} ${one.parameter ?? ""} ${one.info}`), []);
    assert.ok(service.isRunning());
    assert.doesNotMatch(service.said(), /panicked/);
  });
}
