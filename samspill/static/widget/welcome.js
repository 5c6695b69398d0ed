/** How the panel opens: who answers, what it can do, what happens to the words, and the question for consent. */

import { byId, el, icon } from "./dom.js";
import { link } from "./text.js";
import { say, words } from "./words.js";

const place = byId("welcome");
let card = el("div");

/** Draws the opening. `ask(text)` says something; `agree(yes)` answers the consent question; `call()` opens the form. */
export function open({ assistant, company, privacy, abilities, callbacks }, { ask, agree, call, consent }) {
  card = el("div", { className: "consent", role: "group" });
  const intro = assistant ? say("intro", { name: assistant, company }) : say("intro_people", { company });
  place.replaceChildren(
    el("h2", {}, words.hello),
    el("p", {}, intro),
    ...chips(assistant ? abilities : [], ask, callbacks && call),
    card,
    privacyLine(privacy),
  );
  showConsent(consent, agree);
}

/** Draws the consent question, or the answer with a way to change it. */
export function showConsent(given, agree) {
  card.className = `consent ${given === null ? "open" : "done"}`;
  card.replaceChildren(...(given === null ? question(agree) : answer(given, agree)));
}

/** Leads the reader to the question, because something waits for the answer. */
export function insist() {
  card.classList.add("urgent");
  const why = card.querySelector(".why") || el("p", { className: "why", role: "alert" });
  why.textContent = words.consent_first;
  card.append(why);
  card.scrollIntoView({ block: "center" });
  card.querySelector("button")?.focus({ preventScroll: true });
}

function question(agree) {
  return [
    el("p", { id: "consent-question" }, icon("shield"), el("span", {}, words.consent_question)),
    el(
      "div",
      { className: "answers" },
      el("button", { type: "button", className: "main", onclick: () => agree(true) }, words.consent_yes),
      el("button", { type: "button", onclick: () => agree(false) }, words.consent_no),
    ),
  ];
}

function answer(given, agree) {
  const text = given ? words.consent_given : words.consent_refused;
  const other = given ? words.consent_withdraw : words.consent_allow;
  return [
    el("p", {}, icon("shield"), el("span", {}, text, " ", change(other, () => agree(!given)))),
  ];
}

const change = (text, onclick) => el("button", { type: "button", className: "inline", onclick }, text);

function chips(abilities, ask, call) {
  const chip = (onclick, ...inside) => el("button", { type: "button", className: "chip", onclick }, ...inside);
  const buttons = abilities.map((text) => chip(() => ask(text), text));
  if (call) buttons.push(chip(call, icon("phone"), words.callback));
  if (!buttons.length) return [];
  const lead = abilities.length ? el("p", { className: "lead", id: "can" }, words.can) : null;
  return [lead ?? "", el("div", { className: "chips", role: "group", "aria-label": words.can }, ...buttons)];
}

function privacyLine(address) {
  const more = address ? link(words.privacy, address) : null;
  return el("p", { className: "privacy" }, words.privacy_line, " ", more);
}
