/** Draws one message. */

import { orderCard, attachments, sources } from "./cards.js";
import { el, icon, quiet } from "./dom.js";
import { paragraphs } from "./text.js";
import { say, time, words } from "./words.js";

const STATES = { sending: "clock", sent: "check", seen: "checks", failed: "alert" };

/** The list item of a message; `act` answers to presses: choose(choice), again(), discard(). */
export function draw(message, name, act) {
  const own = message.from === "contact";
  const item = el("li", { className: `message from-${message.from}`, "data-day": dayOf(message) });
  item.append(
    own ? quiet(`${words.you}: `) : el("span", { className: "name" }, name, quiet(": ")),
    ...body(message),
    ...(own ? [] : beside(message, act)),
    el("div", { className: "foot" }, el("time", { dateTime: message.at }, time(message.at))),
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

const dayOf = (message) => new Date(message.at).toDateString();

function body(message) {
  const files = message.attachments?.length ? [attachments(message.attachments)] : [];
  if (!message.text) return files;
  const text = message.from === "contact" ? ownText(message.text) : paragraphs(message.text);
  return [el("div", { className: "bubble" }, ...text), ...files];
}

function ownText(text) {
  return [el("p", { className: "as-typed" }, text)];
}

function beside(message, act) {
  const parts = [];
  if (message.card) parts.push(orderCard(message.card));
  if (message.sources?.length) parts.push(sources(message.sources, (title) => say("source", { title })));
  if (message.choices?.length) parts.push(choices(message.choices, act.choose));
  return parts;
}

function choices(list, choose) {
  const buttons = list.map((choice) =>
    el("button", { type: "button", className: "chip", onclick: () => choose(choice) }, choice.label),
  );
  return el("div", { className: "chips" }, ...buttons);
}
