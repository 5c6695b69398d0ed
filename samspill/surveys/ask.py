from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.conversations.models import Conversation, Message
from samspill.conversations.reply import say
from samspill.kit import languages
from samspill.kit.events import emit
from samspill.surveys.models import Survey


@transaction.atomic
def ask(conversation: Conversation, closing: int) -> Survey | None:
    """Ask the contact how it went, once for each closing (its event's id); None when nobody answered them."""
    about = _about(conversation)
    if about is None:
        return None
    survey, created = Survey.objects.get_or_create(
        conversation=conversation, kind="csat", cycle=closing, defaults={"about": about}
    )
    if created:
        _put(conversation, survey)
    return survey


def _about(conversation: Conversation) -> str | None:
    authors = set(conversation.messages.filter(direction="out").values_list("author", flat=True))
    if Message.Author.AGENT in authors:
        return Survey.About.PERSON
    return Survey.About.ASSISTANT if Message.Author.ASSISTANT in authors else None


def _put(conversation: Conversation, survey: Survey) -> None:
    with translation.override(languages.django_code(languages.spoken(conversation.language))):
        question = _("How did we do?")
    say(
        conversation,
        question,
        f"survey:{survey.pk}",
        extras={"survey": survey.pk},
        author=Message.Author.SYSTEM,
    )
    emit(
        "survey.asked",
        actor="system",
        contact=conversation.contact_id,
        conversation=conversation.pk,
        survey=survey.pk,
    )
