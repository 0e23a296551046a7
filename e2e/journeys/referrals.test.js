// From a solicitor's link to an appointment attended: referred in without an account, on the board, seen and assessed; three
// services chosen from needs, one of which does not take women's service users like this one and one nobody asked about; the
// service's own page, in Welsh too; missed for the service's reason, booked again, attended; and the figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertFits, boardRows, hearingMessage, importFiles, noProblems, openPage, press, shot, signIn, signInAs, startDemo, today } from "../harness.js";

const service = await startDemo();
const nurse = signInAs(service, "practitioner");
const manager = signInAs(service, "manager");
const board = `/courts/B01ND/${today()}`;
const MARLA = { forename: "Marla", surname: "HELPWORTHY", born: "1991-05-04", gender: "FEMALE", urn: "01ZZ0088838", nth: 4 };

async function as(who, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  return page;
}

/** A page for somebody without an account, as on a phone. */
const stranger = (options = {}) => openPage(service, { viewport: { width: 320, height: 640 }, ...options });
const group = (page, name) => page.getByRole("group", { name });
const at = (page) => new URL(page.url()).pathname;

/** Day, month, year and time of a moment so many hours from now, into a form. */
async function moment(page, name, hours, time = true) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", hour12: false }).formatToParts(new Date(Date.now() + hours * 3600e3)).map((part) => [part.type, part.value]));
  for (const part of ["day", "month", "year"]) await page.locator(`[name="${name}-${part}"]`).fill(parts[part]);
  if (time) await page.locator(`[name="${name}-time"]`).fill(`${parts.hour}:${parts.minute}`);
}

let link;
let receipt;
let incoming;
let line;
let person;
let referral;

test("a nurse makes a link for a solicitor, and the solicitor refers by telephone in the corridor, without script", async () => {
  const page = await as(nurse);
  await importFiles(service.data, { name: "hearing.json", text: hearingMessage(MARLA, "00:00:12") });
  await page.goto("/referrals-in/doors");
  await assertFits(page);
  await page.getByLabel("A one-time link").check();
  await page.getByLabel("For whom, or where it will hang").fill("Sample Solicitors");
  await page.getByLabel("Project", { exact: true }).selectOption({ label: "Thames court liaison" });
  await press(page, "Make it");
  link = new URL(await page.getByLabel("The link").inputValue()).pathname;
  noProblems(page);

  const phone = await stranger({ javaScriptEnabled: false });
  await phone.goto(link);
  await assertFits(phone);
  await phone.getByRole("button", { name: "Refer somebody to the liaison service" }).click();
  await assertFits(phone);
  await phone.getByRole("button", { name: "Send" }).click();
  await phone.getByRole("link", { name: "Enter their name, or how we can tell who is meant" }).waitFor();
  await group(phone, "Is somebody in danger now?").getByLabel("No", { exact: true }).check();
  await phone.getByLabel("Their name").fill("Marla Helpworthy");
  await phone.locator('[name="born-day"]').fill("4");
  await phone.locator('[name="born-month"]').fill("5");
  await phone.locator('[name="born-year"]').fill("1991");
  await phone.getByLabel("In the court cells").check();
  await phone.getByLabel("Court", { exact: true }).selectOption({ label: "Thames Magistrates' Court" });
  await moment(phone, "hearing", 0, false);
  await phone.getByLabel("Seems very low").check();
  await phone.getByLabel("In your words").fill("Has nowhere to go tonight and will not speak to me");
  await phone.getByLabel("Your name").fill("Sol Icitor");
  await phone.getByLabel("Solicitor", { exact: true }).check();
  await phone.getByLabel("How we reach you").fill("020 7946 0000");
  await shot(phone, "refer-once", { whole: true });
  await phone.getByRole("button", { name: "Send" }).click();
  receipt = new URL(await phone.getByLabel(/Keep this address/).inputValue()).pathname;
  await assertFits(phone);
  await phone.goto(link);
  await phone.getByRole("button").click();
  await phone.getByRole("heading", { name: "This form is not open" }).waitFor();
});

test("it stands above the board; a human says who it is, and the solicitor sees a state and nothing more", async () => {
  const page = await as(nurse);
  await page.goto(board);
  await page.getByRole("link", { name: "Marla Helpworthy" }).click();
  incoming = at(page);
  await page.getByText("Very alike").first().waitFor();
  await assertFits(page);
  await shot(page, "referral-in", { whole: true });
  await press(page, /^Take it on/);
  await page.getByLabel(/^HELPWORTHY/).check();
  await press(page, "Join");
  await page.goto(board);
  await page.getByText("Referred, taken on").first().waitFor();
  const rows = await boardRows(service.data, "B01ND", today());
  line = `/listings/${rows.find((row) => row.name.startsWith("HELPWORTHY")).listing}`;
  noProblems(page);

  const phone = await stranger();
  await phone.goto(receipt);
  await phone.getByRole("button", { name: "Gweld sut mae’n sefyll" }).click();
  await phone.getByText("Mae rhywun wedi ei gymryd").waitFor();
  await assertFits(phone);
  assert.doesNotMatch(await phone.content(), /Helpworthy|low|nowhere/i);
});

test("assessed: what she needs is listed, and she says who may be told", async () => {
  const page = await as(nurse);
  await page.goto(`${line}/compare`);
  await page.getByLabel("A new person: nobody on the register").check();
  await press(page, "Keep decision");
  await page.goto(`${line}/assess`);
  person = new URL(page.url()).pathname.split("/")[2];
  await press(page, "Begin an assessment");
  const assessment = at(page);
  for (const [area, plan] of [["Accommodation", "A room tonight, then something that lasts"], ["Alcohol", "Wants to stop, tried alone twice"]]) {
    await page.goto(`${assessment}/needs`);
    await page.getByLabel("Area").selectOption({ label: area });
    await page.getByLabel("Severe", { exact: true }).check();
    await page.locator('[name="plan"]').fill(plan);
    await press(page, /^(Add|Save|Put)/);
  }
  await page.goto(`/people/${person}/consent/decide?recipient=housing`);
  await page.locator('[name="to-housing"]').selectOption("given");
  await page.locator('[name="name-housing"]').fill("Lantern Night Shelter (invented)");
  await press(page, "Save what they decided");
  noProblems(page);
});

test("three services chosen: one is not for her, one nobody asked about, one is sent", async () => {
  const page = await as(nurse);
  await page.goto(`/people/${person}`);
  await press(page, "Refer to a service", { role: "button" });
  await page.getByText("Helps with: Accommodation").first().waitFor();
  await assertFits(page);
  await shot(page, "refer-choose", { whole: true });
  await page.getByLabel("Lantern Night Shelter (invented)").check();
  await page.getByLabel("Quay Women (invented)").check();
  await page.getByText(/Not for this person/).click();
  await page.getByText("Men only; recorded as female").waitFor();
  await page.getByLabel("Anchor Men (invented)").check();
  await press(page, "Continue with the services ticked");
  await page.getByText("Not sent to them").first().waitFor();
  await assertFits(page);
  await group(page, /Lantern|How do they get it/).first().getByLabel("By a one-time link that I send myself").check();
  await page.getByLabel("Anything else they need to know").fill("Ring her sister’s telephone, she has none");
  await shot(page, "refer-write", { whole: true });
  await press(page, "Send, and note it in the ledger");
  referral = at(page);
  assert.match(referral, /^\/referrals\//);
  await page.getByText("Sent, no word yet").first().waitFor();
  await assertFits(page);
  await shot(page, "referral", { whole: true });
  await page.goto(`${referral}/print`);
  await assertAccessible(page);
  noProblems(page);
});

test("the service answers on its own page, in Welsh, without script", async () => {
  const page = await as(nurse);
  await page.goto(referral);
  await page.getByText("The service’s own page").click();
  await press(page, "Make a one-time link");
  const theirs = new URL(await page.getByLabel("The link").inputValue()).pathname;
  noProblems(page);
  const desk = await stranger({ javaScriptEnabled: false });
  await desk.goto(theirs);
  assert.doesNotMatch(await desk.content(), /Helpworthy/i);
  await desk.getByRole("link", { name: "Cymraeg" }).click();
  await desk.getByRole("button", { name: "Agor yr atgyfeiriad" }).click();
  await desk.getByText("Ring her sister’s telephone").waitFor();
  await assertFits(desk);
  assert.doesNotMatch(await desk.content(), /tried alone twice/, "only what was ticked");
  await shot(desk, "referral-answer", { whole: true });
  await desk.getByLabel("Eich enw").fill("Jo Bright");
  await desk.getByLabel("Eich rôl").fill("Derbyn");
  await desk.getByLabel("Rydym yn derbyn y person hwn").check();
  await moment(desk, "appointment", 30);
  await desk.getByLabel("Ble", { exact: true }).fill("8 Nowhere Street");
  await desk.getByRole("button", { name: "Anfon yr ateb" }).click();
  await desk.getByText("Ateb wedi’i dderbyn").waitFor();
});

test("not kept for the service's reason, booked again, attended; the figures say so", async () => {
  const page = await as(nurse);
  await page.goto(referral);
  await page.getByText("Appointment ahead").first().waitFor();
  await press(page, "Whether they came", { role: "button" });
  await page.getByLabel("The service cancelled or moved it").check();
  await assertFits(page);
  await moment(page, "appointment", -1);
  await press(page, "Save");
  await page.getByText("Appointment passed, not known if they came").first().waitFor();
  await press(page, "Whether they came", { role: "button" });
  await page.getByLabel("Came on time").check();
  await press(page, "Save");
  await page.getByText("First appointment attended").first().waitFor();
  await shot(page, "referral-attended", { whole: true });
  await page.goto(`/people/${person}/timeline`);
  await page.getByText("Referred to Lantern Night Shelter").first().waitFor();
  await assertFits(page);
  await shot(page, "timeline", { whole: true });
  noProblems(page);

  const boss = await as(manager);
  await boss.goto("/referrals/services");
  await boss.getByText("the service’s:").waitFor();
  await assertFits(boss);
  await shot(boss, "referral-figures", { whole: true });
  await boss.goto("/referrals");
  await assertFits(boss);
  await shot(boss, "referrals", { whole: true });
  noProblems(boss);
});
