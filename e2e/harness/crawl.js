// Follows every link that a signed-in person can see, and looks at each kind of page.

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$|^\d+$|^\d{4}-\d\d-\d\d$|^[A-Z]\d\d[A-Z]{2}$/i; // an id, a number, a day, a court
const NAMED = ["instruments", "questionnaires"]; // dozens, all made by one page

/**
 * Visits pages from `starts` on, at most `each` of a kind (`/listings/<id>` is one kind, whatever the id and the
 * query), and calls `look(page, kind)` on each. Of the kinds in `hubs` it visits `hubEach`: what lies behind them differs
 * from one to the next. Links lead; forms are never sent. Gives back the addresses visited, by kind.
 */
export async function crawl(page, starts, look, { each = 2, most = 300, hubs = [], hubEach = 6 } = {}) {
  const kinds = new Map();
  const waiting = [...starts];
  const known = new Set(waiting);
  let visits = 0;
  while (waiting.length > 0 && visits < most) {
    const address = waiting.shift();
    const kind = kindOf(address);
    const seen = kinds.get(kind) ?? [];
    if (seen.length >= (hubs.includes(kind) ? hubEach : each)) continue;
    kinds.set(kind, [...seen, address]);
    visits += 1;
    if (!(await open(page, address))) continue;
    await look(page, kind);
    for (const link of await links(page)) {
      if (!known.has(link)) {
        known.add(link);
        waiting.push(link);
      }
    }
  }
  return kinds;
}

/** Opens an address; false when it is a file to download instead of a page. A page that fails stops the crawl. */
async function open(page, address) {
  try {
    const answer = await page.goto(address);
    if (!answer.ok()) throw new Error(`${address} answered ${answer.status()}`);
    return (answer.headers()["content-type"] ?? "").startsWith("text/html");
  } catch (error) {
    if (error.message.includes("Download is starting")) return false;
    throw new Error(`${address}: ${error.message}`);
  }
}

async function links(page) {
  const here = new URL(page.url());
  const all = await page.locator("a[href]").evaluateAll((anchors) => anchors.map((anchor) => anchor.href));
  return all
    .map((href) => new URL(href))
    .filter((url) => url.origin === here.origin)
    .map((url) => url.pathname + url.search);
}

function kindOf(address) {
  const url = new URL(address, "http://here");
  const path = url.pathname
    .split("/")
    .map((part, place, parts) => (ID.test(part) || NAMED.includes(parts[place - 1]) ? "<id>" : part))
    .join("/");
  const names = [...url.searchParams.keys()];
  if (names.length === 0) return path;
  return names.length === 1 ? `${path}?${names[0]}` : `${path}?several`; // filters combine without end
}
