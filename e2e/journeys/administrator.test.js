// The administrator sets up a project for a court whose lists came in before anybody served it; then its practitioner
// has a board.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PEOPLE,
  answers,
  assertAccessible,
  importFiles,
  libraList,
  noProblems,
  openPage,
  press,
  rowOf,
  signIn,
  signInAs,
  startDemo,
  today,
} from "../harness.js";

const service = await startDemo();
const tad = signInAs(service, "administrator");
const court = "B99XA";
const board = `/courts/${court}/${today()}`;

test("a list that came before its court was set up appears once the court is linked", async () => {
  const list = libraList({ court, courtName: "Inventedville Magistrates' Court", date: today() });
  const report = await importFiles(service.data, { name: "early.xml", text: list });
  assert.equal(JSON.stringify(report).includes("TESTPERSON"), false, "a report of an import names nobody");

  const page = await openPage(service);
  await signIn(page, tad);
  await page.goto("/imports");
  await page.getByText("no project serves this court").waitFor();
  assert.match(await page.getByRole("main").innerText(), /6 people/);
  assert.equal((await page.content()).includes("TESTPERSON"), false, "an administrator sees no person");
  await answers(page, board, 404);

  await page.goto("/projects");
  await press(page, "Set up a project");
  await assertAccessible(page);
  await press(page, "Set up project");
  await page.getByRole("link", { name: "Enter the project's name" }).waitFor();
  await assertAccessible(page);
  await page.getByLabel("Name", { exact: true }).fill("Inventedville court liaison");
  await page.getByRole("radio").first().check();
  await press(page, "Set up project");
  await page.getByRole("heading", { name: "Inventedville court liaison" }).waitFor();
  await page.getByLabel("Add a borough").fill("Inventedville");
  await press(page, "Add borough");
  await assertAccessible(page);

  await page.goto("/imports");
  await press(page, "Link this court", { role: "link" });
  assert.equal(await page.getByLabel("Court code").inputValue(), court);
  assert.match(await page.getByLabel("Name", { exact: true }).inputValue(), /Inventedville/);
  await page.getByLabel("Served by").selectOption({ label: "Inventedville court liaison" });
  await press(page, "Add court");
  await assertAccessible(page);

  await page.goto("/accounts/new");
  await assertAccessible(page);
  await press(page, "Let in");
  await page.getByRole("alert").getByText("There is a problem").waitFor();
  await assertAccessible(page);
  const newcomer = { email: "io@example.org", password: "an invented pass phrase" };
  await page.getByLabel("Name", { exact: true }).fill("Io Invented");
  await page.getByLabel("E-mail address").fill(newcomer.email);
  await page.getByLabel("Role").selectOption({ label: "Practitioner" });
  await page.getByLabel("Where").selectOption({ label: "Inventedville court liaison" });
  await press(page, "Let in");
  await page.getByRole("heading", { name: "One-time link made" }).waitFor();
  await assertAccessible(page);
  const link = await page.getByLabel("Link").inputValue();
  await press(page, "I have copied it", { role: "button" });
  await page.getByRole("heading", { name: "Io Invented" }).waitFor();
  await assertAccessible(page);

  const theirs = await openPage(service);
  await theirs.goto(link);
  await assertAccessible(theirs);
  assert.equal((await theirs.content()).includes("Io Invented"), false, "a link names nobody");
  await theirs.getByLabel("Password", { exact: true }).fill(newcomer.password);
  await theirs.getByLabel("Password once more", { exact: true }).fill(newcomer.password);
  await press(theirs, "Choose password");
  await assertAccessible(theirs);
  await signIn(theirs, newcomer);
  await theirs.goto("/courts");
  assert.equal(new URL(theirs.url()).pathname, board, "one court: its board is the first page");
  for (const one of PEOPLE) assert.equal(await rowOf(theirs, `${one.surname}, ${one.forename}`).count(), 1);
  assert.equal(await theirs.getByRole("link", { name: "Projects" }).count(), 0);
  await answers(theirs, `/courts/B01ND/${today()}`, 404);

  await page.goto("/projects");
  await press(page, "Inventedville court liaison", { role: "link" });
  await press(page, /^Unlink/);
  await answers(theirs, board, 404);
  noProblems(page);
});
