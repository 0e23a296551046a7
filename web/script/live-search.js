// Results while somebody types: the form is posted as it would be on a press of its button, and only the results are
// drawn anew. Nothing typed goes into an address. Without script the button does the same.

const PAUSE = 150; // milliseconds without a key

export function startLiveSearch(document) {
  for (const form of document.querySelectorAll("form[data-live-search]")) {
    const results = document.getElementById(form.dataset.liveSearch);
    const input = form.querySelector("input[type=search]");
    if (!results || !input) continue;
    let timer;
    let running;
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        running?.abort();
        running = new AbortController();
        try {
          const answer = await fetch(form.action, {
            method: "POST",
            headers: { "X-Fragment": "1" },
            body: new URLSearchParams(new FormData(form)),
            signal: running.signal,
            redirect: "error",
          });
          if (answer.ok) results.innerHTML = await answer.text();
        } catch {
          // Aborted by the next key, or the line is down: the button still works, and nothing typed is lost.
        }
      }, PAUSE);
    });
  }
}
