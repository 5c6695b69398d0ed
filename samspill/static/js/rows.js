// The list: rows come, move and go as conversations change; checked rows are kept.
const head = () => document.querySelector("[data-list]");
const list = () => document.getElementById("rows");
let waiting = new Set();
let timer;

export function refresh(ids) {
  for (const id of ids) waiting.add(String(id));
  clearTimeout(timer);
  timer = setTimeout(fetchRows, 150);
}

export async function reloadAll() {
  if (!head()) return;
  window.htmx.ajax("GET", `${head().dataset.inbox}?${head().dataset.query}`, { target: "#list", swap: "innerHTML" });
}

async function fetchRows() {
  if (!head()) return;
  const ids = [...waiting];
  waiting = new Set();
  if (ids.length > 50) return reloadAll();
  const { rows, query } = head().dataset;
  const answer = await fetch(`${rows}?${query}&only=${ids.join(",")}`, { headers: { "HX-Request": "true" } });
  if (answer.ok && !answer.redirected) place(ids, await answer.text());
}

function place(ids, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  showCounts(JSON.parse(page.getElementById("counts")?.textContent ?? "{}"));
  for (const id of ids) {
    const old = document.getElementById(`row-${id}`);
    const fresh = page.getElementById(`row-${id}`);
    if (fresh) put(document.adoptNode(fresh), old);
    else old?.remove();
  }
  document.querySelector(".list-empty")?.toggleAttribute("hidden", Boolean(list().querySelector(".row")));
  markOpen();
}

function put(row, old) {
  const focused = old?.contains(document.activeElement);
  keepMarks(row, old);
  const unmoved = old && old.dataset.at === row.dataset.at;
  if (unmoved) old.replaceWith(row);
  else insert(row, old);
  window.htmx.process(row);
  if (focused) row.querySelector("a").focus();
}

function keepMarks(row, old) {
  if (old?.querySelector("input")?.checked) row.querySelector("input").checked = true;
  if (old?.classList.contains("cursor")) row.classList.add("cursor");
  const arrived = !old || old.dataset.at !== row.dataset.at;
  if (!old) row.classList.add("arrived");
  if ((arrived && row.dataset.row !== openId()) || old?.classList.contains("new")) row.classList.add("new");
}

function insert(row, old) {
  old?.remove();
  const after = [...list().querySelectorAll(".row")].find((other) => other.dataset.at < row.dataset.at);
  list().insertBefore(row, after ?? list().querySelector(".more"));
}

const openId = () => document.querySelector("[data-conversation]")?.dataset.conversation;

export function showCounts(counts) {
  for (const place of document.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count] ?? "";
  const title = document.title.replace(/^\(\S+\) /, "");
  document.title = counts.unassigned ? `(${counts.unassigned}) ${title}` : title;
}

function markOpen() {
  for (const row of document.querySelectorAll(".row")) {
    const isOpen = row.dataset.row === openId();
    row.toggleAttribute("aria-current", isOpen);
    if (isOpen) row.setAttribute("aria-current", "true");
    if (isOpen) row.classList.remove("new");
  }
}

function markView() {
  const { view } = head()?.dataset ?? {};
  for (const link of document.querySelectorAll("[data-view][href]")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  document.querySelector("[data-list] .chips [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  markOpen();
}

function showBulk() {
  const bulk = document.getElementById("bulk");
  const number = document.querySelectorAll("#rows input:checked").length;
  if (!bulk) return;
  bulk.hidden = number === 0;
  bulk.querySelector("[data-checked]").textContent = number;
}

function uncheck() {
  for (const box of document.querySelectorAll("#rows input:checked")) box.checked = false;
  showBulk();
}

document.addEventListener("change", ({ target }) => target.closest("#rows") && showBulk());
document.addEventListener("click", ({ target }) => target.closest("[data-uncheck]") && uncheck());
document.addEventListener("htmx:afterRequest", ({ target }) => target.id === "bulk" && uncheck());
document.addEventListener("desk:changed", ({ detail }) => refresh(detail.ids));
document.addEventListener("conversation:opened", markOpen);
document.addEventListener("list:shown", markView);
markView();
