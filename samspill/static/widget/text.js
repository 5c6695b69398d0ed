/** Plain text with a little Markdown becomes elements: paragraphs, lists, bold, links. Never markup. */

import { el } from "./dom.js";

const INLINE =
  /\*\*(?<bold>[^*\n]+)\*\*|`(?<code>[^`\n]+)`|\[(?<label>[^\]\n]+)\]\((?<target>[^)\s]+)\)|(?<url>https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}。，；：！？）」])/gu;
const ITEM = /^\s*(?:[-*•]|\d{1,2}[.)])\s+/;

/** The elements of a whole message. */
export function paragraphs(text) {
  return text.split(/\n{2,}/).flatMap((block) => blocks(block.split("\n")));
}

function blocks(lines) {
  const done = [];
  for (const group of groups(lines)) {
    if (!ITEM.test(group[0])) done.push(el("p", {}, ...lined(group)));
    else done.push(list(group));
  }
  return done;
}

function groups(lines) {
  const found = [];
  for (const line of lines.filter((text) => text.trim())) {
    const last = found.at(-1);
    if (last && ITEM.test(last[0]) === ITEM.test(line)) last.push(line);
    else found.push([line]);
  }
  return found;
}

function list(lines) {
  const name = /^\s*\d/.test(lines[0]) ? "ol" : "ul";
  return el(name, {}, ...lines.map((line) => el("li", {}, ...inline(line.replace(ITEM, "")))));
}

function lined(lines) {
  return lines.flatMap((line, index) => (index ? [el("br"), ...inline(line)] : inline(line)));
}

function inline(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(at, found.index), piece(found));
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)];
}

function piece({ 0: whole, groups: { bold, code, label, target, url } }) {
  if (bold) return el("strong", {}, bold);
  if (code) return el("code", {}, code);
  return link(label || url, target || url) || whole;
}

/** A link that opens beside the page; null for an address that is not for reading, writing or calling. */
export function link(label, target, ...more) {
  const address = URL.canParse(target, location.href) ? new URL(target, location.href) : null;
  if (!address || !/^(https?|mailto|tel):$/.test(address.protocol)) return null;
  return el("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, label, ...more);
}
