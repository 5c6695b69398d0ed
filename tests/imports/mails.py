"""Mailboxes made up for tests."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

START = datetime(2024, 3, 1, 9, tzinfo=UTC)


def mail(
    number: int, sender: str, text: str, *, to: str = "support@nordlys.example", answers: int = 0
) -> EmailMessage:
    """One mail; `answers` is the number of the one it replies to."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, f"Question {answers or number}"
    made["Date"] = format_datetime(START + timedelta(minutes=number))
    made["Message-ID"] = f"<m{number}@example.org>"
    if answers:
        made["In-Reply-To"] = made["References"] = f"<m{answers}@example.org>"
    made.set_content(text)
    return made


def mbox(path: Path, mails: Iterable[EmailMessage]) -> Path:
    """The mails in one file, as mail programs keep them."""
    with path.open("wb") as file:
        for one in mails:
            body = one.as_bytes().replace(b"\nFrom ", b"\n>From ")
            file.write(b"From nobody Fri Mar  1 09:00:00 2024\n" + body + b"\n")
    return path


def many(count: int) -> Iterable[EmailMessage]:
    """Threads of three: a question, an answer of ours, thanks."""
    for number in range(1, count + 1):
        place, first = (number - 1) % 3, number - (number - 1) % 3
        who = f"Kunde {first} <kunde{first}@example.net>"
        if place == 1:
            yield mail(number, "Support <support@nordlys.example>", f"Svar {number}", to=who, answers=first)
        else:
            yield mail(number, who, f"Hei, dette er brev {number}. " * 20, answers=first if place else 0)
