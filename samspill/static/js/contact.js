// The form works without this file; with it, articles appear while one writes and open in place.
const PAUSE_MS = 350;
const SHORTEST = 4;

class Contact {
  constructor(form) {
    this.form = form;
    this.found = document.querySelector("[data-found]");
    this.empty = document.querySelector("[data-empty]");
    this.status = document.querySelector("[data-status]");
    this.dialog = document.querySelector("[data-article]");
    this.thanks = document.querySelector("[data-thanks]");
    form.elements.key.value ||= crypto.randomUUID();
    form.elements.seen.value = "1";
    for (const name of ["topic", "text"]) form.elements[name].addEventListener("input", () => this.typed());
    form.addEventListener("submit", () => (form.querySelector("button.main").disabled = true));
    addEventListener("pageshow", () => (form.querySelector("button.main").disabled = false));
    this.found.addEventListener("click", (event) => this.open(event));
    this.dialog.addEventListener("close", () => this.closed());
    this.thanks.addEventListener("click", (event) => event.target.closest("[data-again]") && this.again());
    this.typed();
  }

  get question() {
    const { topic, text } = this.form.elements;
    return `${topic.value} ${text.value}`.trim().slice(0, 300);
  }

  typed() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), PAUSE_MS);
  }

  async ask() {
    const question = this.question;
    if (question.length < SHORTEST || question === this.asked) return;
    this.asked = question;
    this.request?.abort();
    this.request = new AbortController();
    try {
      const address = `${this.form.dataset.articles}?q=${encodeURIComponent(question)}`;
      const answer = await fetch(address, { signal: this.request.signal });
      if (answer.ok) this.show(await answer.text());
    } catch (error) {
      if (error.name !== "AbortError") this.asked = "";
    }
  }

  show(html) {
    this.found.innerHTML = html;
    const links = this.found.querySelectorAll("a");
    this.empty.hidden = links.length > 0;
    if (!links.length) return;
    this.status.textContent = this.found.querySelector("[data-words]").dataset.words;
    if (!this.offered) this.tell("offered");
    this.offered = true;
  }

  async open(event) {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const [, , language, , slug] = new URL(link.href).pathname.split("/");
    const place = this.form.dataset.articles.replace(/^\/help\/[^/]+/, `/help/${language}`);
    const answer = await fetch(`${place}/${slug}`);
    if (!answer.ok) return window.open(link.href, "_blank", "noopener");
    this.dialog.querySelector("[data-body]").innerHTML = await answer.text();
    this.dialog.returnValue = "";
    this.dialog.showModal();
    this.dialog.querySelector("h2").focus();
    this.dialog.scrollTop = 0;
    this.tell("opened", { article: slug, language });
  }

  async closed() {
    if (this.dialog.returnValue !== "yes") return;
    const answer = await this.tell("confirmed");
    if (!answer?.ok) return;
    this.thanks.innerHTML = await answer.text();
    this.swap(true);
    this.thanks.focus();
  }

  again() {
    this.swap(false);
    this.form.elements.text.focus();
  }

  swap(thanked) {
    this.thanks.hidden = !thanked;
    for (const part of document.querySelectorAll(".contact > header, .contact-form")) part.hidden = thanked;
  }

  tell(said, { article = "", language = "" } = {}) {
    const { key, email } = this.form.elements;
    const body = new URLSearchParams({ said, article, key: key.value, email: said === "opened" && email.checkValidity() ? email.value : "" });
    const place = language ? this.form.dataset.told.replace(/^\/help\/[^/]+/, `/help/${language}`) : this.form.dataset.told;
    return fetch(place, { method: "POST", body, keepalive: true }).catch(() => undefined);
  }
}

for (const form of document.querySelectorAll("[data-contact]")) new Contact(form);
