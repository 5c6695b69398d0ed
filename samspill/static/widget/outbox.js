/** What the visitor has said and the server has not confirmed: kept in the browser, sent in order, until it is. */

import { keep, recall, whenChanged } from "./memory.js";
import { Lost, post } from "./server.js";

const PAUSES_MS = [500, 1000, 2000, 5000, 10_000];
const heard = { change: () => {}, sent: () => {}, lost: () => {} };
let items = recall("outbox") || [];
let mayGo = () => true;
let busy = false;
let tries = 0;
let timer = 0;

/** Tells what happens: `change(items)`, `sent(item, answer)`, `lost(yes)`. Nothing leaves while `gate()` is false. */
export function begin(listeners, gate) {
  Object.assign(heard, listeners);
  mayGo = gate;
  addEventListener("online", flush);
  whenChanged("outbox", () => {
    items = recall("outbox") || [];
    heard.change(items);
  });
  heard.change(items);
}

/** Everything not confirmed yet, oldest first. */
export const waiting = () => items;

/** Say something: it is kept first, then sent. */
export function add(item) {
  items = [...items, { id: crypto.randomUUID(), at: new Date().toISOString(), ...item }];
  store();
  flush();
}

/** Send again what was refused. */
export function again(id) {
  items = items.map((item) => (item.id === id ? { ...item, problem: undefined } : item));
  store();
  flush();
}

/** Forget one thing, or everything. */
export function drop(id) {
  items = id ? items.filter((item) => item.id !== id) : [];
  store();
}

/** Send what waits, one after the other. */
export async function flush() {
  clearTimeout(timer);
  if (busy) return;
  busy = true;
  try {
    for (let item = next(); item; item = next()) await send(item);
  } catch (error) {
    later(error);
  } finally {
    busy = false;
  }
}

const next = () => mayGo() && items.find((item) => !item.problem);

async function send(item) {
  const { id, text, value, asks, page, files = [] } = item;
  try {
    const answer = await post("messages", { id, text, value, asks, page, files: files.map((file) => file.key) });
    tries = 0;
    heard.lost(false);
    heard.sent(item, answer);
    drop(id);
  } catch (error) {
    if (error instanceof Lost || error.status === 401 || error.waitMs) throw error;
    items = items.map((other) => (other.id === id ? { ...other, problem: error.message } : other));
    store();
  }
}

function later(error) {
  heard.lost(error instanceof Lost, error);
  timer = setTimeout(flush, error.waitMs || PAUSES_MS[Math.min(tries++, PAUSES_MS.length - 1)]);
}

function store() {
  keep("outbox", items.length ? items : undefined);
  heard.change(items);
}
