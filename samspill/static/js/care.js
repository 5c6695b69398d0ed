// The queue of findings by keyboard: j and k move, y repairs, n leaves as it is.
const all = () => [...document.querySelectorAll("#findings .finding")];
let place = 0;

function move(step) {
  const at = all().indexOf(document.activeElement?.closest(".finding"));
  focus(at < 0 ? 0 : at + step);
}

function focus(at) {
  const rows = all();
  place = Math.max(0, Math.min(rows.length - 1, at));
  rows[place]?.focus();
  rows[place]?.scrollIntoView({ block: "nearest" });
}

function press(name) {
  document.activeElement?.closest(".finding")?.querySelector(`[${name}]`)?.click();
}

const ACTS = { j: () => move(1), k: () => move(-1), y: () => press("data-accept"), n: () => press("data-reject") };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.target.closest?.("textarea, select, input")) return;
  const act = ACTS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
document.addEventListener("htmx:beforeSwap", ({ target }) => { place = Math.max(0, all().indexOf(target.closest?.(".finding") ?? target)); });
document.addEventListener("htmx:afterSettle", () => { if (!document.activeElement?.closest(".finding")) focus(place); });
