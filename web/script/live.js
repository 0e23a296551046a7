// Says when the list on this page has changed at the server, and offers to show the changes. Moves nothing by itself:
// a row must not jump from under the reader's finger.

const RETRY_FIRST = 5_000; // ms; doubled after each failure
const RETRY_LONGEST = 300_000;

export function startLive(document) {
  const bar = document.querySelector("[data-live]");
  const window = document.defaultView;
  if (!bar || !window.EventSource) return;
  const state = { source: null, retry: RETRY_FIRST, timer: 0 };

  const close = () => {
    clearTimeout(state.timer);
    state.source?.close();
    state.source = null;
  };

  const open = () => {
    close();
    state.source = new window.EventSource(bar.dataset.live);
    state.source.addEventListener("version", (event) => {
      state.retry = RETRY_FIRST;
      announce(document, bar, read(event.data));
    });
    state.source.addEventListener("error", () => {
      // The browser reconnects after a dropped line; it gives up (CLOSED) when the server answered with an error.
      if (state.source?.readyState !== window.EventSource.CLOSED) return;
      close();
      state.timer = setTimeout(open, state.retry);
      state.retry = Math.min(state.retry * 2, RETRY_LONGEST);
    });
  };

  // A hidden tab holds no connection: a browser allows six to one server, and a practitioner may open more boards.
  // On coming back the server says its version at once, so nothing is missed.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => event.persisted && open());
  if (!document.hidden) open();
}

function read(data) {
  try {
    return JSON.parse(data);
  } catch {
    return {};
  }
}

function announce(document, bar, { version, at }) {
  if (!version || version === bar.dataset.liveVersion || version === bar.dataset.liveShown) return;
  bar.dataset.liveShown = version;
  const link = document.createElement("a");
  link.className = "govuk-link govuk-link--no-visited-state";
  link.href = bar.dataset.liveReload;
  link.textContent = "Show the changes";
  bar.replaceChildren(at ? `The list changed at ${at}. ` : "The list changed. ", link);
}
