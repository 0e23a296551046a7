// A browser without a screen: it signs in, opens pages and sends their forms as they stand. For tests of faults and of load,
// where a real browser would be most of what is at work.

import assert from "node:assert/strict";
import { parse } from "node-html-parser";

export class Client {
  #url;
  #cookies = new Map();

  constructor(url) {
    this.#url = url;
  }

  /** Signs in as one of the demo's people. */
  static async signedIn(url, { email, password }) {
    const client = new Client(url);
    const page = await client.open("/sign-in");
    const answer = await client.send(page, "/sign-in", { email, password });
    assert.ok(answer.status < 400 && answer.path !== "/sign-in", `${email} is not signed in: ${answer.status} ${answer.path}`);
    return client;
  }

  /** The same person, signed in as before, in a window of their own. */
  copy() {
    const copy = new Client(this.#url);
    copy.#cookies = new Map(this.#cookies);
    return copy;
  }

  /** Goes on elsewhere, as one whose line came back: the same cookies, another address. */
  moveTo(url) {
    this.#url = url;
  }

  /** Opens a page. Fails when it does not answer with 200. */
  async open(path) {
    const answer = await this.ask("GET", path);
    assert.equal(answer.status, 200, `${path} answered ${answer.status}`);
    return answer;
  }

  /** Sends the form of a page that goes to `action`: what stands in it, and `fields` in place of that. */
  async send(page, action, fields = {}) {
    return this.ask("POST", action, filled(page, action, fields));
  }

  /** Brings a file to the end-point, as the gateway of the courts does. */
  async sendFile(token, name, body) {
    const headers = { Authorization: `Bearer ${token}`, "x-file-name": name };
    const answer = await fetch(`${this.#url}/api/imports`, { method: "POST", headers, body });
    return { status: answer.status, path: "/api/imports", body: await answer.text() };
  }

  /** Listens to what goes on being said at an address: the answer, its body not yet read. */
  async listen(path) {
    return fetch(`${this.#url}${path}`, { headers: this.#headers() });
  }

  /** The cookies as a request carries them. */
  cookies() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  #headers() {
    return { cookie: this.cookies() };
  }

  /** One request; redirects are followed, as a browser does. */
  async ask(method, path, form) {
    const answer = await fetch(`${this.#url}${path}`, {
      method,
      redirect: "manual",
      headers: this.#headers(),
      ...(form === undefined ? {} : { body: form }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value) this.#cookies.set(name, value);
      else this.#cookies.delete(name);
    }
    const body = await answer.text();
    const next = answer.headers.get("location");
    if (answer.status === 303 && next) return this.ask("GET", new URL(next, this.#url).href.slice(new URL(this.#url).origin.length));
    return { status: answer.status, path, body };
  }
}

/** What a browser would send of the form that goes to `action`. */
export function filled(page, action, fields = {}) {
  const form = parse(page.body)
    .querySelectorAll("form")
    .find((one) => (one.getAttribute("action") ?? page.path).split("?")[0] === action);
  assert.ok(form, `${page.path} has no form to ${action}`);
  const out = new URLSearchParams();
  for (const input of form.querySelectorAll("input, textarea, select")) {
    const name = input.getAttribute("name");
    const type = input.getAttribute("type");
    if (!name || name in fields || ["submit", "button"].includes(type)) continue;
    if (["radio", "checkbox"].includes(type) && !input.hasAttribute("checked")) continue;
    out.append(name, standing(input));
  }
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) out.append(name, one);
  return out;
}

function standing(input) {
  if (input.tagName === "TEXTAREA") return input.textContent.replace(/^\n/, ""); // the first line break is the page's
  if (input.tagName !== "SELECT") return input.getAttribute("value") ?? (input.getAttribute("type") === "checkbox" ? "on" : "");
  const options = input.querySelectorAll("option");
  return (options.find((one) => one.hasAttribute("selected")) ?? options[0])?.getAttribute("value") ?? "";
}
