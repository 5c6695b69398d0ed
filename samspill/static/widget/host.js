/** The page around the panel: what it says about itself, and whether the panel is open. */

const framed = window.parent !== window;
const allowed = (document.body.dataset.origins || "").split(" ").filter(Boolean);
const state = { url: "", visitor: "", open: !framed, origin: "" };
const listeners = { open: [], focus: [] };
let known;
const introduced = new Promise((resolve) => { known = resolve; });

/** The page's address where the visitor writes. */
export const pageUrl = () => state.url;

/** The token by which the shop vouches for its customer, or "". */
export const visitorToken = () => state.visitor;

/** True while the visitor can see the panel. */
export const isSeen = () => state.open && document.visibilityState === "visible";

/** Calls back when the panel is opened or closed ("open"), or should take the focus ("focus"). */
export const when = (kind, call) => listeners[kind].push(call);

/** Asks the page to close the panel. */
export const close = () => tell("close");

/** Tells the page how many messages nobody has seen. */
export const unread = (count) => tell("unread", { count });

/** Waits until the page has said who it is; a page that never does is not waited for. */
export function meet() {
  addEventListener("message", hear);
  tell("ready");
  return framed ? Promise.race([introduced, new Promise((go) => setTimeout(go, 3000))]) : undefined;
}

function hear(event) {
  if (event.source !== window.parent || event.data?.samspill !== "page") return;
  if (state.origin ? event.origin !== state.origin : !welcome(event.origin)) return;
  const { url = "", visitor = "", open = false, focus = false } = event.data;
  const before = state.open;
  Object.assign(state, { url, visitor, open, origin: event.origin });
  known();
  if (before !== open) listeners.open.forEach((call) => call(open));
  if (focus) listeners.focus.forEach((call) => call());
}

function welcome(origin) {
  return !allowed.length || allowed.includes(origin) || origin === location.origin;
}

function tell(kind, facts) {
  // nothing here is secret, and the page's origin is not known before it has spoken
  if (framed) window.parent.postMessage({ samspill: kind, ...facts }, state.origin || "*");
}
