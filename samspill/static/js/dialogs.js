// Dialogs and menus: opened by buttons, closed by Escape and by a click elsewhere.
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const { target } = event;
  const opener = target.closest("[data-open]");
  if (opener) openDialog(opener.dataset.open);
  if (target.closest("[data-keys]")) openDialog("keys");
  if (target.closest("[data-close-dialog]")) target.closest("dialog")?.close();
  if (target instanceof HTMLDialogElement) target.close();
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target) || target.closest(".panel .item")) menu.open = false;
  }
});

document.addEventListener("toggle", ({ target }) => {
  if (!target.matches?.("details.menu[open]") || target.querySelector(".panel")?.contains(document.activeElement)) return;
  target.querySelector(".panel :is(button, a, select, input:not([type=hidden]))")?.focus();
}, true);

export function closeMenu() {
  const menu = document.querySelector("details.menu[open]");
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
}

// once: a dialog that was closed stays closed when something else is swapped
export function showWaiting(root = document) {
  for (const dialog of root.querySelectorAll("dialog[data-show-now]")) {
    delete dialog.dataset.showNow;
    if (!dialog.open) dialog.showModal();
  }
}
showWaiting();

// Escape hides a tip until the pointer and the focus have left
document.addEventListener("keydown", ({ key }) => {
  if (key !== "Escape") return;
  for (const place of document.querySelectorAll(":is(.why, .sounds):is(:hover, :focus-within)")) {
    place.classList.add("hush");
    for (const left of ["pointerleave", "focusout"]) place.addEventListener(left, () => place.classList.remove("hush"), { once: true });
  }
});
