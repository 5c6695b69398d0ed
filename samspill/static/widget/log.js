/** The list of messages: each once, in the server's order, what is still on its way at the end. */

import { byId } from "./dom.js";
import { draw, mark, recard, rewrite, separator } from "./message.js";
import { whichDay } from "./words.js";

const NEAR_END = 120;
const list = byId("log");
const scroll = byId("scroll");
const newest = byId("newest");
const byMessage = new Map();
const byKey = new Map();

let follows = true; // whoever reads the end stays at the end when something is added

newest.addEventListener("click", () => toEnd(true));
scroll.addEventListener("scroll", readerMoved, { passive: true });
const grown = new ResizeObserver(() => toEnd());
for (const part of scroll.children) grown.observe(part);
grown.observe(scroll);

/** Adds a message of the server, or fills in what is known of one already shown. Returns true when it is new. */
export function show(message, name, act) {
  if (byMessage.has(message.id)) {
    settle(byMessage.get(message.id), message);
    return false;
  }
  const mine = message.key && byKey.get(message.key);
  const item = mine || draw(message, name, act);
  if (message.key) byKey.set(message.key, item);
  byMessage.set(message.id, item);
  item.dataset.id = message.id;
  settle(item, message);
  place(item, message.id);
  return !mine;
}

/** Shows what has been said here and not yet confirmed. */
export function showWaiting(item, act) {
  if (!byKey.has(item.id)) {
    const node = draw({ ...item, from: "contact", attachments: item.files }, "", {});
    byKey.set(item.id, node);
    list.append(node);
    days();
  }
  mark(byKey.get(item.id), item.problem ? "failed" : "sending", item.problem, act);
}

/** The server has confirmed something said here. */
export function confirm(key, id) {
  const item = byKey.get(key);
  if (!item) return;
  if (!byMessage.has(id)) byMessage.set(id, item);
  item.dataset.id = id;
  mark(item, "sent");
  place(item, id);
}

/** Takes back something that was not sent. */
export function remove(key) {
  byKey.get(key)?.remove();
  byKey.delete(key);
  days();
}

/** Cards as they stand now, by message. */
export function refresh(cards) {
  for (const [id, card] of Object.entries(cards)) if (byMessage.has(Number(id))) recard(byMessage.get(Number(id)), card);
}

/** Empties the list. */
export function clear() {
  list.replaceChildren();
  byMessage.clear();
  byKey.clear();
}

/** Everything of ours that stands above an answer has been seen. */
export function markSeen() {
  const items = [...list.querySelectorAll(".message")];
  const answered = items.findLastIndex((item) => !item.classList.contains("from-contact"));
  items.slice(0, Math.max(answered, 0)).forEach((item) => item.dataset.state === "sent" && mark(item, "seen"));
}

/** Brings the end of the list into view, if the reader is near it or `always`. */
export function toEnd(always = false) {
  follows = follows || always;
  if (follows) scroll.scrollTop = scroll.scrollHeight;
  newest.hidden = isAtEnd();
}

function readerMoved() {
  follows = isAtEnd();
  newest.hidden = follows;
}

const isAtEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_END;

function settle(item, message) {
  if (message.text !== undefined) rewrite(item, message);
  if (message.from === "contact") mark(item, message.state === "read" ? "seen" : item.dataset.state || "sent");
  if (message.from === "contact" && item.dataset.state === "sending") mark(item, "sent");
}

function place(item, id) {
  const after = [...list.children].find((other) => (Number(other.dataset.id) || Infinity) > id && isMessage(other));
  if (item.parentNode !== list || (after !== item && item.nextElementSibling !== (after ?? null))) {
    list.insertBefore(item, after === item ? item.nextElementSibling : after ?? null);
  }
  days();
}

const isMessage = (item) => item.classList.contains("message");

function days() {
  let before = "";
  for (const item of [...list.children]) {
    if (!isMessage(item)) {
      if (!item.nextElementSibling || item.dataset.day !== item.nextElementSibling.dataset.day) item.remove();
      continue;
    }
    if (item.dataset.day !== before && item.previousElementSibling?.dataset.day !== item.dataset.day) {
      const line = separator(whichDay(item.querySelector("time").dateTime));
      line.dataset.day = item.dataset.day;
      item.before(line);
    }
    before = item.dataset.day;
  }
}
