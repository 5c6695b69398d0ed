/** What stands beside the words of a message: sources, files, an order. */

import { el, icon } from "./dom.js";
import { link } from "./text.js";
import { day, money, say, size, span, words } from "./words.js";

/** The articles an answer was taken from. */
export function sources(list, label) {
  const cards = list.map(({ title, url }) => {
    const text = el("span", {}, label(title));
    return (url && link(icon("page"), url, text, icon("out"))) || el("span", {}, icon("page"), text);
  });
  return el("div", { className: "sources" }, ...cards);
}

/** Files: pictures are shown, the others named. */
export function attachments(list) {
  return el("div", { className: "files" }, ...list.map((file) => picture(file) || paper(file)));
}

function picture({ kind, name, url }) {
  if (!/^image\/(png|jpeg|gif|webp)$/.test(kind)) return null;
  const image = el("img", { src: url, alt: name, loading: "lazy" });
  return el("a", { className: "picture", href: url, target: "_blank", rel: "noopener" }, image);
}

function paper({ name, size: bytes, url }) {
  const text = el("span", {}, name, el("small", {}, size(bytes)));
  return el("a", { className: "paper", href: url, target: "_blank", rel: "noopener" }, icon("file"), text);
}

/** An order: what was bought, how it stands, where the parcel is. */
export function orderCard(order) {
  const state = words.states[order.status] || order.status || "";
  const lines = (order.lines || []).map((line) =>
    el("li", {}, el("span", {}, line.name), el("span", {}, `× ${line.quantity ?? 1}`)),
  );
  return el(
    "article",
    { className: "order" },
    el(
      "header",
      {},
      icon("box"),
      el("strong", {}, say("order", { number: order.number || "" })),
      state && el("span", { className: `badge is-${order.status}` }, state),
    ),
    lines.length ? el("ul", {}, ...lines) : null,
    total(order),
    ...(order.shipments || []).map(shipment),
  );
}

function total({ total: amount, currency }) {
  if (amount === undefined || amount === null || amount === "") return null;
  return el("p", { className: "total" }, el("span", {}, words.total), el("span", {}, money(Number(amount), currency)));
}

function shipment({ carrier = "", url, tracking = "", expected_on: expected, delivered_at: delivered }) {
  const when = delivered
    ? say("delivered_on", { date: day(delivered) })
    : expected && say("expected", { date: day(expected) });
  const track = url && link(say("track", { carrier }), url, icon("out"));
  return el(
    "footer",
    {},
    when && el("span", {}, when),
    track || el("span", {}, [carrier, tracking].filter(Boolean).join(" ")),
  );
}

/** A callback as it stands: which number, when, and where to change it; or what became of it. */
export function callbackCard({ number, from, until, url, state = "open" }) {
  const over = ["off", "done", "missed"].includes(state);
  const go = state !== "done" && link(over ? words.callback_again : words.callback_change, url, icon("out"));
  return el(
    "article",
    { className: `order is-${state}` },
    el("header", {}, icon("phone"), el("strong", {}, words.callback_card)),
    el(
      "p",
      { className: "call-when" },
      el("strong", {}, words.callback_states[state] ?? span(from, until)),
      over || !number ? null : el("span", {}, number),
    ),
    go ? el("footer", {}, go) : null,
  );
}
