// A large file on its way: the form is sent as it is, and a bar says how far it has come.
for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

function send(form) {
  const bar = form.querySelector("progress");
  const button = form.querySelector("button");
  const request = new XMLHttpRequest();
  bar.hidden = false;
  button.disabled = true;
  request.upload.onprogress = (at) => (at.lengthComputable ? (bar.value = (at.loaded * 100) / at.total) : bar.removeAttribute("value"));
  request.onload = () => show(request);
  request.onerror = () => form.submit();
  request.open("POST", location.href);
  request.send(new FormData(form));
}

function show(request) {
  if (request.status < 400 && request.responseURL !== location.href) {
    location.assign(request.responseURL);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  document.querySelector(".settings > div").replaceWith(page.querySelector(".settings > div") ?? "");
  document.querySelector("[role=alert]")?.scrollIntoView();
  for (const form of document.querySelectorAll("form[data-upload]")) {
    form.addEventListener("submit", (event) => (event.preventDefault(), send(form)));
  }
}
