from collections.abc import Sequence

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from samspill.contacts.models import Identity
from samspill.conversations.assign import take
from samspill.conversations.errors import Collision
from samspill.conversations.finishing import finish
from samspill.conversations.models import Attachment, Conversation, Draft, Message, Participant
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.workspace.models import Agent


@transaction.atomic
def reply(
    conversation: Conversation,
    agent: Agent,
    text: str,
    external_id: str,
    *,
    seen: int,
    anyway: bool = False,
    attachments: Sequence[Attachment] = (),
    extras: dict[str, object] | None = None,
    language: str = "",
) -> Message:
    """An agent answers; the assistant is silent from this moment and the agent owns the conversation.

    `seen` is the id of the last message the agent had before their eyes. Raises Collision when somebody
    else answered since or owns the conversation, unless `anyway` says that the agent knows; and always when
    the conversation is closed and the contact has begun another.
    """
    conversation = Conversation.objects.select_for_update(of=("self",)).get(pk=conversation.pk)
    sent = Message.objects.filter(conversation=conversation, external_id=external_id).first()
    if sent:
        return sent
    _refuse_bygone(conversation)
    if not anyway:
        _refuse_collision(conversation, agent, seen)
    message = Message.objects.create(
        conversation=conversation,
        direction=Message.Direction.OUT,
        author=Message.Author.AGENT,
        agent=agent,
        external_id=external_id,
        text=text,
        extras=extras or {},
        language=language,
    )
    Attachment.objects.filter(pk__in=[a.pk for a in attachments], message=None).update(message=message)
    finish(message)
    _settle(conversation, agent, message)
    return message


def _refuse_bygone(conversation: Conversation) -> None:
    if conversation.status != Conversation.Status.CLOSED or conversation.threaded:
        return
    others = Conversation.objects.filter(
        inbox=conversation.inbox_id, identity=conversation.identity_id, threaded=False
    )
    if others.exclude(status=Conversation.Status.CLOSED).exists():
        raise Collision(str(conversation.contact), "closed")


def _refuse_collision(conversation: Conversation, agent: Agent, seen: int) -> None:
    unseen = conversation.messages.filter(pk__gt=seen, author=Message.Author.AGENT).exclude(agent=agent)
    other = unseen.exclude(direction=Message.Direction.NOTE).select_related("agent").first()
    if other:
        raise Collision(other.agent.name if other.agent else _("Somebody"), "answered")
    if conversation.assignee_id not in (None, agent.pk):
        raise Collision(conversation.assignee.name, "owns")


def _settle(conversation: Conversation, agent: Agent, message: Message) -> None:
    if conversation.assignee_id is None:
        take(conversation, agent, by=agent.actor)
    conversation.in_charge = Conversation.InCharge.PERSON
    conversation.last_message_at = message.created_at
    conversation.waiting_since = None
    conversation.status = Conversation.Status.OPEN
    conversation.snoozed_until = conversation.closed_at = None
    conversation.save(
        update_fields=[
            "in_charge",
            "last_message_at",
            "waiting_since",
            "status",
            "snoozed_until",
            "closed_at",
        ]
    )
    Draft.objects.filter(conversation=conversation, agent=agent).delete()
    _announce(conversation, message, agent.actor)


@transaction.atomic
def say(
    conversation: Conversation,
    text: str,
    external_id: str,
    *,
    extras: dict[str, object] | None = None,
    language: str = "",
    author: str = Message.Author.ASSISTANT,
) -> Message | None:
    """The assistant speaks, once per `external_id`; None when a person has taken over meanwhile."""
    speaking = Conversation.objects.select_for_update(of=("self",)).filter(pk=conversation.pk)
    if author == Message.Author.ASSISTANT:
        speaking = speaking.filter(in_charge=Conversation.InCharge.ASSISTANT)
    held = speaking.first()
    if held is None:
        return None
    sent = Message.objects.filter(conversation=held, external_id=external_id).first()
    return sent or speak(held, text, external_id, extras=extras, language=language, author=author)


def speak(
    held: Conversation,
    text: str,
    external_id: str,
    *,
    extras: dict[str, object] | None = None,
    language: str = "",
    author: str = Message.Author.ASSISTANT,
) -> Message:
    """Say something new in a conversation that the caller's transaction holds."""
    message = Message.objects.create(
        conversation=held,
        direction=Message.Direction.OUT,
        author=author,
        external_id=external_id,
        text=text,
        language=language,
        extras=extras or {},
    )
    _spoken(held, message)
    return message


def _spoken(conversation: Conversation, message: Message) -> None:
    # whoever was handed over still waits for a person
    answered = When(in_charge=Conversation.InCharge.ASSISTANT, then=Value(None))
    Conversation.objects.filter(pk=conversation.pk).update(
        last_message_at=clock.now(), waiting_since=Case(answered, default=F("waiting_since"))
    )
    _announce(conversation, message, message.author)


def _announce(conversation: Conversation, message: Message, actor: str) -> None:
    where = {"contact": conversation.contact_id, "conversation": conversation.pk}
    emit("message.sent", actor=actor, message=message.pk, **where)
    if not conversation.inbox.is_fetched or _may_go_on_by_mail(conversation):
        emit("dispatch.asked", actor=actor, message=message.pk, **where)


def _may_go_on_by_mail(conversation: Conversation) -> bool:
    if conversation.inbox.channel != "webchat":
        return False
    mails = Identity.objects.filter(contact=conversation.contact_id, kind=Identity.Kind.EMAIL)
    return mails.exists() or Participant.objects.filter(conversation=conversation).exists()
