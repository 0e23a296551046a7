// Schemathesis on the description of what programs may ask (docs/integrators/openapi.json): whatever is sent, the answer is one
// of those described.

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { newFolder, runProgram, scan, startDemo } from "../harness.js";

const description = fileURLToPath(new URL("../../docs/integrators/openapi.json", import.meta.url));

test("the end-point answers as its description says, whatever is sent", { timeout: 900_000 }, async (t) => {
  const service = await startDemo();
  const token = /[0-9a-zA-Z_-]{40,}/.exec(await runProgram(service.data, "token", "add", "invented gateway"))[0];
  const args = ["run", description, "--url", service.url, "--header", `Authorization: Bearer ${token}`];
  args.push("--checks", "all", "--max-examples", "200", "--workers", "1", "--no-color", "--seed", "7");
  // It keeps what it did in the folder it is started in.
  const { code, said } = await scan("schemathesis", args, { seconds: 800, cwd: newFolder() });
  t.diagnostic(said.split("\n").filter((line) => /generated|passed|failed|checks/i.test(line)).join("; "));
  assert.equal(code, 0, said);
  assert.ok(service.isRunning());
  assert.doesNotMatch(service.said(), /panicked/);
});
