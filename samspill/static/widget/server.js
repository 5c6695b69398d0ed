/** Asks the server. Three things can happen: an answer, a refusal with a reason, or no connection. */

import { keep, recall } from "./memory.js";
import { words } from "./words.js";

const PATIENCE_MS = 20_000;

/** The server could not be reached or fell over; the same may be sent again. */
export class Lost extends Error {}

/** The server said no, and why. */
export class Refusal extends Error {
  constructor(status, { error = "general", message = words.errors.general } = {}, waitS = 0) {
    super(message);
    this.status = status;
    this.code = error;
    this.waitMs = waitS * 1000;
  }
}

/** GET a path below /widget/. */
export const get = (path) => ask(path, { method: "GET" });

/** POST an object, or a form with a file. */
export function post(path, body = {}, more = {}) {
  const form = body instanceof FormData;
  const headers = form ? {} : { "Content-Type": "application/json" };
  return ask(path, { method: "POST", headers, body: form ? body : JSON.stringify(body), ...more });
}

/** The pass this browser shows. */
export const pass = () => recall("pass");

/** Keep the pass the server gave. */
export const keepPass = (text) => keep("pass", text);

async function ask(path, request) {
  const headers = { ...request.headers, "Accept-Language": document.documentElement.lang };
  if (pass()) headers.Authorization = `Visitor ${pass()}`;
  const response = await reach(path, { signal: AbortSignal.timeout(PATIENCE_MS), ...request, headers });
  if (response.status >= 500) throw new Lost(response.status);
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Refusal(response.status, answer, Number(response.headers.get("Retry-After")) || 0);
}

async function reach(path, request) {
  try {
    return await fetch(`/widget/${path}`, { credentials: "omit", cache: "no-store", ...request });
  } catch (error) {
    throw new Lost(String(error));
  }
}
