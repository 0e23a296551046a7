// The time that is left, kept current on a page that stays open. The server writes it; without script it is as of then.

const EVERY = 15_000; // milliseconds

export function startCountdowns(document) {
  const all = [...document.querySelectorAll("[data-until]")];
  if (all.length === 0) return;
  setInterval(() => all.forEach(draw), EVERY);
}

function draw(element) {
  const text = [...element.querySelectorAll("*"), element].flatMap((one) => [...one.childNodes]).find((node) => node.nodeType === 3 && /(left|over)$/.test(node.data));
  const until = Date.parse(element.dataset.until);
  if (text && !Number.isNaN(until)) text.data = text.data.replace(/[^,]*(left|over)$/, ` ${words(until - Date.now())}`);
}

function words(ms) {
  const minutes = Math.floor(ms / 60_000);
  const all = Math.abs(minutes);
  const side = minutes < 0 ? "over" : "left";
  const [days, hours] = [Math.floor(all / 1440), Math.floor((all % 1440) / 60)];
  if (days > 0) return `${days} d ${hours} h ${side}`;
  return hours > 0 ? `${hours} h ${all % 60} min ${side}` : `${all} min ${side}`;
}
