// Shows the print buttons, which are hidden where no script could make them work.

export function startPrint(document) {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => document.defaultView.print());
  }
}
