// The morning of one practitioner, from the files that arrive to the paper in the cells: the service's main job.
// One journey, told in order; each step begins where the one before it ended.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PEOPLE,
  answers,
  assertAccessible,
  assertNoSidewaysScroll,
  boardRows,
  dayAfter,
  escortRecords,
  importFiles,
  jsonFile,
  libraList,
  noProblems,
  openPage,
  pdfText,
  press,
  rowOf,
  shot,
  signIn,
  signInAs,
  startDemo,
  today,
  upload,
  xmlFile,
} from "../harness.js";

const ZEPHYRINE = "TESTPERSON, Zephyrine";
const IGNATIUS = "MADEUPSON, Ignatius";
const PERPETUA = "SAMPLEWELL, Perpetua";
const ROOM = 9; // a room that no demo list has: the demo's lines stay as they are

const service = await startDemo();
const nell = signInAs(service, "practitioner");

test("a practitioner's morning", async (t) => {
  const page = await openPage(service);
  await signIn(page, nell);
  await page.goto("/courts");
  const board = new URL(page.url()).pathname;
  const [, court, date] = /^\/courts\/(\w{5})\/([\d-]{10})$/.exec(board);
  assert.equal(date, today(), "the board of today is open first");
  const place = { court, courtName: "Thames Magistrates' Court", date, room: ROOM };
  const openLine = async (name) => {
    await page.goto(board);
    await press(page, name, { role: "link" });
  };

  await t.test("sends nothing in, and is told so", async () => {
    await page.goto("/imports/new");
    await assertAccessible(page);
    await press(page, "Send");
    await page.getByRole("alert").getByText("Choose at least one file").waitFor();
    await assertAccessible(page);
  });

  await t.test("sends in list, escort records and a file that is neither", async () => {
    await upload(page, [
      xmlFile("list.xml", libraList(place)),
      jsonFile("escorts.json", escortRecords(place)),
      { name: "letter.xml", mimeType: "text/xml", buffer: Buffer.from("<letter>Dear clerk</letter>") },
    ]);
    await page.getByRole("heading", { name: "2 of 3 files taken" }).waitFor();
    await assertAccessible(page);
    assert.match(await page.getByRole("row", { name: /list\.xml/ }).innerText(), /Taken[^]*6 new/);
    assert.match(await page.getByRole("row", { name: /escorts\.json/ }).innerText(), /3 escort records new, 2 escort records joined, \d escort records? to confirm/);
    await press(page, "letter.xml", { role: "link" });
    await page.getByText("Refused").first().waitFor();
    await assertAccessible(page);
  });

  await t.test("sends the same list again, which changes nothing", async () => {
    const before = await boardRows(service.data, court, date);
    await upload(page, [xmlFile("again.xml", libraList(place))]);
    await page.getByText("Taken before").waitFor();
    assert.deepEqual(await boardRows(service.data, court, date), before);
  });

  await t.test("sees who should be seen first, the first rows without scrolling", async () => {
    await page.goto(board);
    const shown = await page.locator(".al-row__name").allInnerTexts();
    const ranked = await boardRows(service.data, court, date);
    assert.deepEqual(shown, ranked.map((row) => row.name));
    assert.equal(shown[0], ZEPHYRINE, "constant observation and an open ACCT come first");
    assert.ok(shown.indexOf(IGNATIUS) < shown.indexOf("FICTION, Barnaby"));
    assert.match(await rowOf(page, ZEPHYRINE).innerText(), /35, female, in custody|female, in custody/);
    assert.match(await rowOf(page, ZEPHYRINE).innerText(), /Constant observation escort record, \d+ \w+/);
    const inSight = await page.locator("tr.al-row").evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= 800).length);
    assert.ok(inSight >= 3, `only ${inSight} rows are in sight at 1280 by 800`);
    await assertAccessible(page);
    await shot(page, "board");
  });

  await t.test("filters, and finds by name", async () => {
    await press(page, /^In custody/, { role: "link" });
    assert.match(page.url(), /custody=custody/);
    assert.equal(await page.getByRole("link", { name: "FICTION, Barnaby" }).count(), 0);
    await page.getByText("More filters").click();
    await press(page, /^Alcohol withdrawal/, { role: "link" });
    assert.ok(await page.getByRole("link", { name: IGNATIUS, exact: true }).isVisible());
    assert.equal(await page.getByRole("link", { name: ZEPHYRINE, exact: true }).count(), 0);
    await assertAccessible(page);
    await press(page, "Clear filters", { role: "link" });
    await page.getByLabel("Find on this list").fill("zeph");
    await press(page, "Find");
    assert.deepEqual(await page.locator(".al-row__name").allInnerTexts(), [ZEPHYRINE]);
    assert.doesNotMatch(page.url(), /zeph/i, "no name stands in an address");
    await assertAccessible(page);
  });

  await t.test("opens a row and sees why it stands there", async () => {
    await openLine(ZEPHYRINE);
    await page.getByRole("heading", { name: "Why 1st on the board" }).waitFor();
    const reasons = page.getByRole("list", { name: "Markers, heaviest first" });
    for (const words of [/Constant physical watch/, /Told the custody nurse at 02:10/, /Hears voices/, /escort record from Invented Police Station/i, /ACCT/]) {
      assert.match(await reasons.innerText(), words);
    }
    const weights = (await reasons.locator(".al-weight").allInnerTexts()).map((text) => Number(text.replace(/\D/g, "")));
    assert.deepEqual(weights, weights.toSorted((a, b) => b - a), "heaviest first");
    await assertAccessible(page);
    await shot(page, "line");
  });

  await t.test("takes it, and notes how far preparation is", async () => {
    await press(page, /^Take/);
    await page.getByText(`Taken by ${nell.name}`).waitFor();
    await page.getByText("Preparation", { exact: true }).click();
    await page.getByLabel("Not required", { exact: true }).check();
    await press(page, "Save preparation");
    await page.getByRole("link", { name: "Say why no preparation is required" }).waitFor();
    assert.match(await page.title(), /^Error: /);
    await assertAccessible(page);
    await page.getByLabel("In progress", { exact: true }).check();
    await press(page, "Save preparation");
    assert.match(await page.getByRole("complementary").innerText(), /In progress/);
  });

  await t.test("moves it with a reason, and puts it back", async () => {
    await page.getByText("Move on the board").click();
    await page.getByLabel("Place on the board").fill("4");
    await press(page, "Move");
    await page.getByRole("link", { name: /^Say why this person/ }).waitFor();
    await assertAccessible(page);
    await page.getByLabel("Reason", { exact: true }).fill("Seen in the cells at 07:20 already");
    await press(page, "Move");
    await page.getByRole("heading", { name: "Why 4th on the board" }).waitFor();
    assert.match(await page.getByRole("main").innerText(), /Seen in the cells at 07:20 already/);
    await page.goto(board);
    assert.equal(await page.locator(".al-row__name").nth(3).innerText(), ZEPHYRINE);
    assert.match(await rowOf(page, ZEPHYRINE).innerText(), /Moved by hand/);
    await openLine(ZEPHYRINE);
    await page.getByText("Move on the board").click();
    await press(page, /^Back to where the rules put it/);
    await page.getByRole("heading", { name: "Why 1st on the board" }).waitFor();
  });

  await t.test("gives several to a colleague at once", async () => {
    await page.goto(board);
    await press(page, "Give");
    await page.getByText("Nobody was selected").waitFor();
    await assertAccessible(page);
    await page.goto(board);
    await page.getByRole("checkbox", { name: `Select ${IGNATIUS}` }).check();
    await page.getByRole("checkbox", { name: "Select FICTION, Barnaby" }).check();
    await page.getByText("2 selected").waitFor();
    await press(page, "Give");
    assert.match(await rowOf(page, IGNATIUS).innerText(), new RegExp(nell.name));
    assert.match(await rowOf(page, "FICTION, Barnaby").innerText(), new RegExp(nell.name));
    await press(page, `Give back ${IGNATIUS}`);
    assert.doesNotMatch(await rowOf(page, IGNATIUS).innerText(), new RegExp(nell.name));
  });

  await t.test("registers somebody new, and meets them again misspelled", async () => {
    await openLine("INVENTED, Quill");
    await press(page, "Compare and decide");
    await assertAccessible(page);
    await press(page, "Keep decision");
    await page.getByRole("link", { name: "Choose what you decide" }).waitFor();
    await assertAccessible(page);
    await page.getByLabel("A new person: nobody on the register").check();
    await press(page, "Keep decision");
    await openLine("INVENTED, Quill");
    assert.match(await page.getByRole("main").innerText(), /\bKnown\. /i);
    const later = { ...place, date: dayAfter(date, 1), people: [{ ...PEOPLE[4], forename: "Quil" }], first: 51 };
    await importFiles(service.data, { name: "tomorrow.xml", text: libraList(later) });
    await page.goto(`/courts/${court}/${later.date}`);
    assert.match(await rowOf(page, "INVENTED, Quil").innerText(), /Possibly known/);
    await press(page, /^Compare 1/, { role: "link" });
    assert.match(await page.getByRole("row", { name: /date of birth/i }).innerText(), /15\/09\/2001.*Equal/s);
    await assertAccessible(page);
    await shot(page, "compare");
  });

  await t.test("decides that it is the same person, and takes the decision back", async () => {
    await page.getByLabel(/^Same person as candidate 1/).check();
    await page.getByLabel("Reason (optional)").fill("Knew him by his voice");
    await press(page, "Keep decision");
    assert.match(await page.getByRole("main").innerText(), /Said to be the same person/);
    await press(page, "Compare and decide");
    assert.match(await page.getByRole("main").innerText(), /Knew him by his voice/);
    await assertAccessible(page);
    await press(page, /^Take this decision back/);
    await page.getByLabel(/^Same person as candidate 1/).waitFor();
    await page.goto(`/courts/${court}/${dayAfter(date, 1)}`);
    assert.match(await rowOf(page, "INVENTED, Quil").innerText(), /Possibly known/);
  });

  await t.test("finds somebody whom recognition missed, and puts them beside the line", async () => {
    await page.goto(board);
    await openLine("FICTION, Barnaby");
    await press(page, "Compare and decide");
    await page.getByText("Find a person to compare with this line").click();
    await assertAccessible(page);
    await page.getByLabel("Name, birth date, or any number").fill("quill inv");
    await press(page, "Find");
    await page.getByRole("cell", { name: /INVENTED, Quill/ }).first().waitFor();
    await assertAccessible(page);
    await assertNoSidewaysScroll(page);
    await shot(page, "compare-found");
    await press(page, /^Compare INVENTED, Quill with this line/);
    assert.match(await page.getByRole("main").innerText(), /Found by a colleague.*recognition did not find them alike/s);
    assert.equal(await page.getByRole("radio", { checked: true }).count(), 0, "nothing is chosen beforehand");
    await assertAccessible(page);
  });

  await t.test("confirms that an escort record belongs to a line, and undoes it", async () => {
    await page.goto(board);
    assert.match(await rowOf(page, PERPETUA).innerText(), /Escort record\?/);
    assert.ok(await page.getByRole("link", { name: "SAMPLEWEL, Perpetua", exact: true }).isVisible(), "until then it has a row of its own");
    await openLine(PERPETUA);
    await press(page, "Compare and decide");
    await assertAccessible(page);
    await press(page, "It belongs to this line");
    assert.match(await page.getByRole("main").innerText(), /Says she was in hospital last month/);
    await page.goto(board);
    assert.equal(await page.getByRole("link", { name: "SAMPLEWEL, Perpetua", exact: true }).count(), 0);
    assert.match(await rowOf(page, PERPETUA).innerText(), /Mental health need/);
    await openLine(PERPETUA);
    await press(page, "Compare and decide");
    await press(page, /^Take the escort record off this line/);
    await page.goto(board);
    assert.ok(await page.getByRole("link", { name: "SAMPLEWEL, Perpetua", exact: true }).isVisible(), "its own row is back");
    assert.doesNotMatch(await rowOf(page, PERPETUA).innerText(), /Mental health need/);
  });

  await t.test("prints the morning pack, and opens a sheet by its code", async () => {
    await page.goto(board);
    await press(page, "Morning pack");
    await assertAccessible(page);
    const paper = await pdfText(page);
    const rows = await boardRows(service.data, court, date);
    const sheets = paper.filter((text) => /Code/.test(text) && /What came of it/.test(text));
    assert.equal(sheets.length, rows.length, "one sheet of paper a person");
    const boardPages = paper.length - sheets.length;
    assert.ok(boardPages >= 1 && paper.slice(boardPages).every((text) => /What came of it/.test(text)));
    const onBoard = paper.slice(0, boardPages).join("\n");
    for (const words of ["TESTPERSON,", "Constant observation", "Shred after use"]) assert.ok(onBoard.includes(words), words);
    const hers = sheets[0];
    for (const words of [/TESTPERSON, Zephyrine/, /Constant physical watch/, /custody nurse at 02:10/, new RegExp(nell.name), /Shred after use/]) assert.match(hers, words);
    const code = /\b[0-9A-Z]{3}-[0-9A-Z]{3}\b/.exec(hers)[0];
    assert.equal(new Set(sheets.map((text) => /\b[0-9A-Z]{3}-[0-9A-Z]{3}\b/.exec(text)[0])).size, sheets.length, "a code of its own each");

    await page.goto("/sheet");
    await assertAccessible(page);
    await page.getByLabel("Code on the sheet").fill("OIL-LUU");
    await press(page, "Open");
    await page.getByRole("alert").getByText("letters I, L, O and U are never used").waitFor();
    await assertAccessible(page);
    await page.getByLabel("Code on the sheet").fill(code.toLowerCase().replace("-", " "));
    await press(page, "Open");
    await page.getByRole("heading", { name: "Screening", exact: true }).waitFor();
    await press(page, ZEPHYRINE, { role: "link" });
    await press(page, "Print this person's cell sheet", { role: "link" });
    const one = await pdfText(page);
    assert.equal(one.filter((text) => text.includes(code)).length, 1, "the code stays the same");
    assert.equal(one.length, 1, "one person's sheet is one sheet of paper");
  });

  await t.test("is told while the board is open that the list changed, and sees what changed", async () => {
    await page.goto(board);
    const newcomer = { ...PEOPLE[5], forename: "Tobias", surname: "LATECOMER", sex: "M", pnc: "" };
    const people = [...PEOPLE.slice(0, 5), newcomer]; // the sixth case is now somebody else's
    await importFiles(service.data, { name: "later.xml", text: libraList({ ...place, people, first: 1 }) });
    const bar = page.getByRole("status").filter({ hasText: "The list changed at" });
    await bar.waitFor();
    await assertAccessible(page);
    assert.equal(await page.getByRole("link", { name: "LATECOMER, Tobias" }).count(), 0, "nothing moves by itself");
    await press(bar, "Show the changes", { role: "link" });
    assert.match(await rowOf(page, "LATECOMER, Tobias").innerText(), /New|male/);
    assert.match(await rowOf(page, ZEPHYRINE).innerText(), /In progress/, "work done on a line stays");
    await press(page, "What changed", { role: "link" });
    assert.match(await page.getByRole("main").innerText(), /LATECOMER, Tobias/);
    await assertAccessible(page);
  });

  await t.test("meets nothing that is not hers", async () => {
    await answers(page, `/courts/${court}/2031-03-03`, 200);
    await page.getByRole("heading", { name: "No list for this day" }).waitFor();
    await assertAccessible(page);
    for (const address of ["/nothing-here", `/courts/B01GU/${date}`, "/listings/01900000-0000-7000-8000-000000000000", "/accounts", `/courts/${court}/not-a-day`]) {
      await answers(page, address, 404);
      await assertAccessible(page);
    }
  });
  noProblems(page);
});
