/** Where the visitor writes: text that is kept while it is written, files that go up at once. */

import { byId, el, icon } from "./dom.js";
import { keep, recall } from "./memory.js";
import { Lost, post } from "./server.js";
import { say, words } from "./words.js";

const MOST_FILES = 6;
const TYPING_EVERY_MS = 3000;
const form = byId("composer");
const field = byId("text");
const list = byId("files");
const picker = byId("picker");
const problem = byId("problem");
let files = [];
let told = 0;
let act = {};

/** Starts; `act` has send({text, files}), typing(), beforeFile() → promise. */
export function begin(handlers) {
  act = handlers;
  field.value = recall("draft") || "";
  fit();
  form.addEventListener("submit", submit);
  field.addEventListener("input", written);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  });
  field.addEventListener("paste", (event) => take(event, event.clipboardData.files));
  byId("attach").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    [...picker.files].forEach(addFile);
    picker.value = "";
  });
  dropping();
}

/** Puts the cursor where one writes. */
export const focus = () => field.focus({ preventScroll: true });

/** Says what went wrong, or nothing. */
export const complain = (text = "") => { problem.textContent = text; };

function written() {
  keep("draft", field.value || undefined);
  complain();
  fit();
  if (Date.now() - told > TYPING_EVERY_MS && field.value) {
    told = Date.now();
    act.typing();
  }
}

function fit() {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
  form.classList.toggle("filled", Boolean(field.value.trim() || files.length));
}

async function submit(event) {
  event.preventDefault();
  await Promise.allSettled(files.map((file) => file.going));
  const ready = files.filter((file) => file.stored);
  const text = field.value.trim();
  if ((!text && !ready.length) || files.length > ready.length) return;
  files = [];
  field.value = "";
  drawFiles();
  written();
  focus();
  act.send({ text, files: ready.map((file) => file.stored) });
}

function addFile(content) {
  if (files.length >= MOST_FILES) {
    complain(words.errors.too_many_files);
    return;
  }
  const file = { name: content.name };
  files.push(file);
  file.going = upload(file, content);
  drawFiles();
}

async function upload(file, content) {
  try {
    await act.beforeFile();
    const body = new FormData();
    body.append("file", content, content.name);
    file.stored = await post("upload", body, { signal: AbortSignal.timeout(120_000) });
    complain();
  } catch (error) {
    files = files.filter((other) => other !== file);
    complain(`${file.name}: ${error instanceof Lost ? words.offline : error.message}`);
  }
  drawFiles();
}

function drawFiles() {
  list.replaceChildren(...files.map(drawFile));
  fit();
}

function drawFile(file) {
  const away = () => {
    files = files.filter((other) => other !== file);
    drawFiles();
    focus();
  };
  const label = file.stored ? file.name : say("uploading", { name: file.name });
  return el(
    "li",
    { className: file.stored ? "" : "going" },
    icon("file"),
    el("span", {}, label),
    el("button", { type: "button", "aria-label": say("remove", { name: file.name }), onclick: away }, icon("close")),
  );
}

function take(event, given) {
  if (!given?.length) return;
  event.preventDefault();
  [...given].forEach(addFile);
}

function dropping() {
  const sign = byId("drop");
  let depth = 0;
  const over = (by) => {
    depth = Math.max(0, depth + by);
    sign.hidden = !depth;
  };
  addEventListener("dragenter", () => over(1));
  addEventListener("dragleave", () => over(-1));
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    depth = 0;
    over(0);
    take(event, event.dataTransfer.files);
  });
}
