// Single sign-on against a real provider of OpenID Connect: linked on the account page, used from a page that was asked for;
// somebody it knows and we do not; signing out of both; and the day it is down.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFits, noProblems, openPage, press, signIn, signInAs, startDemo, startProvider } from "../harness.js";

const provider = await startProvider();
const settings = { ...provider.settings, ALONGSIDE_OIDC_ELSE: "tad@example.org,nell@example.org,juno@example.org" };
const service = await startDemo({ settings });
provider.letIn(service.url);
const [nell, juno] = ["nell", "juno"].map((name) => service.signIns.find((one) => one.email.startsWith(name)));

/** As `openPage`; what the provider's own pages ask of other machines is answered with nothing. */
async function openHere(at, options) {
  const page = await openPage(at, options);
  await page.route((url) => url.hostname !== "127.0.0.1", (route) => route.fulfill({ body: "", contentType: "text/css" }));
  return page;
}

/** Says at the provider who one is. */
async function sayWho(page, name) {
  await page.waitForURL(`${provider.issuer}/interaction/**`);
  await page.locator("input[name=login]").fill(name);
  await page.locator("input[name=password]").fill("anything");
  await page.locator("button[type=submit]").click();
  // The first time it asks whether we may know.
  const agree = page.locator("button[type=submit]", { hasText: "Continue" });
  await Promise.race([agree.waitFor(), page.waitForURL(`${service.url}/**`)]);
  if (page.url().startsWith(provider.issuer)) await agree.click();
  await page.waitForURL(`${service.url}/**`);
}

for (const [how, who, name, options] of [
  ["with script", nell, "a.linked", {}],
  ["without script, on a phone", juno, "b.linked", { script: false, width: 320 }],
]) {
  test(`an identity is linked, and signs in from the page that was asked for ${how}`, async () => {
    const page = await openHere(service, options);
    await signIn(page, who);
    await page.goto("/account");
    await assertFits(page);
    await page.getByLabel("Present password, to link or unlink").fill(who.password);
    await press(page, "Link Trust sign-in");
    await page.getByRole("heading", { name: "Go on to Trust sign-in" }).waitFor();
    await assertFits(page);
    await page.getByRole("button", { name: "Go on to Trust sign-in" }).click();
    await sayWho(page, name);
    await page.getByText("Your sign-in is linked.").waitFor();
    await assertFits(page);

    const again = await openHere(service, options);
    await again.goto("/people");
    await assertFits(again);
    await again.getByRole("button", { name: "Sign in through Trust sign-in" }).click();
    await sayWho(again, name);
    await again.waitForURL("**/people");

    // Out here is not yet out there: the page says so, and leads there.
    await press(again, "Sign out");
    await assertFits(again);
    await again.getByRole("link", { name: "sign out of Trust sign-in too" }).click();
    await again.waitForURL(`${provider.issuer}/**`);
    await again.locator("button[value=yes], button[name=logout]").first().click();
    await again.waitForURL(`${service.url}/sign-in**`);
    await again.getByRole("button", { name: "Sign in through Trust sign-in" }).click();
    await again.waitForURL(`${provider.issuer}/interaction/**`);
    noProblems(page);
  });
}

test("somebody whom the provider knows and nobody here is told what to do, and sees nothing", async () => {
  const page = await openHere(service);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in through Trust sign-in" }).click();
  await sayWho(page, "z.stranger");
  await page.getByRole("heading", { name: "No account here goes with this sign-in" }).waitFor();
  await assertFits(page);
  await page.goto("/people");
  assert.match(page.url(), /\/sign-in/);
});

test("whoever says no at the provider is back at the beginning, in words", async () => {
  const page = await openHere(service);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in through Trust sign-in" }).click();
  await page.waitForURL(`${provider.issuer}/interaction/**`);
  await page.getByRole("link", { name: /cancel/i }).click();
  await page.getByRole("heading", { name: "You are not signed in" }).waitFor();
  await assertFits(page);
});

test("the day the provider is down, named accounts sign in with their password, and the page says what is wrong", async () => {
  provider.stop();
  const down = await startDemo({ settings });
  const page = await openHere(down);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Sign in through Trust sign-in" }).click();
  await page.getByRole("heading", { name: "Trust sign-in does not answer" }).waitFor();
  await assertFits(page);
  await page.getByRole("button", { name: "To the sign-in page" }).click();
  await signIn(page, signInAs(down, "administrator"));
  const other = await openHere(down);
  await other.goto("/sign-in");
  const manager = signInAs(down, "manager");
  await other.getByLabel("E-mail address").fill(manager.email);
  await other.getByLabel("Password", { exact: true }).fill(manager.password);
  await press(other, "Sign in");
  await other.getByText("do not fit together").first().waitFor();
  await assertFits(other);
});
