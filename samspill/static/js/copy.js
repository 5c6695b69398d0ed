// Copy buttons: data-copy names the element whose text is taken.
import { text } from "./texts.js";
import { toast } from "./toasts.js";

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent.trim());
    toast(text("copied"), { shown: 2000 });
  } catch {
    getSelection().selectAllChildren(source); // no clipboard without https: leave it selected
  }
});
