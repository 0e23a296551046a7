// Questionnaires: items that the form's own rule leaves out are hidden and not sent; the figure of an answer (y or n for yes
// and no) chooses it, Enter goes on. It is the figure printed on the form, not its place: whoever types from paper must not
// score one off. Keys act only on an answer that has the focus (WCAG 2.2, 2.1.4).
// Without script all items stand on the page with the rule in words, and the server reads them the same way.

function valueOf(area, item) {
  const chosen = area.querySelector(`[name="item-${CSS.escape(item)}"]:checked`);
  const value = chosen ? Number.parseInt(chosen.value, 10) : Number.NaN;
  return Number.isNaN(value) ? null : value;
}

function holds(area, when) {
  if (when.all) return when.all.every((one) => holds(area, one));
  if (when.any) return when.any.some((one) => holds(area, one));
  if (when.none) return !when.none.some((one) => holds(area, one));
  const value = valueOf(area, when.item);
  if (value === null) return false;
  return !(
    (when.least !== null && value < when.least) ||
    (when.most !== null && value > when.most) ||
    (when.below !== null && value >= when.below)
  );
}

function skip(area, rules) {
  const left = new Set(rules.filter((rule) => holds(area, rule.when)).flatMap((rule) => rule.items));
  for (const item of area.querySelectorAll("[data-item]")) {
    item.hidden = left.has(item.dataset.item);
    for (const input of item.querySelectorAll("input")) input.disabled = item.hidden;
  }
}

function goOn(item) {
  let next = item.nextElementSibling;
  while (next && (next.hidden || !next.matches("[data-item]"))) next = next.nextElementSibling;
  const target = next?.querySelector("input:checked") ?? next?.querySelector("input");
  (target ?? item.closest("form")?.querySelector("[name=mode]"))?.focus();
}

function press(event, area, rules) {
  const item = event.target.closest("[data-item]");
  if (!item || event.target.type !== "radio" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    goOn(item);
    return;
  }
  const value = "yesNo" in item.dataset ? { y: "1", n: "0" }[event.key.toLowerCase()] : event.key;
  const answer = [...item.querySelectorAll("input")].find((input) => input.value === value && /^\d$/.test(value));
  if (!answer) return;
  event.preventDefault();
  answer.checked = true;
  answer.dispatchEvent(new Event("change", { bubbles: true }));
  skip(area, rules);
  goOn(item);
}

export function startQuestionnaires(document) {
  for (const area of document.querySelectorAll("[data-questionnaire]")) {
    const rules = JSON.parse(area.dataset.skips || "[]");
    area.addEventListener("change", () => skip(area, rules));
    area.addEventListener("keydown", (event) => press(event, area, rules));
    // After Back the browser puts choices back without an event.
    document.defaultView.addEventListener("pageshow", () => skip(area, rules));
    skip(area, rules);
  }
}
