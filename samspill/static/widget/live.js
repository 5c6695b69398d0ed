/** Hears that something happened; what happened is fetched. Asks every few seconds while nothing can be heard. */

import { pass } from "./server.js";

const POLL_MS = 5000;
const AT_ONCE = [
  "hello", "resync", "message.sent", "message.read", "conversation.closed", "conversation.reopened",
  "conversation.handed_over", "survey.asked", "message.redrawn",
]; // prettier-ignore
const OWN_ECHO_MS = 250;
const REWRITTEN = ["message.redacted", "message.restored"];
let stream = null;
let conversation = 0;
let room = "";
let call = { news: () => {}, typing: () => {}, rewritten: () => {} };
let askedAt = 0;

/** Starts to listen: `news()` when something may be new, `rewritten()` when what was said has changed, `typing()` when a person is writing. */
export function listen(listeners) {
  call = listeners;
  setInterval(() => document.visibilityState === "visible" && !hears() && room && news(), POLL_MS);
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && wake());
  addEventListener("pageshow", (event) => event.persisted && wake());
}

/** Listens to this conversation from now on. */
export function enter(id, key) {
  room = key;
  if (id === conversation && stream && stream.readyState !== EventSource.CLOSED) return;
  conversation = id;
  connect();
}

function connect() {
  stream?.close();
  const query = new URLSearchParams({ pass: pass(), room });
  stream = new EventSource(`/live/visitor?${query}`);
  for (const kind of AT_ONCE) stream.addEventListener(kind, news);
  for (const kind of REWRITTEN) stream.addEventListener(kind, () => call.rewritten());
  stream.addEventListener("message.received", echo);
  stream.addEventListener("typing", (event) => JSON.parse(event.data).actor === "agent" && call.typing());
}

function news() {
  askedAt = performance.now();
  call.news();
}

/** Mostly the echo of what was sent from here; another tab's words come with the answer, or are fetched a moment later. */
function echo() {
  const since = performance.now();
  setTimeout(() => askedAt < since && news(), OWN_ECHO_MS);
}

const hears = () => stream?.readyState === EventSource.OPEN;

function wake() {
  if (room && (!stream || stream.readyState === EventSource.CLOSED)) connect();
  news();
}
