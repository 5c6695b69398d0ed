// Words the server has translated for the scripts.
const place = document.getElementById("texts");

export const text = (name) => place?.dataset[name] ?? "";
export const csrf = () => ({ "X-CSRFToken": text("csrf") });
