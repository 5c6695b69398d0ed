// The page of callbacks: one key an act, and news as they happen.
import { csrf } from "./texts.js";

const STILL = ["callback.taken", "callback.called", "callback.put_back"];
let waiting = 0;

const work = () => document.getElementById("work");
const busy = () => work()?.contains(document.activeElement) && document.querySelector("#work details[open], dialog[open]");

function redraw() {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (!work() || busy()) return;
    window.htmx.ajax("GET", location.pathname, { target: "#work", swap: "outerHTML" });
  }, 500);
}

// the link itself opens the telephone; beside that the call is noted
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("[data-call]");
  if (!link || link.dataset.pressed) return;
  link.dataset.pressed = "1";
  window.htmx.ajax("POST", link.dataset.call, { target: "#work", swap: "outerHTML", headers: csrf() });
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (document.querySelector("dialog[open]") || event.target.closest?.("textarea, select, input, details[open] .panel")) return;
  if (event.key === "u") return document.querySelector("#toasts button")?.click();
  const wanted = work()?.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.click();
});

document.addEventListener("callbacks:stale", redraw);
document.addEventListener("callback:heard", ({ detail }) => {
  if (!work()) return;
  if (work().dataset.held && STILL.includes(detail.kind)) return;
  redraw();
});
