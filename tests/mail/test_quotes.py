"""What `split` does whatever the text is, and with mails passed on."""

import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.mail.quotes import split

PIECES = [
    "Hello", "", " ", "> quoted", ">", ">> deeper", "-- ", "--", "-----Original Message-----", "From: Anna <anna@example.com>",
    "Sent: Monday, 4 May 2026 10:12", "To: Jane", "Subject: Order", "On 4 May 2026 at 10:12, Anna <anna@example.com> wrote:",
    "Sent from my iPhone", "Best regards", "Jane Doe", "Tel. +44 20 0000 0000", "________________________________",
    "---------- Forwarded message ---------", "This e-mail is confidential and meant for its recipient.", "於 2026年5月4日 寫道：",
    "| a", "| b", "AB> x", "wrote:", "From:", ":", "\u200b", "\u2028", "\x0c", "- Anna",
]  # fmt: skip


def _lines(*texts: str) -> Counter[str]:
    rows = (line for text in texts for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return Counter(line for line in rows if line.strip())


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", "Order", "Re: Order", "Fwd: Order"])
)
def test_nothing_is_lost_or_doubled(pieces: list[str], subject: str) -> None:
    text = "\n".join(pieces)
    parts = split(text, subject)
    assert _lines(parts.new_text, parts.quoted, parts.signature) == _lines(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.text(max_size=40))
def test_any_text_at_all(text: str, subject: str) -> None:
    parts = split(text, subject)
    assert _lines(parts.new_text, parts.quoted, parts.signature) == _lines(text)


HOSTILE = [" ", ">", "x", "a@", "<a@b", "1 ", "+1 ", "於2026年", "wrote:", "\n", ">\n", ":\n", "--\n", "-----\n", "From:\n\nTo:\n",
           "On 1 May 2026 x wrote:\n", "Sent from my iPhone\n\n", "From: a@b.de\nDate: 1.1.2026\nSubject: x\n", "Best regards\nAnna\n",
           "word " * 70 + "wrote:\n", "> q\na\n", "Tel 123 456 789\n"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_time_in_step_with_its_length(piece: str) -> None:
    short, long = _seconds(piece * (50_000 // len(piece))), _seconds(piece * (400_000 // len(piece)))
    assert long < 0.3 or long < 30 * short


def _seconds(text: str) -> float:
    begun = time.process_time()
    split(text)
    return time.process_time() - begun


HEAD = "---------- Forwarded message ---------\nFrom: John <john@example.com>\nDate: Mon, 4 May 2026\nSubject: Lamp\n\n"


def test_what_is_passed_on_without_a_word_is_what_the_person_sends() -> None:
    parts = split(
        f"{HEAD}The lamp flickers.\n\nOn 3 May 2026 at 9:00, Shop <shop@example.com> wrote:\n> Here it is.",
        "Fwd: Lamp",
    )
    assert parts.new_text == f"{HEAD}The lamp flickers."
    assert parts.quoted.endswith("> Here it is.")


def test_a_device_is_no_word() -> None:
    parts = split(f"Sent from my iPhone\n\n{HEAD}The lamp flickers.", "Fwd: Lamp")
    assert parts.new_text.endswith("The lamp flickers.")
    assert parts.signature == "Sent from my iPhone"


def test_passed_on_with_marks() -> None:
    parts = split(
        "Begin forwarded message:\n\n> From: John <john@example.com>\n> Subject: Lamp\n>\n> It flickers."
    )
    assert parts.new_text.endswith("> It flickers.")
    assert parts.quoted == ""


def test_with_a_word_the_word_is_what_is_new() -> None:
    parts = split(f"FYI\n\n{HEAD}The lamp flickers.", "Fwd: Lamp")
    assert parts.new_text == "FYI"


def test_an_outlook_block_alone_is_an_answer_only_when_the_subject_says_so() -> None:
    text = "From: Shop <shop@example.com>\nSent: Monday, 4 May 2026 10:12\nTo: Jane\nSubject: Order\n\nIs it there?"
    assert split(text, "RE: Order").new_text == ""
    assert split(text, "FW: Order").new_text == text


def test_a_first_mail_answers_nobody() -> None:
    text = "Hello,\n\nthe manual says\n\n> Turn it off.\n> Then on.\n\nbut how?"
    assert split(text, "The lamp").new_text == text
    assert split(text, "Re: The lamp").quoted == "> Turn it off.\n> Then on."


def test_a_text_that_is_only_a_contact_block_stays() -> None:
    text = "Jane Doe\nExample Ltd\nPhone: +44 20 0000 0000\njane@example.com"
    assert split(text).new_text == text


def test_an_empty_text_has_no_parts() -> None:
    assert split("") == split(" \n\n")
    assert split("").new_text == ""
