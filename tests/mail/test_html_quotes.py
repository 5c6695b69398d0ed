"""HTML mails as programs write them; the words around quotes are in no language, so that only structure tells."""

import time

import pytest

from samspill.mail.html_quotes import parts_of_html

OLD = "<p>Old words.</p>"
PROGRAMS = {
    "gmail": f'<div dir="ltr">New.</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Zz 4 zz:<br></div><blockquote class="gmail_quote">{OLD}</blockquote></div>',
    "apple": f'New.<br><div><br><blockquote type="cite"><div>Zz 4 zz:</div><br>{OLD}</blockquote></div>',
    "thunderbird": f'<p>New.</p><div class="moz-cite-prefix">Zz 4 zz:<br></div><blockquote type="cite" cite="mid:1">{OLD}</blockquote>',
    "outlook web": f'<div>New.</div><div id="appendonsend"></div><hr style="display:inline-block"><div id="divRplyFwdMsg"><b>Zz:</b> z</div>{OLD}',
    "outlook": f'<p class="MsoNormal">New.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Zz:</b> z</p></div></div>{OLD}',
    "outlook phone": f'<div>New.</div><div id="mail-editor-reference-message-container"><div>Zz: z</div>{OLD}</div>',
    "yahoo": f'<div>New.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>Zz 4 zz:</div>{OLD}</div>',
    "proton": f'<div>New.</div><div class="protonmail_quote">Zz 4 zz:<br><blockquote class="protonmail_quote" type="cite">{OLD}</blockquote></div>',
    "zimbra": f'<div>New.</div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>Zz: </b>z</div>{OLD}',
    "gmx": f'<div>New.</div><div name="quote" style="margin:10px 5px 5px 10px"><div><b>Zz:</b> z</div>{OLD}</div>',
    "netease": f'<div>New.</div><blockquote id="isReplyContent" style="PADDING-LEFT: 1ex">{OLD}</blockquote>',
    "mail.ru": f'<div>New.</div><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;">{OLD}</blockquote>',
    "spark": f'<div name="messageBodySection">New.</div><div name="messageReplySection">Zz 4 zz:<br>{OLD}</div>',
    "front": f'<div>New.</div><blockquote type="cite" class="front-blockquote">{OLD}</blockquote>',
    "zoho": f'<div>New.</div><div class="zmail_extra"><div>Zz</div><blockquote>{OLD}</blockquote></div>',
    "roundcube": f'<p>New.</p><p id="reply-intro">Zz 4 zz:</p><blockquote type="cite">{OLD}</blockquote>',
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_quotes_by_structure(program: str) -> None:
    parts = parts_of_html(f"<html><head><style>p {{}}</style></head><body>{PROGRAMS[program]}</body></html>")
    assert parts is not None
    assert parts.new_text == "New."
    assert "Old words." in parts.quoted


SIGNED = {
    "gmail": '<div>New.</div><div dir="ltr" class="gmail_signature"><div>Jane</div></div>',
    "thunderbird": '<p>New.</p><pre class="moz-signature" cols="72">-- \nJane</pre>',
    "outlook phone": '<div>New.</div><div class="ms-outlook-mobile-signature" id="ms-outlook-mobile-signature">Jane</div>',
    "outlook web": '<div>New.</div><div id="Signature"><p>Jane</p></div>',
    "spark": '<div name="messageBodySection">New.</div><div name="messageSignatureSection">Jane</div>',
}


@pytest.mark.parametrize("program", SIGNED)
def test_signatures_by_structure(program: str) -> None:
    parts = parts_of_html(SIGNED[program])
    assert parts is not None
    assert (parts.new_text, parts.signature.removeprefix("-- \n"), parts.quoted) == ("New.", "Jane", "")


def test_answers_between_the_quotes_are_new() -> None:
    quote = '<blockquote class="gmail_quote">{}</blockquote>'
    inner = quote.format("How many?") + "<div>Two.</div>" + quote.format("Which?") + "<div>Blue.</div>"
    parts = parts_of_html(f'<div class="gmail_quote"><div class="gmail_attr">Zz 4 zz:</div>{inner}</div>')
    assert parts is not None
    assert parts.new_text == "Two.\n\nBlue."


def test_an_indented_paragraph_is_no_quote() -> None:
    assert (
        parts_of_html('<div>See:</div><blockquote style="margin: 0 0 0 40px; border: none">here</blockquote>')
        is None
    )


def test_without_structure_there_is_no_word() -> None:
    assert parts_of_html("<p>Hello</p>") is None
    assert parts_of_html("") is None


def test_a_mail_passed_on_without_a_word_is_what_the_person_sends() -> None:
    html = '<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>From: John<br>Date: 4 May 2026<br>Subject: Lamp<br></div>It flickers.</div>'
    parts = parts_of_html(html, "Fwd: Lamp")
    assert parts is not None
    assert parts.new_text.endswith("It flickers.")
    with_word = parts_of_html(f"<div>FYI</div>{html}", "Fwd: Lamp")
    assert with_word is not None
    assert with_word.new_text == "FYI"


HOSTILE = [
    "<div>",
    "<blockquote>",
    "<!--",
    "<a ",
    '<a b="',
    "<p",
    "&",
    "</span>",
    "<pre>\n",
    "<div class=gmail_attr>---<br>",
    "<td>",
    "<![",
    "<",
]


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_takes_time_in_step_with_its_length(piece: str) -> None:
    short, long = _seconds(piece * 10_000), _seconds(piece * 100_000)
    assert long < 0.5 or long < 30 * short


def _seconds(markup: str) -> float:
    begun = time.process_time()
    parts_of_html(f"{markup}x<blockquote type=cite>y" + "</div>" * markup.count("<div"))
    return time.process_time() - begun
