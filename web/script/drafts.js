// Autosave. A form with `data-draft` is posted to that address after a pause, when a field is left and when the page is
// hidden, valid or not. Pressing the form's button saves once more before the page is left: where the line is dead, the page
// stays, with everything on it. The answers it understands are written at `draft_status` in alongside/src/web/components/live.rs.

const PAUSE = 2_000; // ms without typing
const RETRY = 10_000; // ms after a failure
const SPOKEN_EVERY = 60_000; // ms; a screen reader hears "Saved" at most this often
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse larger bodies that outlive the page

export function startDrafts(document) {
  for (const form of document.querySelectorAll("form[data-draft]")) new Draft(form, document.defaultView).start();
}

class Draft {
  constructor(form, window) {
    this.form = form;
    this.window = window;
    this.status = form.querySelector("[data-draft-status]");
    this.saved = this.text();
    this.sending = false;
    this.stopped = false;
    this.passed = false;
    this.timer = 0;
    this.spokenAt = -SPOKEN_EVERY;
  }

  start() {
    const { form, window } = this;
    form.addEventListener("input", () => this.after(PAUSE));
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", (event) => this.beforeSubmit(event));
    window.document.addEventListener("visibilitychange", () => window.document.hidden && this.save());
    window.addEventListener("pagehide", () => this.save());
    // Back brings the page as it was left, also one that was submitted: the server decides whether it still may save.
    window.addEventListener("pageshow", (event) => event.persisted && (this.stopped = this.passed = false));
    window.addEventListener("online", () => this.save());
  }

  text() {
    // Files are never part of a draft, nor is the version itself: it changes with every save.
    const pairs = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string" && name !== "draft_version");
    return new URLSearchParams(pairs).toString();
  }

  after(delay) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), delay);
  }

  // A browser that can't reach us shows an error page in place of the form. So we ask first.
  async beforeSubmit(event) {
    if (this.passed) return this.stop();
    event.preventDefault();
    const { submitter } = event;
    clearTimeout(this.timer);
    while (this.sending) await new Promise((done) => (this.onSent = done));
    const reached = await this.reach();
    if (!reached) return;
    this.passed = true;
    this.form.requestSubmit(submitter ?? undefined);
  }

  // Saves what stands on the page; false when it must stay there.
  async reach() {
    const text = this.text();
    this.sending = true;
    try {
      const answer = await this.send(text);
      if (answer.status === 401) {
        this.askToSignIn();
        return false;
      }
      if (answer.ok) await this.heed(answer, text);
      // Sent before, or changed elsewhere: the server knows what to do with the form itself.
      return true;
    } catch {
      this.say("Not sent: no connection. Your text is still here. Press the button again when the connection is back.", "urgent");
      this.after(RETRY);
      return false;
    } finally {
      this.sending = false;
    }
  }

  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  async save() {
    clearTimeout(this.timer);
    const text = this.text();
    // One at a time: two in flight could arrive the wrong way round.
    if (this.stopped || this.sending || text === this.saved) return;
    this.sending = true;
    try {
      const answer = await this.send(text);
      await this.heed(answer, text);
    } catch {
      this.say("Not saved yet: no connection. Your text is still here.", "urgent");
      this.after(RETRY);
    } finally {
      this.sending = false;
      this.onSent?.();
    }
    if (!this.stopped && this.text() !== text) this.after(PAUSE);
  }

  send(text) {
    const version = this.version()?.value;
    const body = version === undefined ? text : `${text}&draft_version=${encodeURIComponent(version)}`;
    return this.window.fetch(this.form.dataset.draft, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", Accept: "application/json" },
      body,
      credentials: "same-origin",
      redirect: "error",
      keepalive: body.length < KEEPALIVE_LIMIT,
    });
  }

  async heed(answer, text) {
    if (answer.ok) {
      const { version, saved_at: savedAt } = await answer.json();
      this.saved = text;
      const field = this.version();
      if (field && version !== undefined) field.value = version;
      this.say(`Saved ${savedAt ?? ""}`.trim(), "quiet");
    } else if (answer.status === 401) {
      this.stop();
      this.askToSignIn();
    } else if (answer.status === 409) {
      this.stop();
      this.say("Saved or changed elsewhere since this page was opened. Open it again to go on.", "urgent");
    } else {
      this.say("Not saved yet. Your text is still here; trying again.", "urgent");
      this.after(RETRY);
    }
  }

  version() {
    return this.form.elements.namedItem("draft_version");
  }

  // A save is shown each time but heard once a minute; a failure is heard at once.
  say(words, how) {
    if (!this.status) return;
    const now = this.window.performance.now();
    const heard = how === "urgent" || now - this.spokenAt >= SPOKEN_EVERY;
    if (heard) this.spokenAt = now;
    this.status.setAttribute("aria-live", heard ? "polite" : "off");
    this.status.classList.toggle("al-draft-status--urgent", how === "urgent");
    this.status.textContent = words;
  }

  askToSignIn() {
    this.say("You have been signed out. Your text is still here. ", "urgent");
    if (!this.status) return;
    const link = this.window.document.createElement("a");
    link.className = "govuk-link";
    link.href = "/sign-in";
    link.target = "_blank";
    link.textContent = "Sign in again (opens in a new tab)";
    // Signed in again in the other tab: go on saving from the next key press.
    link.addEventListener("click", () => (this.stopped = false));
    this.status.append(link);
  }
}
