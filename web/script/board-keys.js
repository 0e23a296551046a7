// Working the board without a mouse. Keys act only when nothing is being typed, no modifier is held and the reader has
// not turned them off (WCAG 2.2, 2.1.4). Focus moves to the name in a row, which is an ordinary link: Enter opens it and
// a screen reader reads it as one. A screen reader in browse mode keeps single keys for itself, and we never see them.

import { openHelp } from "./keys-help.js";

const OFF = "alongside-keys-off"; // local storage; holds a preference, nothing about anybody

export function startBoardKeys(document) {
  const board = document.querySelector("[data-board]");
  const keyed = [...document.querySelectorAll("[data-key]")];
  if (!board && keyed.length === 0) return;
  const keys = { document, board, keyed };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (!preference(document).get() && act(keys, event.key)) event.preventDefault();
  });
  for (const button of document.querySelectorAll("[data-keys-help]")) {
    button.hidden = false;
    button.addEventListener("click", () => openHelp(keys, preference(document)));
  }
}

function act(keys, key) {
  const { document, board, keyed } = keys;
  if (key === "?") {
    openHelp(keys, preference(document));
    return true;
  }
  if (key === "/") return focus(document.querySelector("[data-search], input[type=search]"));
  const chosen = keyed.find((element) => element.dataset.key === key);
  if (chosen) {
    chosen.click();
    return true;
  }
  if (!board) return false;
  if (key === "j") return step(document, board, 1);
  if (key === "k") return step(document, board, -1);
  const row = document.activeElement?.closest("tr");
  if (!row || !board.contains(row)) return false;
  if (key === "x") return press(row.querySelector("input[type=checkbox]"));
  if (key === "t") return press(row.querySelector("form button"));
  return false;
}

function step(document, board, by) {
  const names = [...board.querySelectorAll("[data-row-link]")];
  const row = document.activeElement?.closest("tr");
  const at = names.findIndex((name) => name.closest("tr") === row);
  const next = at < 0 ? (by > 0 ? 0 : names.length - 1) : at + by;
  return focus(names[next]);
}

function focus(element) {
  if (!element) return false;
  element.focus();
  element.closest("tr")?.scrollIntoView({ block: "nearest" });
  return true;
}

function press(element) {
  element?.click();
  return Boolean(element);
}

// Boxes and buttons take Space and Enter, never letters, so keys may act while they have focus.
function isTyping(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest("textarea, select, [contenteditable]:not([contenteditable=false])")) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

function preference(document) {
  // Storage may be shut off by policy; then the keys are on and stay on.
  const storage = () => {
    try {
      return document.defaultView.localStorage;
    } catch {
      return null;
    }
  };
  return {
    get: () => storage()?.getItem(OFF) === "yes",
    set: (off) => (off ? storage()?.setItem(OFF, "yes") : storage()?.removeItem(OFF)),
  };
}
