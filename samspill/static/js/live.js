// One stream per tab; every event says which conversation changed, never what was written.
import { renewPrepared } from "./prepared.js";
import { showOthers } from "./presence.js";
import { refresh, reloadAll } from "./rows.js";
import { ping } from "./sound.js";
import { text } from "./texts.js";
import { openConversation, pull, redraw, refreshHead, showSounds, showTyping } from "./thread.js";
import { toast } from "./toasts.js";

const PASSING = ["presence", "typing"];
const KINDS = [
  "message.received", "message.sent", "message.read", "note.added", "conversation.opened", "conversation.assigned",
  "conversation.team_assigned", "conversation.handed_over", "conversation.given_back", "conversation.closed",
  "conversation.reopened", "conversation.snoozed", "message.understood", "message.reread", "identity.verified",
  "contact.merged", "message.redacted", "message.restored", "message.edited", "message.deleted", "message.changed",
  "message.dispatched", "message.arrived", "message.failed", "contact.opted_out", "contact.opted_in",
  "reply.prepared", "reply.settled", "mail.noticed",
];
const CALLS = [
  "asked", "asked_again", "moved", "classic_chosen", "planning_allowed", "taken", "put_back", "called", "call_dropped",
  "finished", "finish_undone", "postponed", "ended",
].map((what) => `callback.${what}`);
const REWRITTEN = [
  "message.redacted", "message.restored", "message.edited", "message.deleted", "message.changed",
  "message.dispatched", "message.arrived", "message.failed",
];
const PREPARED = ["reply.prepared", "reply.settled", "message.received", "message.sent", "conversation.closed"];
let source;
let pause = 1000;
let lost = false;

function connect() {
  source = new EventSource("/live/desk");
  source.addEventListener("hello", () => { pause = 1000; if (lost) catchUp(); lost = false; });
  source.addEventListener("resync", catchUp);
  for (const kind of [...KINDS, ...CALLS]) source.addEventListener(kind, ({ data }) => hear(JSON.parse(data)));
  for (const kind of PASSING) source.addEventListener(kind, ({ data }) => hearPassing(JSON.parse(data)));
  source.addEventListener("error", () => { lost = true; if (source.readyState === EventSource.CLOSED) again(); });
}

// the pass may have run out while the page was open
function again() {
  setTimeout(async () => {
    const answer = await fetch("/desk/pass/").catch(() => null);
    if (answer?.redirected) location.reload();
    else connect();
  }, pause);
  pause = Math.min(pause * 2, 30000);
}

function catchUp() {
  if (!document.getElementById("rows")) return tellCalls({ kind: "resync" });
  reloadAll();
  pull().then(redraw);
  refreshHead();
}

function tellCalls(event) {
  document.dispatchEvent(new CustomEvent("callback:heard", { detail: event }));
}

function hear(event) {
  if (CALLS.includes(event.kind)) tellCalls(event);
  if (!event.conversation || !document.getElementById("rows")) return;
  refresh([event.conversation]);
  if (event.kind === "message.received") ping();
  if (String(event.conversation) !== openConversation()) return;
  if (PREPARED.includes(event.kind)) renewPrepared();
  if (event.kind === "message.understood" || event.kind === "message.reread") showSounds();
  else if (event.kind === "message.read") markRead();
  else if (REWRITTEN.includes(event.kind)) pull().then(redraw);
  else pull();
  if (event.kind.startsWith("conversation.")) refreshHead();
}

function hearPassing(event) {
  if (String(event.conversation) !== openConversation()) return;
  if (event.kind === "typing" && event.actor !== "agent") showTyping(text("writes"));
  else showOthers();
}

function markRead() {
  for (const state of document.querySelectorAll("#thread .out .state")) state.textContent = text("read");
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  if (document.getElementById("rows")) { pull(); refreshHead(); } else tellCalls({ kind: "resync" });
});
window.addEventListener("online", () => lost && toast(text("online"), { shown: 2500 }));
window.addEventListener("offline", () => toast(text("offline"), { tone: "bad" }));
if (document.querySelector("#rows, [data-hears]")) connect();
