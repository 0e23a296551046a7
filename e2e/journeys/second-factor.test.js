// Second factors, as a practitioner meets them: nothing opens before one is set up; then a code app (also without script),
// a recovery code, and a passkey in a virtual authenticator of the browser.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { assertAccessible, assertFits, noProblems, openPage, press, signInAs, startDemo } from "../harness.js";

const service = await startDemo({ settings: { ALONGSIDE_SECOND_FACTOR: "by-role" }, host: "localhost" });
const practitioner = signInAs(service, "practitioner");
const manager = signInAs(service, "manager");

for (const [how, who, options] of [
  ["with script", practitioner, {}],
  ["without script, on a phone", signInAs(service, "administrator"), { script: false, width: 320 }],
]) {
  test(`a code app is set up and asked for ${how}`, async () => {
    const page = await openPage(service, options);
    await password(page, who);
    await page.waitForURL("**/account/second-factor");
    await assertFits(page);
    await page.goto("/courts");
    assert.equal(new URL(page.url()).pathname, "/account/second-factor", "nothing opens before");
    await page.getByLabel("Your present password", { exact: true }).fill(who.password);
    await press(page, "Set up a code app");
    await assertFits(page);
    assert.ok(await page.getByAltText(/Square code/).evaluate((img) => img.complete && img.naturalWidth > 100));
    const seed = (await page.locator(".al-code").innerText()).replaceAll(" ", "");
    await page.getByLabel("Six figures").fill("000000");
    await press(page, "Confirm");
    await page.getByRole("alert").getByText("There is a problem").waitFor();
    await assertAccessible(page);
    await page.getByLabel("Six figures").fill(code(seed));
    await press(page, "Confirm");
    await page.getByRole("heading", { name: "Your code app is set up" }).waitFor();
    await assertFits(page);
    const recovery = await page.locator(".al-code").first().innerText();

    const again = await openPage(service, options);
    await password(again, who);
    await again.waitForURL("**/sign-in/code**");
    await assertFits(again);
    await again.getByLabel("Code", { exact: true }).fill(recovery);
    await press(again, "Go on");
    await again.getByRole("button", { name: "Sign out" }).waitFor();
    await again.goto("/account/sessions");
    assert.equal(await again.getByRole("row").count(), 3, "both sessions are listed, below the headings");
    await assertFits(again);
    noProblems(page);
    noProblems(again);
  });
}

test("a passkey is made, signs in without a password, and is taken away", async () => {
  const page = await openPage(service);
  const authenticator = await virtualAuthenticator(page);
  await password(page, manager);
  await page.waitForURL("**/account/second-factor");
  await page.getByLabel("Your present password", { exact: true }).fill("not the password");
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.getByText("The present password does not fit").waitFor();
  await assertAccessible(page);
  await page.getByLabel("Your present password", { exact: true }).fill(manager.password);
  await page.getByLabel("A name for it").fill("court laptop");
  await page.getByRole("button", { name: "Make a passkey" }).click();
  await page.getByRole("heading", { name: /Your passkey is made/ }).waitFor();
  assert.equal(await page.locator(".al-code").count(), 10);
  await assertAccessible(page);
  await press(page, "I have kept them", { role: "link" });
  await page.getByRole("button", { name: "Sign out" }).click();

  await page.waitForURL("**/sign-in**");
  await assertAccessible(page);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
  await page.goto("/account/second-factor");
  await page.getByText("Passkey “court laptop”").first().waitFor();
  await assertFits(page);

  // Somebody else's password opens the question, which a passkey answers too.
  await page.getByRole("button", { name: "Sign out" }).click();
  await password(page, manager);
  await page.waitForURL("**/sign-in/code**");
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();

  await page.goto("/account/second-factor");
  await page.getByLabel("Your present password", { exact: true }).fill(manager.password);
  await press(page, "Take passkey “court laptop” away");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByText("This passkey was not accepted").waitFor();
  await authenticator.detach();
  noProblems(page);
});

async function password(page, { email, password: typed }) {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(typed);
  await press(page, "Sign in");
}

async function virtualAuthenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return devtools;
}

/** The six figures that a code app shows now for a seed in base 32 (RFC 6238). */
function code(seed) {
  const bits = [...seed].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at = hash[19] & 0xf;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
