/** Makes elements. Text always becomes a text node; nothing here reads markup. */

/** Where the icons lie. */
export const ICONS = "/static/widget/icons.svg";
const SVG = "http://www.w3.org/2000/svg";

/** An element with properties, `on*` listeners, `aria-*`/`data-*` attributes and children. */
export function el(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key.includes("-") || key === "role" || key === "for") node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** An icon that is decoration. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS}#${name}`);
  svg.append(use);
  return svg;
}

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/** Text for screen readers only. */
export const quiet = (text) => el("span", { className: "quiet" }, text);
