// A preview beside a form: what stands in the form is sent after a short pause, and the answer drawn in its place. Without
// script a button of the form shows the same on a page of its own.

const PAUSE = 500; // milliseconds without a key

export function startPreviews(document) {
  for (const form of document.querySelectorAll("form[data-preview]")) {
    const place = document.getElementById(form.dataset.previewInto);
    if (!place) continue;
    let timer;
    let running;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        running?.abort();
        running = new AbortController();
        try {
          const answer = await fetch(form.dataset.preview, {
            method: "POST",
            headers: { "X-Fragment": "1" },
            body: new URLSearchParams(new FormData(form)),
            signal: running.signal,
            redirect: "error",
          });
          if (answer.ok) place.innerHTML = await answer.text();
        } catch {
          // Aborted by the next key, or the line is down: the form itself is kept by the draft.
        }
      }, PAUSE);
    });
  }
}
