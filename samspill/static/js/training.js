// Lists that are worked off: when a row leaves, the next one has the focus.
let next = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const row = detail.target?.closest?.("[data-work-row]");
  if (!row || row !== detail.target) return;
  next = row.nextElementSibling ?? row.previousElementSibling;
});

document.addEventListener("htmx:afterSettle", focusNext);
document.addEventListener("htmx:afterSwap", focusNext);

function focusNext() {
  if (!next?.isConnected) return;
  (next.querySelector("[data-work-main]") ?? next.querySelector("button, select"))?.focus();
  next = null;
}
