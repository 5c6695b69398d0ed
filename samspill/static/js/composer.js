// Writing: tabs, drafts, files, and five seconds to take an answer back.
import { showWaiting } from "./dialogs.js";
import { csrf, text } from "./texts.js";
import { append, lastIds, pull, toEnd } from "./thread.js";
import { toast } from "./toasts.js";

const HOLD_MS = 5000;
const DRAFT_MS = 700;
const form = () => document.getElementById("composer");
const box = () => form().elements.text;
let draftTimer;
let held = null;

export function choose(kind) {
  form().dataset.kind = form().elements.kind.value = kind;
  for (const tab of form().querySelectorAll("[role=tab]")) {
    const selected = tab.dataset.kind === kind;
    tab.setAttribute("aria-selected", selected);
    tab.tabIndex = selected ? 0 : -1;
  }
  document.getElementById("write-panel").setAttribute("aria-labelledby", `tab-${kind}`);
  box().placeholder = box().dataset[kind];
  form().querySelector("[data-label-reply]").hidden = kind === "note";
  form().querySelector("[data-label-note]").hidden = kind !== "note";
  for (const part of form().querySelectorAll("[data-choose], [data-recipients]")) part.hidden = kind === "note";
}

export function write(kind) {
  if (!form()) return;
  choose(kind);
  box().focus();
}

export function submit({ anyway = false } = {}) {
  const data = new FormData(form());
  const words = box().value.trim();
  if (!words && !data.has("attachment")) return;
  if (anyway) data.set("anyway", "1");
  data.set("event", lastIds().event);
  const letter = { address: form().action, data, words, kind: data.get("kind"), files: [...document.getElementById("chosen").children], form: form() };
  empty();
  if (letter.kind === "note" || anyway) post(letter);
  else hold(letter);
}

function empty() {
  clearTimeout(draftTimer);
  box().value = "";
  document.getElementById("chosen").replaceChildren();
  form().elements.external_id.value = crypto.getRandomValues(new Uint32Array(4)).join("-");
}

export function hold(letter) {
  flush();
  letter.bubble = showPending(letter.words);
  const shown = toast(text("sending"), { shown: HOLD_MS, undo: () => { held = null; giveBack(letter); }, onEnd: () => { held = null; post(letter); } });
  held = { letter, shown };
}

export function flush() {
  if (!held) return;
  const { letter, shown } = held;
  held = null;
  shown.end(false);
  post(letter, { keepalive: true });
}

function showPending(words) {
  const item = document.createElement("li");
  const bubble = document.createElement("div");
  item.className = "said out pending";
  bubble.className = "bubble";
  bubble.textContent = words;
  item.append(bubble);
  document.getElementById("thread").append(item);
  toEnd();
  return item;
}

async function post(letter, options = {}) {
  try {
    const answer = await fetch(letter.address, { method: "POST", body: letter.data, headers: { ...csrf(), "X-Composer": "1" }, ...options });
    letter.bubble?.remove();
    if (answer.status === 409) collide(letter, await answer.text());
    else if (!answer.ok || answer.redirected) fail(letter);
    else if (letter.form.isConnected) { append(await answer.text()); toEnd(); }
  } catch {
    fail(letter);
  }
}

function fail(letter) {
  giveBack(letter);
  toast(text("notSent"), { tone: "bad" });
}

function giveBack(letter) {
  letter.bubble?.remove();
  if (letter.back) return letter.back();
  if (!letter.form.isConnected) return keepDraft(letter.form.dataset.draft, letter.words);
  choose(letter.kind);
  box().value = [letter.words, box().value].filter(Boolean).join("\n\n");
  form().elements.external_id.value = letter.data.get("external_id");
  document.getElementById("chosen").append(...letter.files);
  box().focus();
}

function collide(letter, html) {
  giveBack(letter);
  const place = document.getElementById("dialog-place");
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
  window.htmx.process(place);
  showWaiting(place);
  pull();
}

function keepDraft(address, words, options = {}) {
  return fetch(address, { method: "POST", body: new URLSearchParams({ text: words }), headers: csrf(), ...options });
}

function saveDraft() {
  clearTimeout(draftTimer);
  if (form().dataset.kind !== "reply") return;
  const { draft } = form().dataset;
  const words = box().value;
  draftTimer = setTimeout(() => keepDraft(draft, words).catch(() => {}), DRAFT_MS);
}

async function attach(files) {
  for (const file of files) {
    const chip = document.createElement("li");
    chip.className = "badge";
    chip.textContent = `${text("uploading")} ${file.name}`;
    document.getElementById("chosen").append(chip);
    const data = new FormData();
    data.set("file", file);
    try {
      const answer = await fetch(form().dataset.attach, { method: "POST", body: data, headers: csrf() });
      const kept = await answer.json();
      if (kept.error) throw new Error(kept.error);
      showFile(chip, kept);
    } catch (error) {
      chip.remove();
      toast(error.message || text("wentWrong"), { tone: "bad" });
    }
  }
}

function showFile(chip, { key, name }) {
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "attachment", value: key });
  const remove = Object.assign(document.createElement("button"), { type: "button", textContent: "×", ariaLabel: `${text("remove")} ${name}` });
  remove.addEventListener("click", () => chip.remove());
  chip.replaceChildren(name, field, remove);
}

document.addEventListener("submit", (event) => {
  if (event.target.id !== "composer") return;
  event.preventDefault();
  submit();
});
document.addEventListener("input", ({ target }) => target.id === "write" && saveDraft());
document.addEventListener("click", ({ target }) => {
  const tab = target.closest(".composer-tabs [role=tab]");
  if (tab) write(tab.dataset.kind);
  target.closest("[data-drop-reader]")?.closest(".badge").remove();
  if (target.closest("[data-choose]")) form().querySelector("[data-file]").click();
  if (target.closest("[data-send-anyway]")) submit({ anyway: true });
  if (target.closest("[data-show-thread]")) pull().then(toEnd);
});
document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-file]")) attach([...target.files]).then(() => { target.value = ""; });
});
document.addEventListener("keydown", (event) => {
  if (event.target.id === "write" && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit();
  }
  const tab = event.target.closest?.(".composer-tabs [role=tab]");
  if (tab && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    choose(tab.dataset.kind === "reply" ? "note" : "reply");
    form().querySelector("[role=tab][aria-selected=true]").focus();
  }
});
window.addEventListener("pagehide", flush);
document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.target?.id === "detail" && leaveDraft());

function leaveDraft() {
  if (!form() || form().dataset.kind !== "reply" || !box().value) return;
  clearTimeout(draftTimer);
  keepDraft(form().dataset.draft, box().value, { keepalive: true }).catch(() => {});
}
