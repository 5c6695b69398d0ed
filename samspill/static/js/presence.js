// Tells colleagues that this conversation is open here, and shows who else has it open.
import { csrf } from "./texts.js";

const EVERY_MS = 10000;
const page = () => document.querySelector("[data-conversation]");
let here = null;

async function tell(method, facts = {}) {
  if (!page()) return;
  const options = method === "POST" ? { method, body: new URLSearchParams(facts), headers: csrf() } : {};
  const answer = await fetch(page().dataset.here, options).catch(() => null);
  const place = document.getElementById("others");
  if (place && answer?.ok && !answer.redirected) place.innerHTML = await answer.text();
}

export const showOthers = () => tell("GET");

function beat() {
  if (document.visibilityState !== "visible" || !page()) return;
  const typing = document.activeElement?.id === "write" && document.activeElement.value;
  tell("POST", typing ? { typing: "1" } : {});
}

function leave() {
  if (here) fetch(here, { method: "POST", body: new URLSearchParams({ leave: "1" }), headers: csrf(), keepalive: true }).catch(() => {});
}

function arrive() {
  const now = page()?.dataset.here ?? null;
  if (here && here !== now) leave();
  here = now;
}

setInterval(beat, EVERY_MS);
document.addEventListener("conversation:opened", arrive);
window.addEventListener("pagehide", leave);
arrive();
