// A throw-away PostgreSQL of a test's own, which it may restart. Safe as a real one: what it acknowledged survives a crash.

import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import { freePort } from "./service.js";

/** Starts one; it is gone when the test file ends. */
export async function startPostgres() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "alongside-e2e-postgres-"));
  const root = process.getuid() === 0; // PostgreSQL refuses to run as root: then the user that its package made runs it
  if (root) chownSync(folder, ...ids());
  const run = (name, ...args) => {
    const [first, ...rest] = [...(root ? ["runuser", "-u", "postgres", "--"] : []), path.join(programs(), name), ...args];
    execFileSync(first, rest, { cwd: folder, stdio: "ignore" });
  };
  const data = path.join(folder, "data");
  run("initdb", "-D", data, "-U", "alongside", "--auth=trust", "--encoding=UTF8", "--locale=C");
  const port = await freePort();
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder}`;
  const start = () => run("pg_ctl", "-D", data, "-w", "-t", "60", "-o", options, "-l", path.join(folder, "log"), "start");
  const stop = (mode) => run("pg_ctl", "-D", data, "-w", "-m", mode, "stop");
  start();
  after(() => {
    stop("immediate");
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    address: `postgres://alongside@127.0.0.1:${port}/postgres`,
    /** As a power cut does it: without a word to anybody. */
    crashAndStart() {
      stop("immediate");
      start();
    },
  };
}

function programs() {
  const versions = readdirSync("/usr/lib/postgresql").sort((a, b) => Number(b) - Number(a));
  const found = versions.map((version) => `/usr/lib/postgresql/${version}/bin`).find((one) => existsSync(path.join(one, "initdb")));
  if (!found) throw new Error("PostgreSQL's initdb was not found: run scripts/setup-test");
  return found;
}

function ids() {
  return ["-u", "-g"].map((which) => Number(execFileSync("id", [which, "postgres"], { encoding: "utf8" })));
}
