/** Asking to be called: a small form under the talk. What comes of it stands in the talk, as a card. */

import { byId, el, icon } from "./dom.js";
import { get, Lost, post } from "./server.js";
import { span, words } from "./words.js";

const FIELDS = { number: /^number_/, when: /^call_past$/ }; // where a refusal belongs
const place = byId("callback");
let done = () => {};

/** Calls back when a wish was taken. */
export const begin = (call) => { done = call; };

/** Opens the form and puts the cursor in it; open already, only that. */
export async function open() {
  if (!place.firstChild) place.replaceChildren(form());
  place.scrollIntoView({ block: "end" });
  byId("call-number").focus({ preventScroll: true });
  try {
    offer(await get("callback"));
    place.scrollIntoView({ block: "end" });
  } catch (error) {
    complain(error);
  }
}

function close() {
  place.replaceChildren();
  byId("text").focus({ preventScroll: true });
}

function form() {
  const id = crypto.randomUUID(); // sent again, it is the same wish
  const node = el(
    "form",
    { className: "card call", "aria-labelledby": "call-title", noValidate: true },
    el("p", {}, icon("phone"), el("strong", { id: "call-title" }, words.callback_lead)),
    ...field("number", words.callback_number, el("input", { type: "tel", autocomplete: "tel", maxLength: 60, required: true })),
    ...field("topic", words.callback_topic, el("textarea", { rows: 2, maxLength: 1000 })),
    ...field("when", words.callback_when, el("select", {}, el("option", { value: "" }, words.callback_soon))),
    el("p", { className: "why", id: "call-why", role: "alert" }),
    el("small", {}, words.callback_agree),
    el(
      "div",
      { className: "answers" },
      el("button", { type: "submit", className: "main" }, words.callback),
      el("button", { type: "button", onclick: close }, words.callback_cancel),
    ),
  );
  node.addEventListener("submit", (event) => send(event, id));
  node.addEventListener("input", ({ target }) => clear(target));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // it would close the whole panel
    close();
  });
  return node;
}

function field(name, label, input) {
  const id = `call-${name}`;
  input.id = id;
  input.name = name;
  input.setAttribute("aria-describedby", `${id}-why`);
  return [el("label", { for: id }, label), input, el("p", { className: "why", id: `${id}-why`, role: "alert" })];
}

function offer({ soon, times }) {
  const list = byId("call-when");
  if (!list) return;
  const chosen = list.value;
  const first = el("option", { value: "" }, `${words.callback_soon} (${span(soon.from, soon.until)})`);
  list.replaceChildren(first, ...times.map(({ value, from, until }) => el("option", { value }, span(from, until))));
  list.value = chosen;
  if (list.selectedIndex < 0) list.selectedIndex = 0;
}

async function send(event, id) {
  event.preventDefault();
  const button = event.target.querySelector(".main");
  button.disabled = true;
  event.target.querySelectorAll("input, textarea, select").forEach(clear);
  try {
    await post("callback", { id, ...Object.fromEntries(new FormData(event.target)) });
    close();
    done();
  } catch (error) {
    button.disabled = false;
    complain(error);
    if (error.code === "call_past") get("callback").then(offer).catch(() => {});
  }
}

function complain(error) {
  const name = Object.keys(FIELDS).find((one) => FIELDS[one].test(error.code || ""));
  const text = error instanceof Lost ? words.offline : error.message || words.errors.general;
  const said = byId(name ? `call-${name}-why` : "call-why");
  if (!said) return;
  said.textContent = text;
  if (!name) return;
  byId(`call-${name}`).setAttribute("aria-invalid", "true");
  byId(`call-${name}`).focus();
}

function clear(input) {
  input.removeAttribute("aria-invalid");
  const said = byId(`${input.id}-why`);
  if (said) said.textContent = "";
  byId("call-why").textContent = "";
}
