// The scanners that `make security` installs, and what they report.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const folder = process.env.SECURITY_TOOLS ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), ".cache"), "alongside/security");

/** Runs a scanner to its end, for at most `seconds`. Gives back what it said and how it ended; null when it was cut off. */
export async function scan(name, args, { seconds = 600, cwd } = {}) {
  const file = path.join(folder, "bin", name);
  if (!existsSync(file)) throw new Error(`${file} is missing: \`make security\` installs it`);
  const child = spawn(file, args, { cwd, stdio: ["ignore", "pipe", "pipe"], timeout: seconds * 1_000, env: { ...process.env, NO_COLOR: "1" } });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (said += text));
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  return { code, said };
}
