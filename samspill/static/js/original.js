// A mail as its writer saw it, in a frame that can do nothing; fetched when somebody wants to see it.
function show(button) {
  const { original: address, title } = button.dataset;
  const box = button.closest(".stack");
  const known = box.querySelector("iframe");
  const images = button.parentElement.querySelector("[data-original-images]");
  button.setAttribute("aria-expanded", String(!known));
  images.hidden = Boolean(known);
  if (known) return known.remove();
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  Object.assign(frame, { className: "original", title, src: address });
  box.append(frame);
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-original]");
  if (button) show(button);
  const images = target.closest("[data-original-images]");
  if (!images) return;
  images.hidden = true;
  images.closest(".stack").querySelector("iframe").src += "?images=1";
});
