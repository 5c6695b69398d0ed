// The open conversation: new items are appended, the head follows, nothing written is touched.
const page = () => document.querySelector("[data-conversation]");
const thread = () => document.getElementById("thread");
const scroll = () => document.getElementById("scroll");
let pulling = null;

export const openConversation = () => page()?.dataset.conversation;

export function lastIds() {
  const highest = (name) => Math.max(0, ...[...thread().querySelectorAll(`[data-${name}]`)].map((item) => Number(item.dataset[name])));
  return { message: highest("message"), event: highest("event") };
}

export async function pull() {
  if (!page()) return;
  pulling ??= fetchNews().finally(() => { pulling = null; });
  await pulling;
}

async function fetchNews() {
  const here = page();
  const { message, event } = lastIds();
  const answer = await fetch(`${here.dataset.news}?message=${message}&event=${event}`, { headers: { "HX-Request": "true" } });
  if (answer.ok && !answer.redirected && here.isConnected) append(await answer.text());
}

export function append(html) {
  const near = scroll().scrollHeight - scroll().scrollTop - scroll().clientHeight < 120;
  const fresh = new DOMParser().parseFromString(`<ol>${html}</ol>`, "text/html");
  for (const item of fresh.querySelectorAll("ol > li")) if (!isThere(item)) thread().append(document.adoptNode(item));
  const seen = document.querySelector("#composer [name=seen]");
  if (seen && document.visibilityState === "visible") seen.value = lastIds().message;
  window.htmx?.process(thread());
  if (near) toEnd();
}

// words already shown have changed on the server
export async function redraw() {
  const here = page();
  const shown = here ? [...thread().querySelectorAll("[data-message]")].map((item) => Number(item.dataset.message)) : [];
  if (!shown.length) return;
  const query = `message=${Math.min(...shown) - 1}&event=${lastIds().event}`;
  const answer = await fetch(`${here.dataset.news}?${query}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || !here.isConnected) return;
  const fresh = new DOMParser().parseFromString(`<ol>${await answer.text()}</ol>`, "text/html");
  for (const item of fresh.querySelectorAll("[data-message]")) {
    thread().querySelector(`[data-message="${item.dataset.message}"]`)?.replaceWith(document.adoptNode(item));
  }
  window.htmx?.process(thread());
}

const isThere = ({ dataset: { message, event } }) =>
  Boolean(thread().querySelector(message ? `[data-message="${message}"]` : `[data-event="${event}"]`));

export function toEnd() {
  if (scroll()) scroll().scrollTop = scroll().scrollHeight;
}

const headIsUsed = () => Boolean(document.querySelector("#head details[open], #head dialog[open]"));

export async function refreshHead() {
  const here = page();
  if (!here || headIsUsed()) return;
  const answer = await fetch(here.dataset.head, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || !here.isConnected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("head");
  if (headIsUsed()) return; // a menu was opened while we were fetching
  const old = document.getElementById("head");
  const focused = old.contains(document.activeElement);
  old.replaceWith(document.adoptNode(fresh));
  window.htmx.process(fresh);
  if (focused) fresh.querySelector("summary, button")?.focus();
}

// how a message sounds is known a moment after it arrived, and colleagues may correct it
export async function showSounds() {
  await pull();
  for (const old of [...document.querySelectorAll("#thread .sounds")].slice(-3)) renew(old);
}

async function renew(old) {
  const answer = await fetch(old.dataset.renew, { headers: { "HX-Request": "true" } });
  if (!answer.ok || answer.redirected || !old.isConnected || old.querySelector("[open]")) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".sounds");
  const focused = old.contains(document.activeElement);
  old.replaceWith(document.adoptNode(fresh));
  window.htmx.process(fresh);
  if (focused) fresh.querySelector("summary").focus();
}

// the last message's panel reaches below the edge
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.matches?.(".sounds .panel")) target.scrollIntoView({ block: "nearest" });
});

export function showTyping(words) {
  const place = document.getElementById("writes");
  if (!place) return;
  place.textContent = words;
  place.hidden = false;
  clearTimeout(showTyping.timer);
  showTyping.timer = setTimeout(() => { place.hidden = true; }, 5000);
}

document.addEventListener("conversation:opened", toEnd);
document.addEventListener("desk:changed", ({ detail }) => detail.ids.map(String).includes(openConversation()) && pull());
toEnd();
