// Everything that somebody of a role can send: the pages behind links and the forms on them, one of each kind, found without a
// screen. For the scanners in security/.

import { parse } from "node-html-parser";

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d+$|^\d{4}-\d\d-\d\d$|^[A-Z]\d\d[A-Z]{2}$/i;

/** Addresses and forms (`{ method, action, fields }`), the first of each kind, that `client` reaches by links from `/`. */
export async function surface(client, { leaveOut = [], most = 400 } = {}) {
  const pages = new Map();
  const forms = new Map();
  const waiting = ["/"];
  const left = (path) => leaveOut.some((start) => path.startsWith(start));
  for (let n = 0; waiting.length > 0 && n < most; n += 1) {
    const path = waiting.shift();
    const answer = await client.ask("GET", path);
    if (answer.status !== 200 || !answer.body.startsWith("<!DOCTYPE html>")) continue;
    const page = parse(answer.body);
    for (const link of page.querySelectorAll("a[href^='/']").map((a) => a.getAttribute("href").split("#")[0])) {
      const kind = kindOf(link);
      if (left(link) || pages.has(kind)) continue;
      pages.set(kind, link);
      waiting.push(link);
    }
    for (const form of page.querySelectorAll("form")) {
      const action = form.getAttribute("action") ?? answer.path;
      const method = (form.getAttribute("method") ?? "get").toUpperCase();
      const key = `${method} ${kindOf(action)}`;
      if (left(action) || forms.has(key)) continue;
      forms.set(key, { method, action, fields: fieldsOf(form) });
    }
  }
  return { pages: [...pages.values()], forms: [...forms.values()] };
}

/** Name and a likely value of each field, once. */
function fieldsOf(form) {
  const fields = new Map();
  for (const input of form.querySelectorAll("input, textarea, select")) {
    const name = input.getAttribute("name");
    if (!name || fields.has(name) || input.getAttribute("type") === "file") continue;
    const option = input.tagName === "SELECT" ? input.querySelectorAll("option").at(-1)?.getAttribute("value") : undefined;
    fields.set(name, option ?? (input.getAttribute("value") || "1"));
  }
  return fields;
}

function kindOf(address) {
  const url = new URL(address, "http://here");
  const path = url.pathname.split("/").map((part) => (ID.test(part) ? "<id>" : part)).join("/");
  return `${path}?${[...url.searchParams.keys()].sort().join("&")}`;
}
