"""Mails of the sample company that wait with a prepared reply."""

from collections.abc import Iterator
from dataclasses import asdict

from samspill.assistant.mails.compose import compose
from samspill.assistant.mails.settle import prepare
from samspill.assistant.mails.topics import Topic
from samspill.assistant.models import PreparedReply
from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Conversation, Inbox, Message
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.models import Translation
from samspill.sample.files import read
from samspill.sample.letters import write_letter


def load(inbox: Inbox) -> int:
    """Mails with what the assistant would answer, dated from this moment; returns how many there are."""
    for mail in read("mails"):
        if not Message.objects.filter(external_id=_key(mail)).exists():
            _mail(mail, inbox, recognise("email", mail["customer"]))
    return len(read("mails"))


def _key(mail: dict) -> str:
    return f"sample-mail:{mail['id']}"


def _mail(mail: dict, inbox: Inbox, identity: Identity) -> None:
    at = clock.ago(minutes=mail["minutes_ago"])
    held = Conversation.objects.create(
        inbox=inbox, contact=identity.contact, identity=identity, subject=mail["subject"], language=mail["language"],
        intent=mail["intent"], threaded=True, waiting_since=at,
        facts=[{"name": name, "value": value} for name, value in mail.get("facts", ())],
    )  # fmt: skip
    message = Message.objects.create(
        conversation=held, external_id=_key(mail), direction="in", author="contact", text=mail["text"],
        language=mail["language"], delivery="delivered",
        reading={"intent": mail["intent"], "confidence": mail["confidence"], "zone": "act"},
    )  # fmt: skip
    Message.objects.filter(pk=message.pk).update(created_at=at)
    Conversation.objects.filter(pk=held.pk).update(created_at=at, last_message_at=at)
    folded = {part: mail[part] for part in ("quoted", "signature") if part in mail}
    write_letter(message, mail["subject"], at, **folded)
    emit("conversation.imported", actor="system", contact=identity.contact_id, conversation=held.pk)
    reply = compose(list(_topics(mail)), mail["language"], identity.contact.name, formal=False)
    if reply:
        waits = {"intent": mail["intent"], "confidence": mail["confidence"], "why_waiting": mail["why"]}
        prepare([PreparedReply(message=message, conversation=held, **asdict(reply), **waits)])


def _topics(mail: dict) -> Iterator[Topic]:
    for one in mail["answers"]:
        source = _source(one["article"], mail["language"]) if "article" in one else None
        yield Topic(
            "answer",
            mail["intent"],
            mail["confidence"],
            one["text"],
            language=mail["language"],
            source=source,
        )


def _source(slug: str, language: str) -> dict[str, object] | None:
    text = Translation.objects.filter(article__slug=slug, language=language).exclude(published=None).first()
    if text is None or text.published is None:
        return None
    return {"article": text.article_id, "title": text.published.title, "url": text.url, "language": language}
