/** The panel's texts, and dates and numbers as the reader writes them. */

export const words = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang;

/** A text with its {places} filled. */
export function say(name, places = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, place) => places[place] ?? "");
}

const clock = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const date = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });
const long = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" });
const short = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });

/** 14:05 */
export const time = (moment) => clock.format(new Date(moment));

/** 5 November; the text itself where it is no date. */
export function day(text) {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text : short.format(moment);
}

const from = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** Tomorrow 09:00–12:00, in the reader's own time. */
export function span(begins, ends) {
  const [start, end] = [new Date(begins), new Date(ends)];
  const ahead = Math.round((new Date(start).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
  if (start.toDateString() !== end.toDateString()) return long.formatRange(start, end);
  const named = ahead === 0 || ahead === 1 ? from.format(ahead, "day") : date.format(start);
  return `${named.charAt(0).toLocaleUpperCase(language)}${named.slice(1)} ${clock.formatRange(start, end)}`;
}

/** Today, yesterday, or the weekday and date. */
export function whichDay(moment) {
  const then = new Date(moment);
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (then >= midnight) return words.today;
  return then >= midnight - 86_400_000 ? words.yesterday : date.format(then);
}

/** 1.2 MB */
export function size(bytes) {
  const [value, unit] = bytes < 1_000_000 ? [bytes / 1000, "kilobyte"] : [bytes / 1_000_000, "megabyte"];
  const form = { style: "unit", unit, maximumFractionDigits: unit === "megabyte" ? 1 : 0 };
  return new Intl.NumberFormat(language, form).format(Math.max(value, 1));
}

/** An amount of money; plain where the currency is unknown. */
export function money(amount, currency) {
  try {
    const form = { style: "currency", currency, maximumFractionDigits: amount % 1 ? 2 : 0 };
    return new Intl.NumberFormat(language, form).format(amount);
  } catch {
    return `${amount} ${currency || ""}`.trim();
  }
}
