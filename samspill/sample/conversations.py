from collections.abc import Iterator

from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Assignment, Conversation, Handover, Inbox, Message
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.knowledge.models import Translation
from samspill.sample.files import read
from samspill.sample.letters import write_letter
from samspill.surveys.models import Survey
from samspill.workspace.models import Agent, Team

CHANNELS = {"chat": "webchat", "email": "email"}
AUTHORS = {"customer": "contact", "assistant": "assistant", "agent": "agent", "note": "agent"}
DIRECTIONS = {"customer": "in", "assistant": "out", "agent": "out", "note": "note"}


def load(inboxes: dict[str, Inbox]) -> int:
    """Conversations with their history, dated from this moment; returns how many there are."""
    agents = {agent.email: agent for agent in Agent.objects.all()}
    teams = {team["key"]: Team.objects.get(name=team["name"]["en"]) for team in read("people")["teams"]}
    talks = read("conversations")
    for talk in talks:
        identity = _identity(talk, inboxes[CHANNELS[talk["channel"]]])
        if not Message.objects.filter(external_id=_key(talk, 0)).exists():
            _conversation(talk, identity, inboxes, agents, teams)
    return len(talks)


def _key(talk: dict, position: int) -> str:
    return f"sample:{talk['id']}:{position}"


def _identity(talk: dict, inbox: Inbox) -> Identity:
    email = recognise("email", talk["customer"])
    if inbox.channel == "email":
        return email
    visitor = recognise("visitor", f"sample-{talk['id']}", scope=str(inbox.pk))
    if visitor.contact_id != email.contact_id:
        made_for_it, visitor.contact = visitor.contact, email.contact
        visitor.save(update_fields=["contact"])
        made_for_it.delete()
    return visitor


def _conversation(
    talk: dict,
    identity: Identity,
    inboxes: dict[str, Inbox],
    agents: dict[str, Agent],
    teams: dict[str, Team],
) -> None:
    conversation = Conversation.objects.create(
        inbox=inboxes[CHANNELS[talk["channel"]]],
        contact=identity.contact,
        identity=identity,
        status=talk["status"],
        in_charge=_in_charge(talk),
        subject=talk["subject"],
        threaded=talk["channel"] == "email",
        language=talk["language"],
        team=teams[talk["team"]],
        assignee=agents.get(talk["assignee"]),
        facts=[{"name": "order", "value": talk["order"]}] if talk.get("order") else [],
        **_times(talk),
    )
    _set_past(conversation, talk["turns"][0]["minutes_ago"])
    for position, turn in enumerate(talk["turns"]):
        _message(conversation, talk, position, turn, agents)
    _afterwards(conversation, talk)
    emit("conversation.imported", actor="system", contact=identity.contact_id, conversation=conversation.pk)


def _in_charge(talk: dict) -> str:
    touched = talk["assignee"] or talk["channel"] == "email" or talk.get("handed_over")
    return "person" if touched or talk["turns"][-1]["role"] == "agent" else "assistant"


def _times(talk: dict) -> dict[str, object]:
    end = clock.ago(minutes=talk["minutes_ago"])
    asked_last = talk["turns"][-1]["role"] == "customer" or bool(talk.get("handed_over"))
    waiting = talk["status"] == "open" and asked_last
    sleeps = talk.get("snoozed_for_minutes")
    return {
        "closed_at": end if talk["status"] == "closed" else None,
        "waiting_since": end if waiting else None,
        "snoozed_until": clock.ahead(minutes=sleeps) if sleeps else None,
    }


def _set_past(conversation: Conversation, minutes: int) -> None:
    # these columns are filled with the present when a row is made
    Conversation.objects.filter(pk=conversation.pk).update(created_at=clock.ago(minutes=minutes))


def _message(
    conversation: Conversation, talk: dict, position: int, turn: dict, agents: dict[str, Agent]
) -> None:
    at = clock.ago(minutes=turn["minutes_ago"])
    message = Message.objects.create(
        conversation=conversation,
        external_id=_key(talk, position),
        direction=DIRECTIONS[turn["role"]],
        author=AUTHORS[turn["role"]],
        agent=agents.get(turn.get("author", "")),
        text=turn["text"],
        language=talk["language"],
        delivery="read" if turn["role"] in {"assistant", "agent"} else "delivered",
        extras={"sources": list(_sources(turn, talk["language"]))} if "sources" in turn else {},
    )
    if conversation.threaded:
        write_letter(message, talk["subject"], at)
    Message.objects.filter(pk=message.pk).update(created_at=at)
    Conversation.objects.filter(pk=conversation.pk).update(last_message_at=at)


def _sources(turn: dict, language: str) -> Iterator[dict[str, str]]:
    texts = Translation.objects.filter(article__slug__in=turn["sources"], language=language)
    for text in texts.exclude(published=None).select_related("published", "article"):
        yield {"title": text.published.title, "url": text.url}


def _afterwards(conversation: Conversation, talk: dict) -> None:
    if conversation.assignee:
        Assignment.objects.create(conversation=conversation, agent=conversation.assignee, by="system")
    if conversation.in_charge == "person" and any(turn["role"] == "assistant" for turn in talk["turns"]):
        Handover.objects.create(conversation=conversation, reason="asked", summary=talk["subject"])
    if talk.get("csat"):
        _survey(conversation, talk)


def _survey(conversation: Conversation, talk: dict) -> None:
    Survey.objects.create(
        conversation=conversation,
        about=conversation.in_charge,
        cycle=0,
        score=talk["csat"],
        comment=talk.get("csat_comment", ""),
        answered_at=clock.ago(minutes=talk["minutes_ago"] - 1),
    )
