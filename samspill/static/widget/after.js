/** What stands under the talk: the offer to go on by e-mail, the question how it went, the way to a new talk. */

import { byId, el, icon } from "./dom.js";
import { post } from "./server.js";
import { say, words } from "./words.js";

const place = byId("after");
let shown = "";

/** Draws what fits the state, and leaves it alone while the visitor fills it in. */
export function show(kind, facts) {
  const name = kind ? `${kind}:${facts.id}` : "";
  if (name === shown) return;
  shown = name;
  place.replaceChildren(...(kind ? { email, closed }[kind](facts) : []));
}

function email({ agree, done, wait, call }) {
  const input = el("input", { type: "email", id: "address", autocomplete: "email", required: true, placeholder: "name@example.com" });
  const problem = el("p", { className: "why", role: "alert" });
  const send = (event) => {
    event.preventDefault();
    const work = async () => {
      await agree();
      const given = await post("email", { email: input.value });
      place.replaceChildren(note("mail", say("email_done", given)));
      done();
    };
    work().catch((error) => { problem.textContent = error.message || words.errors.general; });
  };
  return [
    el(
      "form",
      { className: "card", onsubmit: send },
      el("p", {}, icon("mail"), el("span", {}, words.email_offer)),
      el("label", { for: "address" }, words.email),
      input,
      problem,
      el("small", {}, words.email_agree),
      el(
        "div",
        { className: "answers" },
        el("button", { type: "submit", className: "main" }, words.email_send),
        call ? el("button", { type: "button", onclick: call }, words.callback) : null,
        el("button", { type: "button", onclick: wait }, words.email_wait),
      ),
    ),
  ];
}

function closed({ survey, again }) {
  return [
    el("p", { className: "ended" }, words.closed),
    survey && !survey.answered ? question(survey) : "",
    el("button", { type: "button", className: "main wide", onclick: again }, words.again),
  ].filter(Boolean);
}

function question(survey) {
  const problem = el("p", { className: "why", role: "alert" });
  const more = el("div", { className: "more", hidden: true });
  const comment = el("textarea", { id: "comment", rows: 2, maxLength: 2000 });
  more.append(el("label", { for: "comment" }, words.comment), comment, el("button", { type: "submit", className: "main" }, words.survey_send));
  const send = (event) => {
    event.preventDefault();
    const score = Number(new FormData(form).get("score"));
    post("survey", { survey: survey.id, score, comment: comment.value })
      .then(() => form.replaceWith(note("check", words.survey_thanks)))
      .catch((error) => { problem.textContent = error.message || words.errors.general; });
  };
  const form = el(
    "form",
    { className: "card survey", onsubmit: send, onchange: () => { more.hidden = false; } },
    el("fieldset", {}, el("legend", {}, words.survey), el("div", { className: "faces" }, ...words.scores.map(face))),
    more,
    problem,
  );
  return form;
}

function face(label, index) {
  const score = index + 1;
  return el(
    "label",
    { title: label },
    el("input", { type: "radio", name: "score", value: score, required: true }),
    icon(`face-${score}`),
    el("span", {}, label),
  );
}

const note = (name, text) => el("p", { className: "card done", role: "status", tabIndex: -1 }, icon(name), el("span", {}, text));
