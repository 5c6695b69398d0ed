// The help centre works without this file; with it, articles are suggested while one types.
const PAUSE_MS = 160;
const STOPPED_MS = 4000;

class Search {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.list = form.querySelector("[role=listbox]");
    this.status = form.querySelector("[data-status]");
    this.active = -1;
    this.unanswered = "";
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.show(this.options.length > 0));
    form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || this.left());
    addEventListener("pagehide", () => this.tell());
    this.list.addEventListener("pointerdown", (event) => event.target.closest("a") && (this.unanswered = ""));
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  typed() {
    clearTimeout(this.waiting);
    clearTimeout(this.stopping);
    this.unanswered = "";
    this.waiting = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const question = this.input.value.trim();
    this.request?.abort();
    if (question.length < 2) return this.fill("");
    this.request = new AbortController();
    try {
      const address = `${this.form.dataset.suggest}?q=${encodeURIComponent(question)}`;
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok) this.answered(question, await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.fill("");
    }
  }

  answered(question, html) {
    this.fill(html);
    const facts = this.list.querySelector("[data-good]");
    this.status.textContent = facts.dataset.words;
    if (facts.dataset.good === "1") return;
    this.unanswered = question;
    this.stopping = setTimeout(() => this.tell(), STOPPED_MS);
  }

  fill(html) {
    this.list.innerHTML = html;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.show(this.options.length > 0 && document.activeElement === this.input);
  }

  show(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.show(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && this.active >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.unanswered = "";
      this.options[this.active].click();
    }
  }

  move(step) {
    const options = this.options;
    if (!options.length) return;
    this.show(true);
    this.active = (this.active + step + options.length + (this.active < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.active)));
    this.input.setAttribute("aria-activedescendant", options[this.active].id);
    options[this.active].scrollIntoView({ block: "nearest" });
  }

  left() {
    this.show(false);
    this.tell();
  }

  tell() {
    if (!this.unanswered) return;
    navigator.sendBeacon(this.form.dataset.asked, new URLSearchParams({ q: this.unanswered }));
    this.unanswered = "";
  }
}

async function rate(event) {
  const form = event.target.closest("form[data-helped]");
  if (!form) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "1" } });
  if (answer.ok) form.parentElement.innerHTML = await answer.text();
  else form.submit();
}

function offerChat() {
  for (const button of document.querySelectorAll("[data-open-chat]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.Samspill?.open());
  }
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.languages[open]")) {
    if (event.key === "Escape" || (event.type === "click" && !menu.contains(event.target))) menu.open = false;
  }
}

for (const form of document.querySelectorAll("[data-search]")) new Search(form);
const unanswered = document.querySelector("[data-unanswered]");
if (unanswered) {
  const { asked } = document.querySelector("[data-search]").dataset;
  navigator.sendBeacon(asked, new URLSearchParams({ q: unanswered.dataset.unanswered }));
}
document.addEventListener("submit", rate);
document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
if (document.querySelector("script[data-inbox]")) offerChat();
