// Warns two minutes before a session ends; one key press makes it longer. Asks the server first how long it really is:
// another tab may have used the session meanwhile. Markup: web/components/session_warning.rs; plain page: /session.

const BEFORE = 120; // seconds

export function startSessionWarning(document) {
  const part = document.querySelector("[data-session-seconds]");
  if (!part) return;
  const window = document.defaultView;
  const words = part.querySelector("[data-session-words]");
  const state = { timer: 0, focused: null };

  const after = (seconds) => {
    clearTimeout(state.timer);
    state.timer = setTimeout(look, Math.max(seconds, 1) * 1_000);
  };

  const hide = () => {
    if (part.hidden) return;
    part.hidden = true;
    state.focused?.focus();
  };

  async function look() {
    let left;
    try {
      const answer = await window.fetch("/session/left", { headers: { Accept: "application/json" }, credentials: "same-origin" });
      left = answer.ok ? (await answer.json()).seconds : 0;
    } catch {
      return after(30); // no network: nothing to say that would be sure
    }
    if (left > BEFORE) {
      hide();
      return after(left - BEFORE);
    }
    if (left > 0) {
      words.textContent = `You will be signed out in ${left > 60 ? "two minutes" : "a minute"}. What you have typed stays on this page.`;
      warn();
      return after(left > 60 ? left - 60 : left);
    }
    words.textContent = "You have been signed out. Sign in again in a new tab, then go on here: what you have typed is still on this page.";
    warn();
  }

  function warn() {
    if (!part.hidden) return;
    state.focused = document.activeElement;
    part.hidden = false;
    part.querySelector("[data-session-stay]").focus();
  }

  part.querySelector("[data-session-stay]").addEventListener("click", async () => {
    const answer = await window
      .fetch("/session", { method: "POST", headers: { "X-Fragment": "session" }, credentials: "same-origin", redirect: "manual" })
      .catch(() => undefined);
    if (answer?.ok) {
      hide();
      return look();
    }
    window.open("/sign-in?next=/session", "_blank", "noopener");
    return after(5);
  });
  after(Number(part.dataset.sessionSeconds) - BEFORE);
}
