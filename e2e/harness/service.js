// Starts the program that is tested, on a free port, with a data folder of its own, and stops it afterwards.

import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const START_WITHIN = 30_000; // ms; a debug build on a busy machine

/** The program that is tested. */
export function program() {
  const named = process.env.ALONGSIDE_BIN;
  const usual = path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "debug/alongside");
  const file = named ?? usual;
  if (!existsSync(file)) throw new Error(`${file} is missing: \`make e2e\` builds it, or name another in ALONGSIDE_BIN`);
  return file;
}

/** Runs one command of the program to its end on a data folder. Fails when the program does. */
export async function runProgram(data, ...args) {
  return runProgramWith({}, data, ...args);
}

/** The same with further settings from the environment. */
export async function runProgramWith(settings, data, ...args) {
  const { stdout } = await promisify(execFile)(program(), args, {
    env: { ...environment(data), ...settings },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Takes in files given as `{ name, text }` by the command line, as a second program on the same data folder. */
export async function importFiles(data, ...files) {
  const folder = newFolder();
  const names = files.map(({ name, text }) => {
    const file = path.join(folder, name);
    writeFileSync(file, text);
    return file;
  });
  return JSON.parse(await runProgram(data, "import", "--json", ...names));
}

/** The ranked rows of a court day, as the command line prints them. */
export async function boardRows(data, court, date) {
  return JSON.parse(await runProgram(data, "board", "--court", court, "--date", date, "--json")).rows;
}

/**
 * Serves an empty service, or the data folder given. Stops when the test file ends. `settings` are further settings from
 * the environment; `host` is the name people type (browsers make passkeys for names only); `under` is a program that runs it,
 * with its arguments.
 */
export async function startService({ data = newFolder(), settings = {}, host = "127.0.0.1", under = [] } = {}) {
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const own = { ALONGSIDE_LISTEN: `127.0.0.1:${port}`, ALONGSIDE_PUBLIC_URL: url, ...settings };
  const [first, ...rest] = [...under, program(), "serve"];
  const child = spawn(first, rest, { env: { ...environment(data), ...own } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const service = {
    url,
    data,
    said: () => said,
    /** The most memory the program ever held, in words; only Linux tells. */
    memory: () => /VmHWM:\s*(.*)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? "not known",
    stop: (signal = "SIGTERM") => stop(child, signal),
    isRunning: () => child.exitCode === null && child.signalCode === null,
  };
  after(() => service.stop("SIGKILL")); // its folder goes too; a polite stop would wait for open event streams
  await answering(service);
  return service;
}

/**
 * Serves the demo service from a folder of its own. `signIns` are those that the demo offers. A run makes the demo once
 * and every test file gets a copy of it.
 */
export async function startDemo(options = {}) {
  const data = newFolder();
  // On another database the demo is made where it is; there is no file to copy.
  const elsewhere = options.settings?.ALONGSIDE_DATABASE;
  const made = elsewhere ? JSON.parse(await runProgramWith(options.settings, data, "demo", "--json")) : await makeDemo(data);
  const service = await startService({ data, ...options });
  return { ...service, demo: made, signIns: made.sign_ins };
}

async function makeDemo(data) {
  const once = process.env.E2E_DEMO ? path.join(process.env.E2E_DEMO, "demo") : newFolder();
  const note = `${once}.json`; // written last: where it stands, the demo is whole
  if (!existsSync(note)) writeFileSync(note, await runProgram(once, "demo", "--json"));
  cpSync(once, data, { recursive: true });
  return JSON.parse(readFileSync(note, "utf8"));
}

function environment(data) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("ALONGSIDE_"));
  return { ...Object.fromEntries(kept), ALONGSIDE_DATA: data };
}

/** A folder that goes when the tests end. */
export function newFolder() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "alongside-e2e-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A port that nothing listens on now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits until a service answers, or its program ends. */
export async function answering(service) {
  const until = Date.now() + START_WITHIN;
  for (;;) {
    try {
      const answer = await fetch(`${service.url}/health`);
      if (answer.ok) return;
    } catch {
      // Not listening yet.
    }
    if (!service.isRunning()) throw new Error(`the program ended while starting:\n${service.said()}`);
    if (Date.now() > until) throw new Error(`no answer from /health within ${START_WITHIN} ms:\n${service.said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function stop(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", resolve);
    child.kill(signal);
  });
}
