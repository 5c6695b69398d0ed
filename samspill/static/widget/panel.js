/** The chat panel: brings the parts together. */

import * as after from "./after.js";
import * as callback from "./callback.js";
import * as composer from "./composer.js";
import { ICONS, byId } from "./dom.js";
import * as host from "./host.js";
import * as live from "./live.js";
import * as log from "./log.js";
import { keep, recall } from "./memory.js";
import * as outbox from "./outbox.js";
import { Lost, get, keepPass, pass, post } from "./server.js";
import * as typing from "./typing.js";
import * as welcome from "./welcome.js";
import { say, words } from "./words.js";

const AGAIN_MS = 3000;
const CALL = "_callback"; // a button that opens the form: nobody need be there to read it
const talk = { met: false, consent: undefined, assistant: "", company: "", conversation: null, survey: null, after: 0, left: 0 };
const unseen = new Set();
const agreed = [];
let pulling = false;
let pullAgain = false;
let fromStart = false;

async function start() {
  outbox.begin({ change: drawWaiting, sent, lost }, () => talk.met && talk.consent !== null);
  composer.begin({ send: speak, typing: tellTyping, beforeFile: consented });
  live.listen({ news: pull, rewritten: pullAll, typing: () => typing.show(personName()) });
  host.when("focus", composer.focus);
  host.when("open", (open) => (open ? seen() : 0));
  byId("close").addEventListener("click", host.close);
  byId("person").addEventListener("click", askForPerson);
  byId("call").addEventListener("click", callback.open);
  callback.begin(() => { log.toEnd(true); pull(); });
  addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && host.close());
  addEventListener("offline", () => showOffline(true));
  addEventListener("online", () => (talk.met ? showOffline(false) : hello()));
  document.addEventListener("visibilitychange", seen);
  await host.meet();
  hello();
}

async function hello() {
  try {
    const known = await post("hello", { inbox: document.body.dataset.inbox, visitor: host.visitorToken() });
    if (!known.known && pass()) forget();
    keepPass(known.pass);
    Object.assign(talk, known, { met: true, conversation: null, consent: known.consent });
    welcome.open(talk, { ask: (text) => speak({ text }), agree, call: callback.open, consent: talk.consent });
    byId("call").hidden = !talk.callbacks;
    showOffline(false);
    drawOpening();
    take(known);
    if (talk.consent === null && outbox.waiting().length) welcome.insist();
    outbox.flush();
  } catch (error) {
    showOffline(error instanceof Lost);
    if (error instanceof Lost || error.waitMs) setTimeout(hello, error.waitMs || AGAIN_MS);
    else composer.complain(error.message);
  }
}

// somebody else sits here now: what the last one had not sent is not sent in the new one's name
function forget() {
  outbox.drop();
  keep("draft");
  log.clear();
  talk.after = 0;
}

// what is shown has changed: everything is fetched again and drawn anew where it differs
function pullAll() {
  fromStart = true;
  return pull();
}

async function pull() {
  if (!talk.met) return;
  if (pulling) {
    pullAgain = true;
    return;
  }
  pulling = true;
  try {
    do {
      pullAgain = false;
      const after = fromStart ? 0 : talk.after;
      fromStart = false;
      take(await get(`messages?after=${after}`));
      showOffline(false);
    } while (pullAgain);
  } catch (error) {
    if (error instanceof Lost) showOffline(true);
  } finally {
    pulling = false;
  }
}

function take({ conversation, room, messages, survey, cards }) {
  if (!conversation || conversation.id === talk.left) return;
  if (talk.conversation && talk.conversation.id !== conversation.id) startLog();
  Object.assign(talk, { conversation, survey });
  messages.forEach(receive);
  log.refresh(cards);
  log.markSeen();
  live.enter(conversation.id, room);
  drawState();
  seen();
}

function receive(message) {
  talk.after = Math.max(talk.after, message.id);
  log.show(message, nameOf(message), { choose });
  if (message.from === "contact") return;
  typing.hide();
  if (message.state !== "read") unseen.add(message.id);
}

function seen() {
  if (host.isSeen() && unseen.size) {
    post("read", { up_to: Math.max(...unseen) }).catch(() => {});
    unseen.clear();
  }
  host.unread(unseen.size);
}

const nameOf = ({ from, name }) => (from === "assistant" ? talk.assistant || words.kind : name || talk.company);
const personName = () => talk.conversation?.agent || talk.company;
const choose = ({ label, value }) => (value === CALL ? callback.open() : speak({ text: label, value: String(value ?? "") }));

function speak(said) {
  outbox.add({ page: host.pageUrl(), ...said });
  if (talk.met && talk.consent === null) welcome.insist();
  else expectAnswer();
}

function expectAnswer() {
  if (talk.assistant && talk.conversation?.in_charge !== "person") typing.show(talk.assistant);
  log.toEnd(true);
}

function sent(item, { id, room }) {
  log.confirm(item.id, id);
  if (!talk.conversation || talk.conversation.closed) pull();
  else live.enter(talk.conversation.id, room);
}

function drawWaiting(items) {
  for (const item of items) {
    log.showWaiting(item, {
      again: () => outbox.again(item.id),
      discard: () => { outbox.drop(item.id); log.remove(item.id); },
    });
  }
}

function lost(isLost, error) {
  showOffline(isLost);
  if (isLost) typing.hide();
  if (error?.status === 401) hello();
}

function askForPerson() {
  if (outbox.waiting().some((item) => item.asks)) return;
  speak({ text: words.person_message, asks: "person" });
}

async function agree(given) {
  try {
    await post("consent", { given });
  } catch (error) {
    composer.complain(error instanceof Lost ? words.offline : error.message);
    return;
  }
  const first = talk.consent === null;
  talk.consent = given;
  welcome.showConsent(given, agree);
  agreed.splice(0).forEach((go) => go());
  if (first) composer.focus();
  if (outbox.waiting().length) expectAnswer();
  outbox.flush();
}

/** Resolves when the visitor has answered the consent question; asks for it if need be. */
function consented() {
  if (talk.consent !== null && talk.consent !== undefined) return undefined;
  if (talk.met) welcome.insist();
  return new Promise((go) => agreed.push(go));
}

function tellTyping() {
  if (talk.conversation?.in_charge === "person" && !talk.conversation.closed) post("typing").catch(() => {});
}

function drawState() {
  const { conversation: { in_charge: charge, agent, closed, id } } = talk;
  const person = charge === "person";
  byId("name-text").textContent = person ? agent || talk.company : talk.assistant || talk.company;
  byId("kind").textContent = person ? words.kind_person : words.kind;
  byId("state").textContent = !person ? words.here : agent ? say("with", { name: agent }) : words.waiting;
  byId("person").hidden = person || closed;
  byId("mark").setAttribute("href", `${ICONS}#${person ? "person" : "spark"}`);
  document.body.classList.toggle("closed", closed);
  if (closed) after.show("closed", { id: `${id}:${talk.survey?.id}`, survey: talk.survey, again: anew });
  else if (person && !agent && recall("mail") !== id) after.show("email", { id, ...mailing(id) });
  else if (recall("mailed") !== id) after.show("");
}

function mailing(id) {
  const settle = () => { keep("mail", id); };
  return {
    agree: async () => { if (!talk.consent) await agree(true); },
    done: () => { settle(); keep("mailed", id); },
    call: talk.callbacks && callback.open,
    wait: () => { settle(); after.show(""); composer.focus(); },
  };
}

function anew() {
  talk.left = talk.conversation.id;
  talk.conversation = null;
  startLog();
  after.show("");
  document.body.classList.remove("closed");
  drawOpening();
  composer.focus();
}

function drawOpening() {
  byId("name-text").textContent = talk.assistant || talk.company;
  byId("kind").textContent = talk.assistant ? words.kind : words.kind_person;
  byId("mark").setAttribute("href", `${ICONS}#${talk.assistant ? "spark" : "person"}`);
  byId("state").textContent = talk.assistant ? words.here : "";
  byId("person").hidden = !talk.assistant;
}

function startLog() {
  log.clear();
  drawWaiting(outbox.waiting());
  typing.hide();
}

function showOffline(yes) {
  byId("offline").hidden = !yes;
}

start();
