/* Puts a chat button on the page. The chat itself is a frame that is loaded when somebody opens it. */
(() => {
  const script = document.currentScript;
  if (!script || window.Samspill) return;
  const base = new URL(script.src);
  const origin = base.origin;
  const root = base.href.replace(/loader\.js.*$/, "");
  const { inbox = "", side } = script.dataset;
  const memory = `samspill:${inbox}`;

  // open, close, one unread, several unread
  const WORDS = {
    en: ["Open chat", "Close chat", "1 new message", "# new messages"],
    nb: ["Åpne chatten", "Lukk chatten", "1 ny melding", "# nye meldinger"],
    de: ["Chat öffnen", "Chat schließen", "1 neue Nachricht", "# neue Nachrichten"],
    zh: ["開啟線上客服", "關閉線上客服", "1 則新訊息", "# 則新訊息"],
    da: ["Åbn chatten", "Luk chatten", "1 ny besked", "# nye beskeder"],
    sv: ["Öppna chatten", "Stäng chatten", "1 nytt meddelande", "# nya meddelanden"],
    fr: ["Ouvrir le chat", "Fermer le chat", "1 nouveau message", "# nouveaux messages"],
    es: ["Abrir el chat", "Cerrar el chat", "1 mensaje nuevo", "# mensajes nuevos"],
    nl: ["Chat openen", "Chat sluiten", "1 nieuw bericht", "# nieuwe berichten"],
    fi: ["Avaa chat", "Sulje chat", "1 uusi viesti", "# uutta viestiä"],
    pl: ["Otwórz czat", "Zamknij czat", "1 nowa wiadomość", "Nowe wiadomości: #"],
    it: ["Apri la chat", "Chiudi la chat", "1 nuovo messaggio", "# nuovi messaggi"],
    pt: ["Abrir o chat", "Fechar o chat", "1 mensagem nova", "# mensagens novas"],
    ja: ["チャットを開く", "チャットを閉じる", "新着メッセージ1件", "新着メッセージ#件"],
    ko: ["채팅 열기", "채팅 닫기", "새 메시지 1개", "새 메시지 #개"],
  };
  const STYLE = `
    :host { all: initial; position: fixed; inset: auto 20px 20px auto; z-index: 2147483000; color-scheme: light dark; }
    :host([data-side="left"]) { inset: auto auto 20px 20px; }
    button { all: unset; box-sizing: border-box; display: grid; place-items: center; width: 60px; height: 60px;
      border-radius: 50%; cursor: pointer; background: #0b6b5d; color: #fff; position: relative;
      box-shadow: 0 2px 6px rgb(10 40 34 / 22%), 0 10px 30px rgb(10 40 34 / 24%);
      transition: transform .18s, background .18s; -webkit-tap-highlight-color: transparent; }
    button:hover { background: #095649; transform: translateY(-2px); }
    button:active { transform: none; }
    button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #0b6b5d; }
    svg { width: 28px; height: 28px; grid-area: 1 / 1; fill: none; stroke: currentColor; stroke-width: 1.8;
      stroke-linecap: round; stroke-linejoin: round; transition: opacity .18s, transform .18s; }
    svg + svg, [aria-expanded="true"] svg { opacity: 0; transform: rotate(-45deg); }
    [aria-expanded="true"] svg + svg { opacity: 1; transform: none; }
    b { position: absolute; top: -3px; right: -3px; min-width: 22px; height: 22px; box-sizing: border-box;
      padding: 0 6px; border-radius: 11px; background: #b3261e; color: #fff; border: 2px solid #fff;
      font: 700 12px/18px system-ui, sans-serif; text-align: center; }
    [hidden] { display: none !important; }
    iframe { position: fixed; right: 20px; bottom: 96px; width: 400px; height: min(700px, calc(100dvh - 120px));
      border: 0; border-radius: 18px; background: Canvas; visibility: hidden; opacity: 0;
      transform: translateY(12px) scale(.98); transform-origin: bottom right;
      box-shadow: 0 0 0 1px rgb(10 40 34 / 9%), 0 18px 60px rgb(10 40 34 / 28%);
      transition: opacity .2s, transform .2s, visibility 0s .2s; }
    :host([data-side="left"]) iframe { right: auto; left: 20px; transform-origin: bottom left; }
    iframe.open { visibility: visible; opacity: 1; transform: none; transition-delay: 0s; }
    @media (max-width: 560px), (max-height: 480px) {
      iframe, :host([data-side="left"]) iframe { inset: 0; width: 100%; height: 100%; height: 100dvh;
        border-radius: 0; transform: translateY(24px); }
      [aria-expanded="true"] { visibility: hidden; }
    }
    @media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
    @media (forced-colors: active) { button { border: 2px solid; } }
    @media print { :host { display: none; } }`;

  const host = document.createElement("samspill-chat");
  if (side) host.dataset.side = side;
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  shadow.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.append(
    icon("M4 6.500A2.500 2.500 0 0 1 6.500 4h11A2.500 2.500 0 0 1 20 6.500v7a2.500 2.500 0 0 1-2.500 2.500H11l-4.500 4v-4A2.500 2.500 0 0 1 4 13.500Z M8.500 8.700h7 M8.500 11.700h4.500"),
    icon("m6 9.500 6 6 6-6"),
  );
  const badge = document.createElement("b");
  badge.hidden = true;
  badge.setAttribute("aria-hidden", "true");
  button.append(badge);
  shadow.append(button);

  let frame = null;
  let ready = false;
  let opened = false;
  let unread = 0;

  function icon(path) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS(svg.namespaceURI, "path");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  }

  function language() {
    return script.dataset.language || document.documentElement.lang || navigator.language || "en";
  }

  function words() {
    const short = language().toLowerCase().split("-")[0];
    return WORDS[{ no: "nb", nn: "nb" }[short] || short] || WORDS.en;
  }

  function draw() {
    const [open, close, one, many] = words();
    const news = unread === 1 ? one : many.replace("#", unread);
    button.setAttribute("aria-expanded", opened);
    button.setAttribute("aria-label", opened ? close : unread ? `${open} (${news})` : open);
    badge.hidden = opened || !unread;
    badge.textContent = unread > 9 ? "9+" : unread;
    frame?.classList.toggle("open", opened);
  }

  function load() {
    if (frame) return;
    frame = document.createElement("iframe");
    frame.title = "Chat";
    frame.allow = "clipboard-write";
    frame.src = `${root}panel?inbox=${encodeURIComponent(inbox)}&language=${encodeURIComponent(language())}`;
    shadow.prepend(frame);
    remember("loaded", "1");
  }

  function tell(kind, facts) {
    if (ready) frame.contentWindow.postMessage({ samspill: kind, ...facts }, origin);
  }

  function page(focus) {
    tell("page", {
      url: location.href.split("#")[0].slice(0, 400),
      visitor: script.dataset.visitor || "",
      open: opened,
      focus,
    });
  }

  function open() {
    load();
    opened = true;
    unread = 0;
    remember("open", "1");
    draw();
    frame.getBoundingClientRect(); // focus goes nowhere while the frame is still hidden
    frame.focus();
    page(true);
  }

  function close() {
    const inside = shadow.activeElement;
    opened = false;
    remember("open", "");
    draw();
    page(false);
    if (inside) button.focus();
  }

  function remember(what, value) {
    try {
      sessionStorage.setItem(`${memory}:${what}`, value);
    } catch { /* the page may forbid storage; then nothing is remembered */ }
  }

  function remembered(what) {
    try {
      return sessionStorage.getItem(`${memory}:${what}`);
    } catch {
      return "";
    }
  }

  button.addEventListener("click", () => (opened ? close() : open()));
  shadow.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && opened) close();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[data-samspill-open]")) return;
    event.preventDefault();
    open();
  });
  // the address may have changed without a new page; the frame hears it when the visitor turns to it
  window.addEventListener("blur", () => page(false));
  window.addEventListener("message", (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
    const { samspill: kind, count } = event.data || {};
    if (kind === "ready") {
      ready = true;
      page(opened && shadow.activeElement === frame);
    } else if (kind === "close") {
      close();
    } else if (kind === "unread") {
      unread = opened ? 0 : count;
      draw();
    }
  });

  function start() {
    document.body.append(host);
    draw();
    if (remembered("open")) {
      load();
      opened = true;
      draw();
    } else if (remembered("loaded")) {
      // a talk has begun in this tab: listen for answers once the page has everything it needs
      (window.requestIdleCallback || setTimeout)(load);
    }
  }

  window.Samspill = { open, close };
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
})();
