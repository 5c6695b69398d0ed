// Light or dark, kept by the server for the next page.
import { csrf } from "./texts.js";

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

document.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-theme-switch]")) return;
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  fetch("/desk/profile/theme/", { method: "POST", headers: csrf(), body: new URLSearchParams({ theme }) });
});
