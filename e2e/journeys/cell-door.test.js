// From the cell door to the right clinician: one person from the row of the board to a warning that was received and a
// psychiatrist who accepts; another from a paper sheet. The line dies in the middle and the words are still there. On a
// laptop, on a phone, by keyboard, on paper; the receiver has no account and no script.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertAccessible,
  assertFits,
  boardRows,
  noProblems,
  openPage,
  pdfText,
  press,
  shot,
  signIn,
  signInAs,
  startDemo,
  today,
} from "../harness.js";

const COURT = "B01ND";
const service = await startDemo();
const nell = signInAs(service, "practitioner");
const quill = signInAs(service, "clinical-partner");
// Whom nobody knows: a person we know may bring an open warning of yesterday along.
const strangers = (await boardRows(service.data, COURT, today())).filter((row) => row.known === "not-known");
const board = `/courts/${COURT}/${today()}`;

async function open(who, path, options) {
  const page = await openPage(service, options);
  await page.goto("/sign-in");
  await signIn(page, who);
  await page.goto(path);
  return page;
}

/** The state of a page: axe, its width on a laptop, and both again as wide as a phone. */
async function looked(page, name) {
  await assertFits(page);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  await assertFits(page);
  if (name) await shot(page, `cell-door-${name}-phone`, { whole: true });
  await page.setViewportSize(before);
  if (name) await shot(page, `cell-door-${name}`, { whole: true });
}

const group = (page, name) => page.getByRole("group", { name });
const pathOf = (page) => new URL(page.url()).pathname;

/** Presses what has the focus, and waits for the page it leads to. */
async function enter(page, target) {
  await target.focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

/** Chooses an answer by keyboard. */
async function space(page, target) {
  await target.focus();
  await page.keyboard.press("Space");
}

/** The nth of the strangers whom nobody has screened yet today. */
async function untouched(page, nth) {
  let found = 0;
  for (const stranger of strangers) {
    await page.goto(`/listings/${stranger.listing}`);
    if ((await page.getByRole("button", { name: "Record screening" }).count()) > 0 && found++ === nth) return stranger;
  }
  throw new Error("the demo leaves nobody to be screened");
}

test("from the row of the board to a warning received and a psychiatrist who accepts", async (t) => {
  const page = await open(nell, board);
  const { listing, place } = await untouched(page, 0);
  await page.goto(board);
  const line = `/listings/${listing}`;
  const words = "“I can’t see Friday from here.” Said it twice, looking at the floor";
  const now = "Asks for a blanket; drinks the tea";
  let person = "";
  let warning = "";
  let psychiatric = "";

  await t.test("the row leads to the screening, by keyboard", async () => {
    await looked(page, "board");
    await enter(page, page.locator(`a[href^='${line}']`).first());
    await looked(page, "line");
    await enter(page, page.getByRole("button", { name: "Record screening" }));
    await page.getByRole("heading", { name: "Screening", exact: true }).waitFor();
    await looked(page, "screening");
  });

  await t.test("thoughts of self-harm are not the end of a matter: the form asks for the warning", async () => {
    await space(page, group(page, "Who is this?").getByLabel(/^Somebody new/));
    await space(page, page.getByLabel("Seen", { exact: true }));
    await space(page, group(page, "How they were").getByLabel("Low or tearful"));
    await page.getByLabel("In your words").fill(now);
    const voices = group(page, "Hears or sees things others don’t, or feels controlled?");
    await space(page, voices.getByLabel("Yes", { exact: true }));
    await space(page, page.getByLabel("I asked all of these.").first());
    const thoughts = group(page, "Thoughts of harming themselves or of not living?");
    await space(page, thoughts.getByLabel("Yes", { exact: true }));
    await page.locator("[name='self-harm-thoughts-words']").fill(words);
    await space(page, page.getByLabel("I asked all of these.").nth(1));
    await space(page, page.getByLabel("Severe need"));
    await space(page, page.getByLabel("Urgent: assess today"));
    await press(page, "Save screening");
    await page.getByRole("alert").getByText("say whether a warning travels with them").waitFor();
    assert.equal(await page.locator("[name='self-harm-thoughts-words']").inputValue(), words);
    await looked(page, "screening-warn");
    await space(page, page.getByLabel(/^Yes: raise a warning/));
  });

  await t.test("the line dies: the words are still there, and they are sent once", async () => {
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Save screening" }).click();
    await page.getByText("Not sent: no connection.").waitFor();
    assert.equal(await page.locator("[name='self-harm-thoughts-words']").inputValue(), words);
    assert.equal(await page.getByLabel("In your words").inputValue(), now);
    await assertAccessible(page);
    await shot(page, "cell-door-offline");
    await page.context().setOffline(false);
    await press(page, "Save screening");
    await page.getByRole("heading", { name: /^Screening, / }).waitFor();
    await looked(page, "screening-kept");
    await page.goto(line);
    assert.equal(await page.locator("a[href^='/screenings/']").count(), 1, "kept once");
  });

  await t.test("the warning moves the row up the board", async () => {
    await page.goto(board);
    const row = page.locator("tr.al-row").filter({ has: page.locator(`a[href^='${line}']`) }).first();
    await row.getByText(/Warning not handed over|Warning not received yet/).first().waitFor();
    const after = (await boardRows(service.data, COURT, today())).find((one) => one.listing === listing);
    assert.ok(after.place <= place, `it stood ${place} and stands ${after.place} now`);
    assert.ok(after.markers.some((marker) => marker.key === "warning-open"));
    await looked(page, "board-warning");
    await page.goto(line);
    warning = await page.locator("a[href^='/warnings/0']").first().getAttribute("href");
    await looked(page, "line-warning");
  });

  await t.test("handed over to the escort, by keyboard, and on one sheet of paper", async () => {
    await page.goto(warning);
    await looked(page);
    await enter(page, page.getByRole("button", { name: "Hand it over" }));
    await looked(page, "handover");
    await space(page, page.getByLabel("Escort service", { exact: true }));
    await page.getByLabel(/^Which: name of the prison/).fill("Made-up Escorts");
    await page.getByLabel(/^Who there/).fill("Officer Example, 7");
    await space(page, page.getByLabel("In person"));
    await enter(page, page.getByRole("button", { name: "Hand it over" }));
    await page.getByText("Not confirmed yet").first().waitFor();
    await looked(page, "warning");
    await press(page, "Form to print");
    await assertAccessible(page);
    const sheets = await pdfText(page);
    assert.equal(sheets.length, 1, sheets.join("\n-----\n"));
    assert.match(sheets[0].replace(/\s+/g, " "), /can’t see Friday from here/);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 794, height: 1123 });
    await shot(page, "cell-door-form", { whole: true });
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  await t.test("received through the one-time link, on a phone without script; the tag is gone", async () => {
    await page.goto(warning);
    await page.getByRole("button", { name: /^Make a one-time link/ }).click();
    const link = page.locator("a[href*='/receive/']");
    await link.waitFor();
    await looked(page, "one-time-link");
    const receiver = await openPage(service, { script: false, width: 320, height: 640 });
    await receiver.goto(new URL(await link.getAttribute("href")).pathname);
    await assertFits(receiver);
    await shot(receiver, "cell-door-receive", { whole: true });
    await receiver.getByLabel("Your name").fill("Van Example");
    await receiver.getByLabel(/^Your role/).fill("Officer 7, Made-up Escorts");
    await receiver.getByRole("button", { name: "I have this warning" }).click();
    await receiver.getByRole("heading", { name: "Thank you" }).waitFor();
    await assertFits(receiver);
    await page.goto(board);
    const row = page.locator("tr.al-row").filter({ has: page.locator(`a[href^='${line}']`) }).first();
    await row.getByText(/^Urgent \d\d:\d\d$/).first().waitFor();
    assert.doesNotMatch(await row.innerText(), /Warning (not|overdue)/);
    await looked(page);
  });

  await t.test("the assessment offers what the screening said, with its day", async () => {
    await page.goto(`${line}/assess`);
    person = pathOf(page).replace("/assessments", "");
    await looked(page);
    await enter(page, page.getByRole("button", { name: "Begin an assessment" }));
    await looked(page, "assessment");
    await press(page, "Mental state now", { role: "link" });
    await page.getByRole("heading", { name: "Said before" }).waitFor();
    await page.getByText(/^Said on .*screening/).first().waitFor();
    await looked(page, "said-before");
    await press(page, "Still right: use all of it");
    await page.getByLabel("Mood, as the person says it").fill("“Flat, like the sea at home”");
    await press(page, "Save and see all topics");
  });

  await t.test("item 9 of PHQ-9 stops, whatever the total", async () => {
    await page.goto(`${person}/questionnaires/phq-9/fill`);
    await looked(page, "phq-9");
    await page.locator('[name="item-1"]').first().focus();
    for (const key of "220000001") await page.keyboard.press(key);
    await press(page, "Save");
    await page.getByRole("heading", { name: "Talk about this now" }).waitFor();
    await looked(page, "talk-now");
    await page.getByLabel("Talked about it now").check();
    await page.getByLabel(/^What was said/).fill("As at screening; the escort has the warning.");
    await press(page, "Save");
    await looked(page);
  });

  await t.test("what the rules propose names its facts; the clinician decides with a reason", async () => {
    await page.goto(`${line}/triage`);
    const main = page.getByRole("main");
    await main.getByText(/can’t see Friday from here/).first().waitFor();
    await main.getByText(/PHQ-9 item 9: 1/).first().waitFor();
    await looked(page, "triage");
    await press(page, "Save decision");
    await page.getByRole("alert").waitFor();
    await looked(page);
    await page.getByLabel(/^Yes, refer/).check();
    await group(page, "How urgent?").getByRole("radio").nth(1).check();
    await group(page, "Which of these reasons do you rely on?").getByRole("checkbox").first().check();
    await page.getByLabel("Your reason").fill("Speaks of not living, hears voices, known to nobody. A doctor should see them here.");
    await press(page, "Save decision");
    await looked(page, "triage-decided");
  });

  await t.test("asked for; sending stops at the card while nobody has asked the person", async () => {
    await press(page, "Ask for a psychiatric assessment");
    await looked(page, "request");
    await page.getByLabel(/^Disposal/).check();
    await page.getByLabel("What must the doctor answer?").fill("What is the matter, and where could it be treated?");
    await press(page, "Ask for the assessment");
    psychiatric = pathOf(page);
    await looked(page, "psychiatric");
    await press(page, "Send to a partner service");
    await looked(page);
    await page.getByLabel("Pretend Liaison Psychiatry").check();
    await press(page, "Continue");
    await page.getByText("Nothing was sent", { exact: false }).first().waitFor();
    await looked(page, "stopped");
  });

  await t.test("the person is asked, and says yes to this", async () => {
    await press(page, "Record what they say");
    await looked(page);
    await page.getByLabel("Mental health trust").selectOption({ label: "Yes" });
    await page.getByLabel("In their own words").fill("If it is a doctor and not a form, yes");
    await press(page, "Save what they decided");
    await looked(page);
  });

  await t.test("now it is sent, part by part", async () => {
    await page.goto(`${psychiatric}/send`);
    await page.getByLabel("Pretend Liaison Psychiatry").check();
    await press(page, "Continue");
    await page.getByText("The person agreed that this service may be told.").waitFor();
    await looked(page, "send");
    await press(page, "Send, and note it in the ledger");
    await page.getByText(/Promised to answer by/).first().waitFor();
    await looked(page, "sent");
    await page.goto(`${person}/consent`);
    await page.getByText("Pretend Liaison Psychiatry").first().waitFor();
    await looked(page);
  });

  await t.test("the psychiatrist signs in, sees what was told and no more, and accepts", async () => {
    const doctor = await open(quill, "/requests");
    await looked(doctor, "requests");
    const name = await page.locator(".al-identity__name").first().innerText();
    await doctor.getByRole("link", { name: name.trim(), exact: true }).first().click();
    await doctor.getByRole("heading", { name: "What you are told" }).waitFor();
    assert.equal(await doctor.getByText("can’t see Friday").count(), 0, "what was not sent is not told");
    await looked(doctor, "answer");
    await doctor.getByLabel("Accepted", { exact: true }).check();
    await press(doctor, "Send the answer");
    await doctor.getByText("Accepted, report awaited").first().waitFor();
    await looked(doctor);
    assert.equal((await doctor.goto(person)).status(), 404, "the register is not theirs");
    noProblems(doctor);
  });

  await t.test("line, board and worklist say so", async () => {
    await page.goto(psychiatric);
    await page.getByText(/Accepted/i).first().waitFor();
    await looked(page, "accepted");
    for (const address of [board, line, "/psychiatry", person]) {
      await page.goto(address);
      await page.getByText(/Accepted/i).first().waitFor();
      await looked(page, { [board]: "board-accepted", "/psychiatry": "worklist", [line]: "line-accepted", [person]: "person" }[address]);
    }
    noProblems(page);
  });

  await t.test("what is printed is fit to be printed", async () => {
    for (const [address, name] of [[person, "person"], [psychiatric, "psychiatric"]]) {
      await page.goto(address);
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: 794, height: 1123 });
      await shot(page, `cell-door-print-${name}`, { whole: true });
      const paper = (await pdfText(page)).join("\n");
      assert.doesNotMatch(paper, /Sign out/, "no buttons of the service on paper");
      await page.emulateMedia({ media: "screen" });
    }
  });
});

test("the second from a paper sheet, typed in later, on a phone without script", async () => {
  const page = await open(nell, board, { script: false, width: 320, height: 640 });
  const line = `/listings/${(await untouched(page, 0)).listing}`;
  await page.goto(line);
  await page.getByRole("link", { name: "Print this person's cell sheet" }).click();
  const code = (await page.locator(".al-sheet__code strong").innerText()).trim();
  await page.goto("/sheet");
  await assertFits(page);
  await page.getByLabel("Code on the sheet").fill(code);
  await press(page, "Open");
  assert.equal(pathOf(page), `${line}/screening`);
  assert.ok(await page.getByLabel("Typed in later, from paper").isChecked());
  await group(page, "Who is this?").getByLabel(/^Decide later/).check();
  await page.getByLabel("Seen", { exact: true }).check();
  await page.getByLabel("Time of the contact").fill("0001");
  await group(page, "Thoughts of harming themselves or of not living?").getByLabel("Yes", { exact: true }).check();
  await page.locator("[name='self-harm-thoughts-words']").fill("Wrote on the sheet: “better gone than shouted at”");
  await page.getByLabel(/^Yes: raise a warning/).check();
  await page.getByLabel("Moderate need").check();
  await page.getByLabel("Assess", { exact: true }).check();
  await group(page, "Mental health trust").getByLabel("Yes", { exact: true }).check();
  await press(page, "Save screening");
  await page.getByText("00:01. Typed in later, from paper").waitFor();
  await assertFits(page);
  await page.goto(line);
  const warning = await page.locator("a[href^='/warnings/0']").first().getAttribute("href");
  await page.goto(`${warning}/handover`);
  await assertFits(page);
  await page.getByLabel("Prison", { exact: true }).check();
  await page.getByLabel(/^Which: name of the prison/).fill("HMP Pretend");
  await page.getByLabel("By telephone").check();
  await press(page, "Hand it over");
  await press(page, "They confirmed it");
  await assertFits(page);
  await page.getByLabel("Who received it: name").fill("R Example");
  await page.getByLabel(/^Their role/).fill("Reception nurse");
  await page.getByLabel("Said so on the telephone").check();
  await press(page, "Save the confirmation");
  await page.getByText("Received by R Example, Reception nurse").waitFor();
  await assertFits(page);

  // Nobody has said yet who stands on the line, and the consent said in the cell counts for it.
  await page.goto(`${line}/triage`);
  await assertFits(page);
  await page.getByLabel(/^Yes, refer/).check();
  await group(page, "How urgent?").getByRole("radio").nth(2).check();
  await page.getByLabel("Your reason").fill("Thoughts of not living, no team knows them");
  await press(page, "Save decision");
  await press(page, "Ask for a psychiatric assessment");
  await page.getByLabel(/^Treatment now/).check();
  await press(page, "Ask for the assessment");
  const psychiatric = pathOf(page);
  await page.goto(`${psychiatric}/send`);
  await page.getByLabel("Pretend Liaison Psychiatry").check();
  await press(page, "Continue");
  await page.getByText("The person agreed that this service may be told.").waitFor();
  await assertFits(page);
  await press(page, "Send, and note it in the ledger");
  await page.getByText("Pretend Liaison Psychiatry").first().waitFor();
  await assertFits(page);
  const doctor = await open(quill, "/requests", { script: false, width: 320, height: 640 });
  await assertFits(doctor);
  await doctor.locator("li").filter({ hasText: "To be answered" }).getByRole("link").first().click();
  await doctor.getByLabel("Accepted", { exact: true }).check();
  await press(doctor, "Send the answer");
  await doctor.getByText("Accepted, report awaited").first().waitFor();
  await assertFits(doctor);
  await page.goto(board);
  await page.locator("tr.al-row").filter({ has: page.locator(`a[href^='${line}']`) }).first().getByText(/Assess 00:01/).first().waitFor();
});
