// Parts of a page drawn anew while somebody types: the form is posted after a short pause, and the answer, made by our own
// pages, takes its place. Nothing typed goes into an address. Without script a button does the same.

// The only words of ours that become elements: the policy of the pages (Trusted Types) refuses any other text.
const own = { createHTML: (text) => text };
const policy = globalThis.trustedTypes?.createPolicy("alongside", own) ?? own;

/** Results while somebody types into a search, and previews beside a form. */
export function startFragments(document) {
  for (const form of document.querySelectorAll("form[data-live-search]")) {
    const input = form.querySelector("input[type=search]");
    drawWhileTyping(form, input, form.action, document.getElementById(form.dataset.liveSearch), 150);
  }
  for (const form of document.querySelectorAll("form[data-preview]")) {
    drawWhileTyping(form, form, form.dataset.preview, document.getElementById(form.dataset.previewInto), 500);
  }
}

/** `pause` is how long no key is pressed, in milliseconds. */
function drawWhileTyping(form, input, action, place, pause) {
  if (!input || !place) return;
  let timer;
  let running;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      running?.abort();
      running = new AbortController();
      try {
        const answer = await fetch(action, {
          method: "POST",
          headers: { "X-Fragment": "1" },
          body: new URLSearchParams(new FormData(form)),
          signal: running.signal,
          redirect: "error",
        });
        if (answer.ok) place.innerHTML = policy.createHTML(await answer.text());
      } catch {
        // Aborted by the next key, or the line is down: the button still works, and nothing typed is lost.
      }
    }, pause);
  });
}
