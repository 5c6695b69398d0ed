/** Draws one message. */

import { attachments, callbackCard, orderCard, sources } from "./cards.js";
import { el, icon, quiet } from "./dom.js";
import { paragraphs } from "./text.js";
import { say, time, words } from "./words.js";

const STATES = { sending: "clock", sent: "check", seen: "checks", failed: "alert" };

/** The list item of a message; `act` answers to presses: choose(choice), again(), discard(). */
export function draw(message, name, act) {
  const own = message.from === "contact";
  const item = el("li", { className: `message from-${message.from}`, "data-day": dayOf(message), "data-text": message.text ?? "" });
  item.append(
    own ? quiet(`${words.you}: `) : el("span", { className: "name" }, name, quiet(": ")),
    ...body(message),
    ...(own ? [] : beside(message, act)),
    el("div", { className: "foot" }, el("time", { dateTime: message.at }, time(message.at)), ...mouth(message)),
  );
  if (message.language) item.lang = message.language;
  return item;
}

/** Shows under a message of our own how far it has come. */
export function mark(item, state, problem = "", act = {}) {
  if (item.dataset.state === state && !problem) return;
  item.dataset.state = state;
  const foot = item.querySelector(".foot");
  foot.querySelectorAll(".state, button, .why").forEach((node) => node.remove());
  foot.append(el("span", { className: "state" }, icon(STATES[state]), words[state]));
  if (state !== "failed") return;
  foot.prepend(el("span", { className: "why" }, problem));
  foot.append(
    el("button", { type: "button", onclick: act.again }, words.retry),
    el("button", { type: "button", onclick: act.discard }, words.discard),
  );
}

/** The line between two days. */
export const separator = (text) => el("li", { className: "day" }, el("span", {}, text));

const mouth = (message) => (message.by === "email" ? [el("span", { className: "by" }, icon("mail"), words.by_mail)] : []);

const dayOf = (message) => new Date(message.at).toDateString();

/** Words that were changed on the server are drawn anew. */
export function rewrite(item, message) {
  const bubble = item.querySelector(".bubble");
  if (!bubble || item.dataset.text === undefined || item.dataset.text === message.text) return;
  item.dataset.text = message.text;
  bubble.replaceChildren(...said(message));
}

const said = (message) => (message.from === "contact" ? ownText(message.text) : paragraphs(message.text));

function body(message) {
  const files = message.attachments?.length ? [attachments(message.attachments)] : [];
  if (!message.text) return files;
  return [el("div", { className: "bubble" }, ...said(message)), ...files];
}

function ownText(text) {
  return [el("p", { className: "as-typed" }, text)];
}

function beside(message, act) {
  const parts = [];
  if (message.card) parts.push(card(message.card));
  if (message.sources?.length) parts.push(sources(message.sources, (title) => say("source", { title })));
  if (message.choices?.length) parts.push(choices(message.choices, act.choose));
  return parts;
}

const card = (facts) => (facts.kind === "callback" ? callbackCard(facts) : orderCard(facts));

/** A card whose facts have changed is drawn anew; whoever had its link in focus has it still. */
export function recard(item, facts) {
  const old = item.querySelector(".order");
  const fresh = card(facts);
  if (!old || old.isEqualNode(fresh)) return;
  const focused = old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (focused) fresh.querySelector("a")?.focus({ preventScroll: true });
}

function choices(list, choose) {
  const buttons = list.map((choice) =>
    el("button", { type: "button", className: "chip", onclick: () => choose(choice) }, choice.label),
  );
  return el("div", { className: "chips" }, ...buttons);
}
