// Runs the tests: `node run.js` all but the scanners, `node run.js journeys/board` those whose path begins so.
// Files run one after another: on two cores a second browser only makes both slower.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const scans = wanted.some((start) => start.startsWith("security"));
const folders = ["parts", "journeys", "faults", ...(scans ? ["security"] : [])];
const files = folders
  .flatMap((folder) => readdirSync(path.join(here, folder)).map((name) => `${folder}/${name}`))
  .filter((name) => name.endsWith(".test.js") && (wanted.length === 0 || wanted.some((start) => name.startsWith(start))));
if (files.length === 0) {
  console.error(`No test begins with ${wanted.join(" or ")}`);
  process.exit(1);
}
const options = ["--test", "--test-concurrency=1", "--test-reporter=spec", `--test-timeout=${scans ? 14_400_000 : 1_800_000}`];
const shared = mkdtempSync(path.join(os.tmpdir(), "alongside-e2e-run-")); // the demo, made once a run
const env = { ...process.env, E2E_DEMO: shared };
const { status } = spawnSync(process.execPath, [...options, ...files], { cwd: here, stdio: "inherit", env });
rmSync(shared, { recursive: true, force: true });
process.exit(status ?? 1);
