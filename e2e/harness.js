// What journeys are written with. A test file says what it needs and nothing has to be put away by hand:
//
//   const service = await startService();            // the program itself, with a folder of its own
//   const page = await openPage(service, { width: 320, script: false });
//   await page.goto("/sign-in");
//   await assertAccessible(page);

export { openPage, closeBrowser, noProblems } from "./harness/browser.js";
export { assertAccessible, assertNoSidewaysScroll, assertFits, shot } from "./harness/checks.js";
export { Client } from "./harness/client.js";
export { crawl } from "./harness/crawl.js";
export { Work, peopleOf } from "./harness/work.js";
export { hearingMessage, later, resulted } from "./harness/hearings.js";
export { PEOPLE, dayAfter, escortRecords, libraList, person, pnc, today } from "./harness/lists.js";
export { boardRows, importFiles, startService, startDemo, answering, runProgram, runProgramWith, newFolder, program } from "./harness/service.js";
export { answers, jsonFile, pdfText, press, rowOf, upload, wordsOfPdf, xmlFile } from "./harness/steps.js";
export { scan } from "./harness/scanners.js";
export { surface } from "./harness/surface.js";
export { signIn, signInAs } from "./harness/sign-in.js";
export { startProvider } from "./harness/provider.js";
export { startPostgres } from "./harness/postgres.js";
export { servePages } from "./harness/pages.js";
