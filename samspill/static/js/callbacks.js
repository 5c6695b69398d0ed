// The page of callbacks: one key an act, and news as they happen.
import { csrf } from "./texts.js";

const STILL = ["callback.taken", "callback.called", "callback.put_back"];
const PATIENCE_MS = 5000; // so long an answer to a click may take before news are drawn over it
let waiting = 0;
let asked = 0; // when a click was sent that has no answer yet
let drawn = 0;

const work = () => document.getElementById("work");
const busy = () => document.querySelector("#work details[open], dialog[open]") || Date.now() - asked < PATIENCE_MS;

function redraw() {
  clearTimeout(waiting);
  waiting = setTimeout(draw, 500);
}

// not by HTMX's queue, which may drop a click behind it; and never older news over a newer page
async function draw() {
  if (!work()) return;
  if (busy()) return redraw();
  const before = drawn;
  const answer = await fetch(location.pathname, { headers: { "HX-Request": "true", "HX-Target": "work" } }).catch(() => null);
  if (!answer?.ok) return;
  if (answer.redirected) return location.reload(); // the session is over
  const page = await answer.text();
  if (before !== drawn || busy()) return redraw();
  window.htmx.swap("#work", page, { swapStyle: "outerHTML" });
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.requestConfig?.verb === "post") asked = Date.now();
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.requestConfig?.verb === "post") asked = 0;
  drawn += 1;
});

// the link itself opens the telephone; beside that the call is noted
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("[data-call]");
  if (!link || link.dataset.pressed) return;
  link.dataset.pressed = "1";
  window.htmx.ajax("POST", link.dataset.call, { source: link, target: "#work", swap: "outerHTML", headers: csrf() });
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
setInterval(() => { if (work() && !work().dataset.held && document.visibilityState === "visible") redraw(); }, 60000);
