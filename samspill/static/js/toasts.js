// Short messages at the bottom, some with a way back.
import { csrf, text } from "./texts.js";

const SHOWN_MS = 6000;
const place = document.getElementById("toasts");

export function toast(words, { undo, label, tone = "", shown = SHOWN_MS, onEnd } = {}) {
  const box = document.createElement("div");
  box.className = `toast ${tone}`;
  box.append(words);
  const timer = setTimeout(() => end(true), shown);
  function end(passed) {
    clearTimeout(timer);
    box.remove();
    if (passed) onEnd?.();
  }
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label ?? text("undo");
    button.addEventListener("click", () => { end(false); undo(); });
    box.append(button);
  }
  place?.append(box);
  return { end };
}

function takeBack(address, place = "head") {
  const head = document.getElementById(place);
  window.htmx.ajax("POST", address, { target: head ?? document.body, swap: head ? "outerHTML" : "none", headers: csrf() });
}

document.addEventListener("toast", ({ detail }) => {
  toast(detail.text, detail.undo ? { undo: () => takeBack(detail.undo, detail.place) } : {});
});
for (const box of document.querySelectorAll("[data-toast]")) setTimeout(() => box.remove(), SHOWN_MS);
