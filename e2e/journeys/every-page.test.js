// Every page that somebody of each role can reach by links: none fails, none is wider than a phone or a laptop, and axe
// finds nothing in any kind of page.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertAccessible,
  assertNoSidewaysScroll,
  boardRows,
  crawl,
  noProblems,
  openPage,
  signIn,
  startDemo,
  today,
} from "../harness.js";

const service = await startDemo();
const seen = new Set(); // kinds of page that axe looked at: the same page is not looked at again for each role
const roles = new Map(service.signIns.map((one) => [one.role, one]));
const HUBS = ["/listings/<id>", "/people/<id>", "/psychiatry/<id>", "/warnings/<id>", "/assessments/<id>", "/reports/<id>", "/referrals/<id>", "/referrals-in/<id>"];
// Pages that the demo must lead to: where one is missing, nobody has looked at it.
const CLINICAL = [
  "/listings/<id>/screening",
  "/screenings/<id>",
  "/screenings/<id>/correct",
  "/people/<id>",
  "/people/<id>/consent",
  "/people/<id>/consent/decide",
  "/people/<id>/consent/told",
  "/warnings",
  "/warnings/<id>",
  "/warnings/<id>/form",
  "/warnings/<id>/handover",
  "/people/<id>/assessments",
  "/assessments/<id>",
  "/assessments/<id>/topics/mental-state",
  "/assessments/<id>/needs",
  "/assessments/<id>/print",
  "/people/<id>/questionnaires",
  "/people/<id>/questionnaires/<id>/fill",
  "/listings/<id>/triage",
  "/triage/<id>",
  "/psychiatry",
  "/psychiatry/<id>",
  "/psychiatry/<id>/parts/doctor-1",
  "/psychiatry/<id>/send",
  "/listings/<id>/reports/new",
  "/listings/<id>/spoken",
  "/reports",
  "/reports/<id>",
  "/reports/<id>/write",
  "/reports/<id>/versions/<id>",
  "/reports/<id>/deliver",
  "/recommendations",
  "/referrals",
  "/referrals/<id>",
  "/referrals/services",
  "/referrals-in",
  "/referrals-in/<id>",
  "/referrals-in/new",
  "/referrals-in/file",
  "/referrals-in/doors",
  "/directory",
  "/directory/<id>",
  "/directory/review",
  "/information",
  "/contacts/<id>",
  "/people/<id>/timeline",
  "/people/<id>/advice/new",
  "/tasks",
  "/tasks/new",
  "/tasks/away",
  "/rota",
  "/rota/new?day",
  "/rota/<id>?day",
  "/diary",
  "/diary/new",
];
const REACHED = {
  practitioner: CLINICAL,
  manager: [...CLINICAL, "/countersign", "/partner-services", "/partner-services/<id>", "/disclosures/approvals", "/questionnaires/<id>", "/letterheads", "/letterheads/<id>", "/directory/new", "/directory/<id>/change", "/directory/files", "/post", "/people/<id>/keeping", "/people/<id>/subject-access", "/subject-access"],
  "clinical-partner": ["/requests", "/requests/<id>"],
  "link-worker": ["/warnings", "/referrals", "/directory", "/information"],
  "court-referrer": ["/refer", "/refer/new"],
  administrator: ["/retention", "/retention/person", "/retention/runs/<id>"],
  "records-guardian": ["/retention", "/retention/line", "/retention/runs/<id>", "/people/<id>/keeping", "/subject-access", "/subject-access/<id>", "/subject-access/<id>/passages"],
};

/** The lines of the court day before today: the demo works it through, so what colleagues did in full stands there. */
async function dayBefore(court) {
  for (let back = 1; back < 8; back += 1) {
    const day = new Date(`${today()}T12:00:00Z`);
    day.setUTCDate(day.getUTCDate() - back);
    const rows = await boardRows(service.data, court, day.toISOString().slice(0, 10)).catch(() => []);
    if (rows.length > 0) return rows;
  }
  throw new Error("the demo has no court day before today");
}

/** Somebody's assessment at one of the courts this person sees, found over the line they were seen on. */
async function anAssessment(page) {
  await page.goto("/courts");
  const courts = await page.locator("a[href^='/courts/']").evaluateAll((links) => links.map((link) => link.href));
  for (const court of new Set(courts.map((href) => new URL(href).pathname.split("/")[2]))) {
    for (const { listing } of await dayBefore(court)) {
      await page.goto(`/listings/${listing}/assess`);
      const link = page.locator("a[href^='/assessments/']");
      if ((await link.count()) > 0) return link.first().getAttribute("href");
    }
  }
  throw new Error("the demo has no assessment that this person sees");
}

for (const [role, person] of roles) {
  test(`every page that a ${role} can reach`, async () => {
    const page = await openPage(service);
    await signIn(page, person);
    const starts = ["practitioner", "manager"].includes(role) ? ["/", "/reports", "/reports?show=done", "/referrals?show=ended", "/information", await anAssessment(page)] : ["/"];
    const kinds = await crawl(page, starts, async (here, kind) => {
      await assertNoSidewaysScroll(here);
      if (!seen.has(kind)) {
        seen.add(kind);
        await assertAccessible(here);
        await here.setViewportSize({ width: 320, height: 640 });
        await assertNoSidewaysScroll(here);
        await here.setViewportSize({ width: 1280, height: 800 });
      }
    }, { each: 1, hubs: HUBS });
    assert.ok(kinds.size >= 2, "there is at least a first page and one's account");
    for (const kind of REACHED[role] ?? []) assert.ok(kinds.has(kind), `a ${role} reaches ${kind}: ${[...kinds.keys()].join(" ")}`);
    noProblems(page);
  });
}
