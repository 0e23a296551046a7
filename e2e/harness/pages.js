// Serves small pages that a test writes, with our built styles and script and the policy that real pages have: for
// trying a part of the script alone.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

const dist = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../web/dist");
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
  "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types alongside";

/** `routes` maps "GET /path" to a function (request, response, body); `main` is the content of the page at "/". */
export async function servePages(main, routes = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://here");
    const route = routes[`${request.method} ${pathname}`];
    if (route) return route(request, response, await read(request));
    if (pathname === "/") return send(response, "text/html; charset=utf-8", document(main));
    if (pathname === "/alongside.css") return send(response, "text/css", readFileSync(path.join(dist, "alongside.css")));
    if (pathname === "/alongside.js") return send(response, "text/javascript", readFileSync(path.join(dist, "alongside.js")));
    response.writeHead(pathname === "/favicon.ico" ? 204 : 404).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, server };
}

function send(response, type, body) {
  response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": POLICY }).end(body);
}

async function read(request) {
  let body = "";
  for await (const part of request) body += part;
  return body;
}

function document(main) {
  return `<!doctype html><html lang="en" class="govuk-template"><head><meta charset="utf-8"><title>Part</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/alongside.css">
<script type="module" src="/alongside.js"></script></head><body class="govuk-template__body"><main id="content">
<h1>Part</h1>${main}</main></body></html>`;
}
