// The reply the assistant prepared: sent with a moment to think again, or taken into the box to be changed.
import { hold, write } from "./composer.js";
import { lastIds } from "./thread.js";

const place = () => document.getElementById("prepared");
const card = () => place()?.querySelector(".prepared");
const box = () => document.getElementById("write");

function send(form) {
  const shown = card();
  const data = new FormData(form);
  data.set("seen", document.querySelector("#composer [name=seen]").value);
  data.set("event", lastIds().event);
  shown.hidden = true;
  const words = shown.querySelector("[data-offered]").textContent;
  hold({ address: form.action, data, words, kind: "reply", files: [], form: document.getElementById("composer"), back: () => { shown.hidden = false; } });
  box().focus();
}

function edit() {
  const words = card().querySelector("[data-offered]").textContent;
  write("reply");
  box().value = [box().value.trim(), words].filter(Boolean).join("\n\n");
  box().dispatchEvent(new Event("input", { bubbles: true }));
  box().setSelectionRange(0, 0);
  box().scrollTop = 0;
  card().hidden = true;
}

export async function renewPrepared() {
  const old = place();
  if (!old || old.contains(document.activeElement)) return;
  const answer = await fetch(old.dataset.renew, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || !old.isConnected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("prepared");
  const same = (one) => one.querySelector("[data-prepared-send]")?.getAttribute("action");
  if (same(old) === same(fresh)) return; // what is under way here stays as it is
  old.replaceWith(document.adoptNode(fresh));
  window.htmx.process(fresh);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-prepared-send]")) return;
  event.preventDefault();
  send(event.target);
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-prepared-edit]")) return;
  event.preventDefault();
  edit();
});
