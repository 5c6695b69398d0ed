// The article editor: preview while writing, formatting keys, drafts saved by themselves.
import { csrf } from "./texts.js";

const PREVIEW_MS = 250;
const AUTOSAVE_MS = 2500;

const WRAPS = { bold: "**", italic: "*" };
const STARTS = { heading: () => "## ", list: () => "- ", steps: (at) => `${at + 1}. `, quote: () => "> " };
const KEYS = { "ctrl+b": "bold", "ctrl+i": "italic", "ctrl+k": "link", "ctrl+alt+2": "heading", "ctrl+shift+8": "list", "ctrl+shift+7": "steps" };

const form = document.querySelector("[data-editor]");
const text = form.elements.body;
const status = form.querySelector("[data-status]");
const shown = form.querySelector("[data-shown]");
const split = form.querySelector("[data-split]");
let kept = written();
let previewing;
let saving;

function written() {
  return JSON.stringify([form.elements.title.value, form.elements.summary.value, text.value]);
}

function replace(start, end, words, from, to) {
  text.focus();
  text.setSelectionRange(start, end);
  document.execCommand("insertText", false, words); // keeps the browser's own undo
  text.setSelectionRange(from, to);
}

function wrap(sign) {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const words = value.slice(start, end);
  replace(start, end, sign + words + sign, start + sign.length, end + sign.length);
}

function begin(sign) {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const rest = text.value.indexOf("\n", text.selectionEnd);
  const end = rest < 0 ? text.value.length : rest;
  const lines = text.value.slice(start, end).split("\n");
  const marked = lines.every((line, at) => line.startsWith(sign(at)));
  const made = lines.map((line, at) => (marked ? line.slice(sign(at).length) : sign(at) + line)).join("\n");
  replace(start, end, made, start, start + made.length);
}

function link() {
  const { selectionStart: start, selectionEnd: end, value } = text;
  const words = value.slice(start, end) || "…";
  const made = `[${words}](https://)`;
  replace(start, end, made, start + made.length - 1, start + made.length - 1);
}

function mark(name) {
  if (name === "link") link();
  else if (WRAPS[name]) wrap(WRAPS[name]);
  else begin(STARTS[name]);
}

function key(event) {
  if (!(event.ctrlKey || event.metaKey)) return;
  const pressed = event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase();
  const name = ["ctrl", event.altKey && "alt", event.shiftKey && "shift", pressed].filter(Boolean).join("+");
  const action = { "ctrl+s": "save", "ctrl+enter": "publish" }[name];
  if (!action && !(KEYS[name] && event.target === text)) return;
  event.preventDefault();
  if (action) form.querySelector(`[value=${action}]`)?.click();
  else mark(KEYS[name]);
}

async function preview() {
  const answer = await fetch(form.dataset.preview, { method: "POST", headers: csrf(), body: new URLSearchParams({ body: text.value }) });
  if (answer.ok) shown.innerHTML = await answer.text();
}

async function autosave() {
  const now = written();
  if (now === kept) return;
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", headers: csrf(), body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.status);
    form.elements.seen.value = (await answer.json()).number;
    kept = now;
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    status.textContent = `${form.dataset.saved}, ${time}`;
  } catch {
    status.textContent = form.dataset.failed;
  }
}

function changed() {
  clearTimeout(previewing);
  clearTimeout(saving);
  if (written() !== kept) status.textContent = form.dataset.unsaved;
  previewing = setTimeout(preview, PREVIEW_MS);
  saving = setTimeout(autosave, AUTOSAVE_MS);
}

function show(button) {
  split.classList.toggle("show-preview", button.dataset.show === "preview");
  for (const one of form.querySelectorAll("[data-show]")) one.setAttribute("aria-pressed", String(one === button));
}

if (status) {
  form.addEventListener("input", changed);
  form.addEventListener("keydown", key);
  form.addEventListener("submit", () => { kept = written(); });
  addEventListener("beforeunload", (event) => written() !== kept && event.preventDefault());
}
form.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-mark]");
  const view = target.closest("[data-show]");
  if (button) mark(button.dataset.mark);
  if (view) show(view);
});
