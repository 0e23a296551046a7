// A self-harm warning from the words in a cell to the receiver who has it, and what a person lets us tell: given, refused,
// stopped, withdrawn. With script and without, on a phone, by keyboard, on paper.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertAccessible,
  assertFits,
  noProblems,
  openPage,
  pdfText,
  press,
  shot,
  signIn,
  signInAs,
  startDemo,
} from "../harness.js";

const service = await startDemo();
const nell = signInAs(service, "practitioner");
const manager = signInAs(service, "manager");

async function open(path, who = nell, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  await page.goto(path);
  return page;
}

/** Fills day and time `minutes` ago, as London has them. */
async function fillWhen(page, name, minutes) {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/London",
    day: "numeric",
    month: "numeric",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  }).formatToParts(new Date(Date.now() - minutes * 60_000));
  const of = (type) => parts.find((part) => part.type === type).value;
  for (const part of ["day", "month", "year"]) await page.locator(`[name="${name}-${part}"]`).fill(of(part));
  await page.locator(`[name="${name}-time"]`).fill(`${of("hour").replace("24", "00")}:${of("minute")}`);
}

/** The first line of the practitioner's board that nobody has a warning about. */
async function aLine(page) {
  await page.goto("/courts");
  await page.locator("tr.al-row").first().waitFor();
  const rows = page.locator("tr.al-row").filter({ hasNotText: /Warning (overdue|not)/ });
  const href = await rows.last().locator("a[href^='/listings/']").first().getAttribute("href");
  return { board: new URL(page.url()).pathname, line: href.split("#")[0] };
}

async function handOver(page, warning, { receiver, place, minutes }) {
  if (!page.url().endsWith("/handover")) await page.goto(`${warning}/handover`);
  await page.getByLabel(receiver, { exact: true }).check();
  await page.getByLabel(/^Which: name of the prison/).fill(place);
  await page.getByLabel(/^Who there/).fill("Officer Example, 12");
  await page.getByLabel("In person").check();
  await fillWhen(page, "handed", minutes);
  await press(page, "Hand it over");
}

test("a warning is raised, handed over, overdue, printed, and received", async (t) => {
  const page = await open("/warnings");
  await assertAccessible(page);
  const { board, line } = await aLine(page);
  let warning = "";

  await t.test("the form takes no bare words and keeps what was typed", async () => {
    await page.goto(line);
    await press(page, "Raise a warning");
    await assertAccessible(page);
    await page.getByLabel(/^What was said or seen/).fill("risk of self-harm");
    await page.getByLabel(/^Who said or saw it/).fill("The person");
    await press(page, "Raise the warning");
    await page.getByRole("alert").getByText("can do nothing with these words alone").waitFor();
    await assertAccessible(page);
    assert.equal(await page.getByLabel(/^Who said or saw it/).inputValue(), "The person");
    await page.getByLabel(/^What was said or seen/).fill("Said twice: “I won't see the morning.” Has a lace with them.");
    await page.getByLabel("Said by the person").check();
    await page.getByLabel(/^What should the receiver do/).fill("Constant observation. Take the laces. Likes to be talked to.");
    await press(page, "Raise the warning");
    warning = new URL(page.url()).pathname.replace("/handover", "");
    await assertAccessible(page);
  });

  await t.test("it stands on the board before anybody was told", async () => {
    await page.goto(board);
    await page.getByText("Warning not handed over").first().waitFor();
    await page.locator(".al-marker", { hasText: "Warning not received yet" }).first().waitFor();
    await assertAccessible(page);
  });

  await t.test("handed over an hour and a half ago and not confirmed, it is overdue everywhere", async () => {
    await handOver(page, warning, { receiver: "Escort service", place: "Invented Escorts", minutes: 95 });
    await page.getByText("It should have been confirmed 35 minutes ago", { exact: false }).waitFor();
    await assertFits(page);
    await shot(page, "warning", { whole: true });
    await page.goto("/warnings");
    const first = page.locator("tbody tr").first();
    assert.match(await first.innerText(), /OVERDUE|Overdue/i);
    await assertFits(page);
    await shot(page, "warnings", { whole: true });
    await page.goto(board);
    await page.getByText("Warning overdue").first().waitFor();
    await page.goto(line);
    await page.getByText("Overdue").first().waitFor();
    await assertAccessible(page);
  });

  await t.test("the form is one sheet of paper", async () => {
    await page.goto(`${warning}/form`);
    await assertAccessible(page);
    await shot(page, "warning-form", { whole: true });
    const sheets = await pdfText(page);
    assert.equal(sheets.length, 1, sheets.join("\n-----\n"));
    for (const words of ["Confidential: health and safety information", "I won't see the morning", "Signature", "Printed by"]) {
      assert.ok(sheets[0].replace(/\s+/g, " ").includes(words), `${words}: ${sheets[0]}`);
    }
  });

  await t.test("the receiver confirms by the one-time link, without script, on a phone", async () => {
    await page.goto(warning);
    await page.getByRole("button", { name: /^Make a one-time link/ }).click();
    const link = page.locator("a[href*='/receive/']");
    await link.waitFor();
    await assertAccessible(page);
    const address = new URL(await link.getAttribute("href")).pathname;
    const receiver = await openPage(service, { script: false, width: 320, height: 700 });
    await receiver.goto(address);
    await receiver.getByRole("heading", { name: "Confirm that you have it" }).waitFor();
    await assertFits(receiver);
    await shot(receiver, "receive-phone", { whole: true });
    await receiver.getByRole("button", { name: "I have this warning" }).click();
    await receiver.getByRole("alert").getByText("Enter your name").waitFor();
    await assertFits(receiver);
    await receiver.getByLabel("Your name").fill("Van Example");
    await receiver.getByLabel(/^Your role/).fill("Officer 12, Invented Escorts");
    await receiver.getByRole("button", { name: "I have this warning" }).click();
    await receiver.getByRole("heading", { name: "Thank you" }).waitFor();
    await assertFits(receiver);
    const again = await receiver.goto(address);
    assert.equal(again.status(), 404);
    await receiver.getByRole("heading", { name: "This link opens nothing" }).waitFor();
    await assertFits(receiver);
    await page.goto(warning);
    await page.getByText("Received by Van Example").waitFor();
    await page.goto(board);
    assert.equal(await page.getByText("Warning overdue").count(), 0);
  });

  await t.test("the person moves on to prison; staff write the receipt down, by keyboard", async () => {
    await page.goto(warning);
    await press(page, "The person moved on: hand it on");
    await page.getByText("The person moved on from escort service").waitFor();
    await assertAccessible(page);
    await handOver(page, warning, { receiver: "Prison", place: "HMP Invented", minutes: 1 });
    await press(page, "They confirmed it");
    await assertAccessible(page);
    await page.getByLabel("Who received it: name").focus();
    await page.keyboard.type("R Example");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Reception nurse");
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Save the confirmation" }).focus();
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await page.getByText("Received by R Example, Reception nurse").waitFor();
    await assertAccessible(page);
    noProblems(page);
  });
});

test("a manager looks at what was told without consent, and closes a warning that nobody has", async () => {
  const page = await open("/courts");
  const { line } = await aLine(page);
  await page.goto(`${line}/warnings/new`);
  await page.getByLabel(/^What was said or seen/).fill("A cell officer heard: “It would be easier not to be here.”");
  await page.getByLabel("Told to us by somebody else").check();
  await page.getByLabel(/^Who said or saw it/).fill("Officer Example");
  await press(page, "Raise the warning");
  const warning = new URL(page.url()).pathname.replace("/handover", "");
  await handOver(page, warning, { receiver: "Police", place: "Invented Police Station", minutes: 5 });

  const lead = await open("/disclosures/approvals", manager);
  await assertFits(lead);
  await shot(lead, "approvals", { whole: true });
  await lead.locator("tbody a").last().click();
  await lead.getByRole("heading", { name: "Tell without consent?" }).waitFor();
  await assertAccessible(lead);
  await press(lead, "Save decision");
  await lead.getByRole("alert").getByText("Choose your decision").waitFor();
  await assertAccessible(lead);
  await lead.getByLabel("Approve", { exact: true }).check();
  await press(lead, "Save decision");
  await lead.getByRole("heading", { name: /To approve/ }).waitFor();

  await lead.goto(`${warning}/close`);
  await assertAccessible(lead);
  await lead.getByLabel(/^The person was released/).check();
  await lead.getByLabel(/^What you know/).fill("Released at noon, met by a sister");
  await press(lead, "Close the warning");
  await lead.getByText("Closed without receipt").first().waitFor();
  await assertAccessible(lead);
});

test("what a person lets us tell: asked, refused, stopped, given, withdrawn", async (t) => {
  const page = await open("/people");
  await page.getByLabel("Name, birth date, or any number").pressSequentially("khan");
  await page.locator("#results table a").first().click();
  await page.getByRole("button", { name: "Open the consent ledger" }).waitFor();
  await assertAccessible(page);
  await press(page, "Open the consent ledger");
  const ledger = new URL(page.url()).pathname;
  await assertFits(page);

  const tell = async () => {
    await page.goto(`${ledger}/told`);
    await page.getByLabel("Who was told").selectOption("court");
    await page.getByLabel(/^Their name or service/).fill("Robin Example");
    await page.getByLabel("Their role").fill("legal adviser");
    await page.getByLabel("What for").selectOption("bail");
    await page.getByLabel("What was told, in short").fill("That treatment has begun");
    await page.getByLabel("In person", { exact: true }).check();
    await fillWhen(page, "when", 1);
    await press(page, "Save in the ledger");
  };
  const decide = (whom, what) => page.getByLabel(whom, { exact: true }).selectOption({ label: what });

  await t.test("refused in one page with others", async () => {
    await press(page, "Record what they decide");
    await assertFits(page);
    await shot(page, "decide", { whole: true });
    await decide("Court", "No");
    await decide("GP", "Yes");
    await decide("Family or carer", "Yes");
    await fillWhen(page, "when", 10);
    await press(page, "Save what they decided");
    await page.getByRole("alert").getByText("consent to tell one of a family").waitFor();
    await assertAccessible(page);
    await page.getByLabel(/^Who: name, and what/).fill("Mary Example, mother");
    await press(page, "Save what they decided");
    await page.getByRole("rowheader", { name: "Family or carer: Mary Example, mother" }).waitFor();
    await assertFits(page);
  });

  await t.test("telling the court stops with a card that leads on", async () => {
    await tell();
    await page.getByRole("heading", { name: "Don’t tell the court yet" }).waitFor();
    await assertFits(page);
    await shot(page, "interruption", { whole: true });
    await press(page, "Record what they say");
    await page.getByRole("heading", { name: "You came to ask about" }).waitFor();
    await assertAccessible(page);
    await decide("Court", "Yes");
    await page.getByLabel("In their own words").fill("If it helps me get bail, yes");
    await press(page, "Save what they decided");
    await page.getByText("If it helps me get bail, yes").waitFor();
  });

  await t.test("what was typed for the stopped row is still there, and now it is kept", async () => {
    await page.goto(`${ledger}/told`);
    await page.getByText("This goes on with what you typed").waitFor();
    assert.equal(await page.getByLabel("What was told, in short").inputValue(), "That treatment has begun");
    await press(page, "Save in the ledger");
    await page.getByText("Robin Example, legal adviser").waitFor();
    await assertFits(page);
    await shot(page, "ledger", { whole: true });
  });

  await t.test("withdrawn, one question a page, with what can't be recalled", async () => {
    await page.getByRole("link", { name: "Withdraw consent to tell Court" }).click();
    await page.getByRole("heading", { name: /What did they say/ }).waitFor();
    await assertAccessible(page);
    await page.getByLabel(/What did they say/).fill("No more");
    await press(page, "Continue");
    await page.getByRole("heading", { name: "How and when did they say so?" }).waitFor();
    await assertAccessible(page);
    await press(page, "Continue");
    await page.getByRole("heading", { name: /can’t be recalled/ }).waitFor();
    await assertAccessible(page);
    await shot(page, "withdraw", { whole: true });
    await page.getByLabel(/^Court: Robin Example/).check();
    await press(page, "Continue");
    await page.getByRole("heading", { name: "Check before it counts" }).waitFor();
    await assertAccessible(page);
    await press(page, "One question back");
    await page.getByRole("heading", { name: /can’t be recalled/ }).waitFor();
    assert.ok(await page.getByLabel(/^Court: Robin Example/).isChecked());
    await press(page, "Continue");
    await press(page, "Withdraw this consent");
    await page.getByText("Told of the withdrawal").waitFor();
    await assertFits(page);
  });

  await t.test("the person's copy is plain and fits one sheet", async () => {
    await page.goto(`${ledger}/copy`);
    await page.getByText("We no longer tell the court for the decision about bail", { exact: false }).waitFor();
    await assertAccessible(page);
    await shot(page, "consent-copy", { whole: true });
    assert.equal((await pdfText(page)).length, 1);
  });

  await t.test("reason without consent, ground for holding: axe-clean, with errors too", async () => {
    for (const [path, action] of [["override", "Save the reason"], ["basis", null], ["told", "Save in the ledger"]]) {
      await page.goto(`${ledger}/${path}`);
      await assertFits(page);
      if (!action) continue;
      await press(page, action);
      await page.getByRole("alert").waitFor();
      await assertAccessible(page);
    }
    noProblems(page);
  });

  await t.test("the same on a phone without script", async () => {
    const phone = await open(ledger, nell, { script: false, width: 320, height: 700 });
    await assertFits(phone);
    await shot(phone, "ledger-phone", { whole: true });
    for (const path of ["decide", "told", "override", "basis", "copy"]) {
      await phone.goto(`${ledger}/${path}`);
      await assertFits(phone);
      if (path === "decide") await shot(phone, "decide-phone", { whole: true });
    }
    await phone.goto("/warnings");
    await assertFits(phone);
  });
});
