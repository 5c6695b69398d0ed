// Lists that are worked off: when a row has left, the next one has the focus.
const LONGEST_MS = 2000;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const row = detail.target;
  if (!row?.matches?.("[data-work-row]") || !detail.shouldSwap) return;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  if (next) focusWhenGone(row, next, performance.now());
});

function focusWhenGone(row, next, since) {
  if (!row.isConnected) (next.querySelector("[data-work-main]") ?? next.querySelector("select, button"))?.focus();
  else if (performance.now() - since < LONGEST_MS) setTimeout(() => focusWhenGone(row, next, since), 20);
}
