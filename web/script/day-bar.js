// On a phone the day bar is wider than the screen: bring the chosen day into sight, without moving the page.

export function startDayBar(document) {
  const chosen = document.querySelector(".al-day--chosen");
  const list = chosen?.closest("ul");
  if (list) list.scrollLeft = chosen.parentElement.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
}
