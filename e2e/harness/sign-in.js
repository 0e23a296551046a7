// Signing in as one of the people whom the demo offers.

import assert from "node:assert/strict";

/** The demo's sign-in with this role. */
export function signInAs(service, role) {
  const found = service.signIns.find((one) => one.role === role);
  assert.ok(found, `the demo offers no ${role}; it offers ${service.signIns.map((one) => one.role).join(", ")}`);
  return found;
}

/** Fills in the sign-in page, from wherever the page is. */
export async function signIn(page, { email, password }) {
  if (!page.url().includes("/sign-in")) await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}
