// The list of keys, made from what is on the page, with the switch that turns them off.

export function openHelp({ document, board, keyed }, preference) {
  const dialog = element(document, "dialog", { className: "al-keys" });
  dialog.setAttribute("aria-labelledby", "keys-title");
  const title = element(document, "h2", { className: "govuk-heading-m", id: "keys-title", textContent: "Keyboard" });
  dialog.append(title, list(document, board, keyed), offSwitch(document, preference));
  const close = element(document, "button", { className: "govuk-button govuk-button--secondary", textContent: "Close" });
  close.type = "button";
  close.addEventListener("click", () => dialog.close());
  dialog.append(close);
  const before = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    before?.focus?.();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function list(document, board, keyed) {
  const rows = board
    ? [
        ["j", "Next person"],
        ["k", "Person before"],
        ["Enter", "Open the row"],
        ["t", "Take the row, where it can be taken"],
        ["x", "Select the row"],
      ]
    : [];
  if (document.querySelector("[data-search], input[type=search]")) rows.push(["/", "Search"]);
  for (const target of keyed) rows.push([target.dataset.key, target.dataset.keyLabel ?? words(target)]);
  rows.push(["?", "This list"]);
  const names = element(document, "dl", { className: "al-keys__list" });
  for (const [key, does] of rows) {
    const pair = element(document, "div", {});
    const term = element(document, "dt", {});
    term.append(element(document, "kbd", { textContent: key }));
    pair.append(term, element(document, "dd", { textContent: does }));
    names.append(pair);
  }
  return names;
}

function words(target) {
  return target.textContent.replace(/\s+/g, " ").trim();
}

function offSwitch(document, preference) {
  const label = element(document, "label", { className: "al-keys__off" });
  const box = element(document, "input", { type: "checkbox", checked: preference.get() });
  box.addEventListener("change", () => preference.set(box.checked));
  label.append(box, " Turn these keys off on this device");
  return label;
}

function element(document, name, properties) {
  return Object.assign(document.createElement(name), properties);
}
