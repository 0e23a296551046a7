// Questions that matter only when one radio is chosen: shown below it, hidden with the others. GOV.UK's own script marks the
// radio with aria-expanded, which ARIA does not allow on a radio; here the text after the choice simply comes next.
// Without script every such question shows.

export function startReveals(document) {
  for (const group of document.querySelectorAll('[data-module="govuk-radios"]')) {
    if (!group.querySelector("[data-aria-controls]")) continue;
    const show = () => {
      for (const radio of group.querySelectorAll("[data-aria-controls]")) {
        document.getElementById(radio.dataset.ariaControls)?.classList.toggle("govuk-radios__conditional--hidden", !radio.checked);
      }
    };
    group.addEventListener("change", show);
    // After Back the browser puts choices back without an event.
    document.defaultView.addEventListener("pageshow", show);
    show();
  }
}
