// The desk by keyboard.
import { write } from "./composer.js";
import { closeMenu, openDialog } from "./dialogs.js";

const rows = () => [...document.querySelectorAll("#rows .row")];
const cursor = () => document.querySelector("#rows .row.cursor") ?? document.querySelector("#rows .row[aria-current]");

function move(step) {
  const all = rows();
  const at = all.indexOf(cursor());
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))];
  if (!next) return;
  for (const row of all) row.classList.toggle("cursor", row === next);
  next.querySelector("a").focus();
  next.scrollIntoView({ block: "nearest" });
}

function check() {
  cursor()?.querySelector("input").click();
}

function menu(name) {
  const place = document.querySelector(`[data-menu=${name}]`);
  if (!place) return;
  place.open = true;
  place.querySelector(".item")?.focus();
}

function back() {
  if (closeMenu()) return;
  if (document.activeElement?.matches("textarea, input")) document.activeElement.blur();
  else document.querySelector(".phone-back")?.click();
}

const ACTS = {
  j: () => move(1), k: () => move(-1), x: check,
  o: () => cursor()?.querySelector("a").click(),
  p: () => document.querySelector("[data-prepared-main]")?.focus(),
  r: () => write("reply"), n: () => write("note"),
  a: () => menu("assign"), s: () => menu("snooze"),
  e: () => document.querySelector("[data-act=close]")?.click(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => openDialog("keys"),
};

function inMenu(event) {
  const panel = event.target.closest?.("details.menu[open] .panel");
  if (!panel || !["ArrowDown", "ArrowUp"].includes(event.key)) return false;
  const items = [...panel.querySelectorAll(".item")];
  const at = items.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
  items.at(at % items.length)?.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return back();
  if (inMenu(event)) return event.preventDefault();
  if (event.target.closest?.("textarea, select, [contenteditable], input:not([type=checkbox])")) return;
  const act = ACTS[event.key];
  if (!act || !document.getElementById("rows")) return;
  event.preventDefault();
  act();
});
