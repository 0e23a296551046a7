// Every page that somebody of each role can reach by links: none fails, none is wider than a phone or a laptop, and axe
// finds nothing in any kind of page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertNoSidewaysScroll, crawl, noProblems, openPage, signIn, startDemo } from "../harness.js";

const service = await startDemo();
const seen = new Set(); // kinds of page that axe looked at: the same page is not looked at again for each role
const roles = new Map(service.signIns.map((one) => [one.role, one]));

for (const [role, person] of roles) {
  test(`every page that a ${role} can reach`, async () => {
    const page = await openPage(service);
    await signIn(page, person);
    const kinds = await crawl(page, "/", async (here, kind) => {
      await assertNoSidewaysScroll(here);
      if (!seen.has(kind)) {
        seen.add(kind);
        await assertAccessible(here);
        await here.setViewportSize({ width: 320, height: 640 });
        await assertNoSidewaysScroll(here);
        await here.setViewportSize({ width: 1280, height: 800 });
      }
    }, { each: 1 });
    assert.ok(kinds.size >= 2, "there is at least a first page and one's account");
    noProblems(page);
  });
}
