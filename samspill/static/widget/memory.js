/** What this browser keeps about the talk, in the panel's own storage; in the page's memory where that is forbidden. */

const prefix = `samspill:${document.body.dataset.inbox}:`;
const spare = new Map();

/** What was kept under `name`, or undefined. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(prefix + name) ?? "null") ?? undefined;
  } catch {
    return spare.get(name);
  }
}

/** Keep `value`; undefined forgets. */
export function keep(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(prefix + name);
    else localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {
    spare.set(name, value);
  }
}

/** Calls back when another tab has changed what is kept under `name`. */
export function whenChanged(name, call) {
  addEventListener("storage", (event) => event.key === prefix + name && call());
}
