"""What the customer is told in the chat about the end of a callback they had asked for there, each once."""

from django.utils import translation
from django.utils.translation import gettext as _

from samspill.callbacks.models import Callback
from samspill.conversations.models import Message
from samspill.conversations.reply import say as speak
from samspill.kit import languages
from samspill.workspace.current import workspace


def say(callback: Callback, about: str) -> bool:
    """Say in the conversation it was asked for in, in its language, what became of it; True when it was said now.

    `about`: cancelled, over, or wrong. Somebody who asked elsewhere is not told here.
    """
    held, key = callback.conversation, f"callback-{about}:{callback.pk}"
    if held is None or callback.source != Callback.Source.CHAT:
        return False
    if Message.objects.filter(conversation=held, external_id=key).exists():
        return False
    spoken = languages.spoken(callback.language, workspace().language)
    with translation.override(languages.django_code(spoken)):
        speak(held, _words(about), key, language=spoken, author=Message.Author.SYSTEM)
    return True


def _words(about: str) -> str:
    return {
        "cancelled": _(
            "We will not call you after all, so please do not wait for it. Would you still like to talk to us?"
            " Write here, or ask for a call again."
        ),
        "over": _(
            "We could not reach you by phone and have stopped trying, so that we do not disturb you. Write here, or ask"
            " for a call again whenever you like."
        ),
        "wrong": _(
            "The number you gave us did not lead to you. Would you still like to talk to us? Write here, or ask for a"
            " call again with the right number."
        ),
    }[about]
