// "Select all" above a list of boxes, and how many are selected. Without script the boxes work one by one.

export function startSelectAll(document) {
  for (const label of document.querySelectorAll("[data-select-all]")) {
    const name = label.dataset.selectAll;
    const all = label.querySelector("input");
    const boxes = [...document.querySelectorAll(`input[type="checkbox"][name="${CSS.escape(name)}"]`)];
    const count = document.querySelector(`[data-select-count="${CSS.escape(name)}"]`);
    if (!all || boxes.length === 0) continue;
    label.hidden = false;

    const show = () => {
      const chosen = boxes.filter((box) => box.checked).length;
      all.checked = chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
      if (count) count.textContent = chosen === 0 ? "" : `${chosen} selected`;
      for (const box of boxes) box.closest("tr")?.classList.toggle("al-row--picked", box.checked);
    };
    all.addEventListener("change", () => {
      for (const box of boxes) box.checked = all.checked;
      show();
    });
    for (const box of boxes) box.addEventListener("change", show);
    // After Back the browser puts ticks back without an event.
    document.defaultView.addEventListener("pageshow", show);
    show();
  }
}
