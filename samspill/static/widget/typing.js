/** Shows for a while that somebody is writing. */

import { byId } from "./dom.js";
import { say } from "./words.js";

const SHOWN_MS = 8000;
const place = byId("typing");
let timer = 0;

/** `name` is writing now. */
export function show(name) {
  clearTimeout(timer);
  timer = setTimeout(hide, SHOWN_MS);
  byId("typing-text").textContent = say("typing", { name });
  place.hidden = false;
}

/** Nobody is writing any more. */
export function hide() {
  clearTimeout(timer);
  place.hidden = true;
}
