// A legal adviser refers somebody and asks for a report in the same breath, on a phone without script; the nurse says who is
// meant and starts its clock. A file of referrals with rows that can't be used. The rota: a morning with nobody, and its end.
// And all of it in a service in which there is nothing yet.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertFits, boardRows, newFolder, noProblems, openPage, press, runProgram, shot, signIn, signInAs, startDemo, startService, today } from "../harness.js";

const service = await startDemo();
const adviser = signInAs(service, "court-referrer");
const nurse = signInAs(service, "practitioner");
const manager = signInAs(service, "manager");

async function as(who, options, where = service) {
  const page = await openPage(where, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  return page;
}

const group = (page, name) => page.getByRole("group", { name });
const PHONE = { width: 320, height: 640, script: false };

async function todayInto(page, name) {
  const [year, month, day] = today().split("-");
  for (const [part, value] of Object.entries({ day, month, year })) await page.locator(`[name="${name}-${part}"]`).fill(String(Number(value)));
}

test("a legal adviser refers, and asks for a report in the same breath", async () => {
  const [first] = await boardRows(service.data, "B01ND", today());
  const phone = await as(adviser, PHONE);
  await phone.goto("/refer/new");
  await group(phone, "Is somebody in danger now?").getByLabel("No", { exact: true }).check();
  await phone.getByLabel("Their name").fill(first.name);
  await phone.getByLabel("In the court cells").check();
  await phone.getByLabel("Court", { exact: true }).selectOption({ label: "Thames Magistrates' Court" });
  await todayInto(phone, "hearing");
  await phone.getByLabel("Confused, or can’t follow what is said").check();
  await phone.getByText("A report for the court is asked for as well").click();
  await phone.getByLabel("What does the court want to know?").fill("Can she follow a trial, and what would help?");
  await phone.getByLabel("By when, if it is known").fill("before two");
  await phone.getByLabel("Your name").fill("Lee Adviser");
  await phone.getByLabel("Legal adviser", { exact: true }).check();
  await phone.getByLabel("How we reach you").fill("020 7946 0000");
  await assertFits(phone);
  await shot(phone, "refer-with-report", { whole: true });
  await press(phone, "Send");
});

test("the nurse finds it among the reports, says who is meant, and starts its clock", async () => {
  const page = await as(nurse);
  await page.goto("/reports");
  await page.getByRole("heading", { name: "Asked for with a referral, not begun" }).waitFor();
  await page.getByText("Can she follow a trial, and what would help?").waitFor();
  await assertFits(page);
  await shot(page, "reports-not-begun", { whole: true });
  await page.getByRole("heading", { name: "Asked for with a referral, not begun" }).locator("xpath=following-sibling::ul[1]//a").first().click();
  await page.getByText("Say first who it is about.").waitFor();
  const whom = group(page, /You say who it is/);
  await whom.getByRole("radio").first().check();
  await press(page, "Join");
  await shot(page, "referral-with-report", { whole: true });
  await press(page, "Start the report’s clock", { role: "link" });
  assert.match(await page.getByLabel("What do they want to know?").inputValue(), /follow a trial.*\n?Wanted: before two/s);
  assert.match(await page.getByLabel("Their name and role").inputValue(), /Lee Adviser, legal adviser/);
  assert.equal(await page.getByLabel("The legal adviser", { exact: true }).isChecked(), true);
  await assertFits(page);
  await shot(page, "report-from-referral", { whole: true });
  await press(page, "Start the clock");
  await page.goto("/reports");
  assert.equal(await page.getByText("not begun").count(), 0);
  noProblems(page);
});

test("of a file, what is good is taken, and what is left out is named with its line", async () => {
  const page = await as(nurse);
  await page.goto("/referrals-in/file");
  const send = async (name, text) => {
    await page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text, "latin1") });
    await press(page, "Take it in");
    await assertFits(page);
  };
  await press(page, "Take it in");
  await page.getByRole("link", { name: "Choose a file" }).waitFor();
  const heading = "name;court;hearing date;place;danger;worries;referred by;role;contact";
  await send("list.csv", `${heading}\r\nZo\xeb Fileworthy;Thames Magistrates' Court;${today()};In the court cells;No;Seems very low;Ren\xe9e Example;Solicitor;020 7946 0000\r\n;;;;;;;;\r\nNobody Known;Mars;;cells;no;voices;;solicitor;x\r\n`);
  await page.getByText("1 new, 0 had come before, 1 left out.").waitFor();
  await page.getByText(/Line 4: .*“Mars” is no court/).waitFor();
  await shot(page, "referrals-file", { whole: true });
  await press(page, "Zoë Fileworthy", { role: "link" });
  await page.goto("/referrals-in/file");
  await send("picture.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0d");
  await page.getByText("No column is called “name”").waitFor();
  await shot(page, "referrals-file-bad", { whole: true });
  noProblems(page);
});

test("a morning with nobody is a task of the manager's until somebody is put there", async () => {
  const page = await as(manager);
  await page.goto("/rota");
  // The demo leaves one court a Friday without anybody: in this week or the next.
  if ((await page.getByRole("link", { name: /^Put somebody at/ }).count()) === 0) await press(page, "The week after", { role: "link" });
  await assertFits(page);
  await shot(page, "rota", { whole: true });
  const gaps = await page.getByRole("link", { name: /^Put somebody at/ }).count();
  assert.ok(gaps > 0);
  await press(page, /^Put somebody at/, { role: "link" });
  await press(page, "Put on the rota");
  await page.getByRole("link", { name: "Choose who" }).waitFor();
  await assertFits(page);
  await page.getByLabel("Who", { exact: true }).selectOption({ label: "Mira Quillbrook" });
  await press(page, "Put on the rota");
  assert.equal(await page.getByRole("link", { name: /^Put somebody at/ }).count(), gaps - 1);
  await page.getByRole("link", { name: /^Mira Quillbrook/ }).first().click();
  await page.getByLabel("Take it off the rota").check();
  await press(page, "Save");
  assert.equal(await page.getByRole("link", { name: /^Put somebody at/ }).count(), gaps);
  noProblems(page);
});

test("in a service in which there is nothing yet, every page says so and what to do", async () => {
  const data = newFolder();
  await runProgram(data, "migrate");
  const empty = await startService({ data, settings: { ALONGSIDE_SECOND_FACTOR: "off" } });
  const { execFileSync } = await import("node:child_process");
  const program = process.env.ALONGSIDE_BIN ?? `${process.env.CARGO_TARGET_DIR ?? "../target"}/debug/alongside`;
  const add = (name, email, role) =>
    execFileSync(program, ["user", "add", name, email, "--role", role], { env: { ...process.env, ALONGSIDE_DATA: data }, input: "seven plain empty words\n" });
  add("Ada Example", "ada@example.org", "administrator");
  add("Max Example", "max@example.org", "manager");
  const who = (email) => ({ email, password: "seven plain empty words" });
  const admin = await as(who("ada@example.org"), {}, empty);
  await admin.goto("/backups");
  await admin.getByText("No backup was ever proven here.").waitFor();
  await assertFits(admin);
  await shot(admin, "backups-empty", { whole: true });
  const page = await as(who("max@example.org"), PHONE, empty);
  for (const path of ["/rota", "/rota/new", "/tasks", "/diary", "/reports", "/referrals-in", "/referrals-in/file", "/referrals", "/directory", "/information"]) {
    await page.goto(path);
    await assertFits(page);
    await shot(page, `empty${path.replaceAll("/", "-")}`, { whole: true });
  }
  noProblems(page);
});
