// How HTMX behaves on the desk.
import { showWaiting } from "./dialogs.js";
import { text } from "./texts.js";
import { toast } from "./toasts.js";

let used = null; // the menu of the head that is open while its news arrive, and the entry in focus

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id === "head") used = menuInUse();
  if (detail.xhr.responseURL.includes("/desk/sign-in/")) {
    detail.shouldSwap = false;
    location.reload(); // the session is over
  } else if (detail.xhr.status === 409) {
    detail.shouldSwap = true;
    detail.isError = false;
    detail.target = document.getElementById("dialog-place");
    detail.swapOverride = "innerHTML";
  } else if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

function menuInUse() {
  const menu = document.querySelector("#head details[data-menu][open]");
  return menu && { name: menu.dataset.menu, at: [...menu.querySelectorAll(".item")].indexOf(document.activeElement) };
}

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const menu = used && detail.target?.id === "head" && document.querySelector(`#head [data-menu=${used.name}]`);
  if (!menu) return;
  menu.open = true;
  menu.querySelectorAll(".item")[Math.max(used.at, 0)]?.focus();
  used = null;
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  showWaiting();
  if (detail.target?.id === "detail") document.dispatchEvent(new CustomEvent("conversation:opened"));
  if (detail.target?.id === "list") document.dispatchEvent(new CustomEvent("list:shown"));
});
document.addEventListener("htmx:sendError", () => toast(text("wentWrong"), { tone: "bad" }));
document.addEventListener("htmx:responseError", () => toast(text("wentWrong"), { tone: "bad" }));
window.addEventListener("popstate", () => location.reload());

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-side]")) document.querySelector(".conversation")?.classList.toggle("side-open");
});
