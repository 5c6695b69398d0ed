"""What becomes of a reply that waits: one click sends it, another puts it away, an agent's own answer settles it."""

import re
from difflib import SequenceMatcher

from django.db import transaction

from samspill.assistant.mails.calling import keep_word_in
from samspill.assistant.mails.compose import alone, checked
from samspill.assistant.mails.settle import overtake
from samspill.assistant.models import PreparedReply
from samspill.conversations.errors import Collision
from samspill.conversations.finishing import register
from samspill.conversations.models import Conversation, Message
from samspill.conversations.reply import reply
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.workspace.models import Agent

State = PreparedReply.State
ALIKE = 0.5  # share of the words from which an answer counts as the prepared one, changed


def waiting(conversation: Conversation) -> PreparedReply | None:
    """The reply that waits for one click in this conversation, if any."""
    return PreparedReply.objects.filter(conversation=conversation, state=State.WAITING).first()


def offered(prepared: PreparedReply, agent: Agent) -> str:
    """The text as this agent would send it: it says that a person has read it."""
    return checked(prepared.text, prepared.language, agent.name)


@transaction.atomic
def use(prepared: PreparedReply, agent: Agent, *, seen: int, anyway: bool = False) -> Message | None:
    """Send it as it is, in the agent's name; None where it no longer waits. Raises Collision as any answer does."""
    Conversation.objects.select_for_update().get(pk=prepared.conversation_id)
    held = PreparedReply.objects.select_for_update().get(pk=prepared.pk)
    if held.state != State.WAITING:
        return held.sent if held.agent_id == agent.pk else None
    _refuse_unread(held, seen)
    sent = reply(
        held.conversation,
        agent,
        offered(held, agent),
        f"prepared:{held.pk}",
        seen=seen,
        anyway=anyway,
        extras={"sources": held.sources} if held.sources else None,
        language=held.language,
    )
    if not held.callback:  # else settled with the word that was kept
        settle(held, State.USED, agent=agent, sent=sent)
    return sent


def _refuse_unread(held: PreparedReply, seen: int) -> None:
    """A mail that came in after the page was drawn may have changed what is asked."""
    newer = Message.objects.filter(conversation=held.conversation_id, pk__gt=max(seen, held.message_id))
    if newer.filter(direction=Message.Direction.IN).exists():
        raise Collision(str(held.conversation.contact), "wrote")


@transaction.atomic
def dismiss(prepared: PreparedReply, by: Agent) -> bool:
    """Put it away; False where it no longer waits. Nobody has answered, so a person is in charge from now on."""
    held = PreparedReply.objects.select_for_update().get(pk=prepared.pk)
    if held.state != State.WAITING:
        return False
    settle(held, State.DISMISSED, agent=by)
    return True


@transaction.atomic
def bring_back(prepared: PreparedReply, by: Agent) -> bool:
    """Let a dismissed reply wait again; False where another one waits or somebody has answered since."""
    held = PreparedReply.objects.select_for_update().get(pk=prepared.pk)
    since = Message.objects.filter(conversation=held.conversation_id, pk__gt=held.message_id)
    if (
        held.state != State.DISMISSED
        or waiting(held.conversation)
        or since.exclude(direction="note").exists()
    ):
        return False
    settle(held, State.WAITING, agent=by)
    return True


def settle_by(message: Message) -> None:
    """An agent has answered: the reply that waited was used, changed on the way, or was not what was needed."""
    if message.author != Message.Author.AGENT or message.direction != Message.Direction.OUT:
        return
    with transaction.atomic():
        held = Conversation.objects.select_for_update().get(pk=message.conversation_id)
        prepared = waiting(held)
        if prepared is None or prepared.message_id > message.pk:
            return
        state = became(prepared, message.text)
        if state == State.OVERTAKEN:
            overtake([held])
        else:
            settle(prepared, state, agent=message.agent, sent=message)


def keep_its_word(message: Message) -> None:
    """An agent sends a prepared reply that promises a call, perhaps changed: it is opened, and its link goes along.

    Without the number nothing is promised any more.
    """
    prepared = waiting(message.conversation)
    if prepared is None or not prepared.callback or prepared.message_id > message.pk or message.agent is None:
        return
    state = became(prepared, message.text)
    if state == State.OVERTAKEN:
        return
    kept = keep_word_in(prepared, message.text, message.agent.actor)
    if kept != message.text:
        message.text = kept
        message.save(update_fields=["text"])
    settle(prepared, state, agent=message.agent, sent=message)


register(keep_its_word)


def became(prepared: PreparedReply, text: str) -> State:
    """What an agent made of a prepared reply, told by how much of it is left."""
    before, after = _words(prepared.text, prepared.language), _words(text, prepared.language)
    if before == after:
        return State.USED
    alike = SequenceMatcher(None, before, after, autojunk=False).ratio()
    return State.EDITED if alike >= ALIKE else State.OVERTAKEN


def _words(text: str, language: str) -> list[str]:
    """Without the word about who wrote it, which differs anyway."""
    said = text.replace(alone(language), "")
    end = checked(alone(language), language, "\x00").split("\x00")[0]
    said = said.split(end)[0] if len(end) > 8 else said
    return re.findall(r"[぀-ヿ㐀-鿿가-힯]|\w+", said.casefold())


def settle(
    prepared: PreparedReply, state: State, *, agent: Agent | None, sent: Message | None = None
) -> None:
    """Keep what became of it, in the caller's transaction."""
    prepared.state, prepared.agent, prepared.sent = state, agent, sent
    prepared.settled_at = None if state == State.WAITING else clock.now()
    prepared.save(update_fields=["state", "agent", "sent", "settled_at"])
    emit(
        "reply.settled",
        actor=agent.actor if agent else "assistant",
        contact=prepared.conversation.contact_id,
        conversation=prepared.conversation_id,
        prepared=prepared.pk,
        state=str(state),
    )
