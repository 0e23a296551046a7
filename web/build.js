// Builds web/dist: one stylesheet, one script, the icon, and the licences of what is in them.
// `node build.js` builds once; `node build.js --watch` builds again whenever a source changes.

import { cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { watch } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import path from "node:path";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = path.dirname(fileURLToPath(import.meta.url));
const from = (...parts) => path.join(here, ...parts);
const SCRIPT_BUDGET = 40_000; // bytes; the page budget of the design

async function styles() {
  const result = sass.compile(from("styles/alongside.scss"), {
    style: "compressed",
    loadPaths: [from("node_modules")],
    quietDeps: true,
  });
  // The policy of the pages is style-src 'self' with nothing from elsewhere: a url() would be a request nobody meant.
  if (/url\(/.test(result.css)) throw new Error("alongside.css asks for a file by url(); take that style out");
  await writeFile(from("dist/alongside.css"), result.css);
}

async function script() {
  await esbuild.build({
    entryPoints: [from("script/alongside.js")],
    outfile: from("dist/alongside.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2020"],
    legalComments: "none",
    logLevel: "warning",
  });
  const { size } = await stat(from("dist/alongside.js"));
  if (size > SCRIPT_BUDGET) throw new Error(`alongside.js is ${size} bytes; the budget is ${SCRIPT_BUDGET}`);
}

async function licences() {
  const notice = await readFile(from("licences/NOTICE.txt"), "utf8");
  await writeFile(from("dist/THIRD-PARTY.txt"), notice);
}

async function build() {
  await rm(from("dist"), { recursive: true, force: true });
  await mkdir(from("dist"), { recursive: true });
  await Promise.all([styles(), script(), licences(), cp(from("images"), from("dist"), { recursive: true })]);
  for (const file of ["alongside.css", "alongside.js"]) {
    const bytes = await readFile(from("dist", file));
    console.log(`web/dist/${file}: ${bytes.length} bytes, ${gzipSync(bytes).length} compressed`);
  }
}

await build();

if (process.argv.includes("--watch")) {
  let pending;
  const again = () => {
    clearTimeout(pending);
    pending = setTimeout(() => build().catch((error) => console.error(error.message)), 50);
  };
  for (const folder of ["styles", "script", "images"]) watch(from(folder), { recursive: true }, again);
  console.log("Watching web/styles, web/script and web/images");
}
