"""Where the floors above the conversations keep a customer's words: they are redacted along."""

from django.db.models import Q

from samspill.assistant.models import Dialogue, PreparedReply, Turn
from samspill.conversations.models import Conversation
from samspill.conversations.places import Change, register, rewrite
from samspill.knowledge.models import Gap, Question
from samspill.surveys.models import Survey
from samspill.training.models import Example


def dialogue_and_lessons(held: Conversation, change: Change) -> None:
    """The dialogue and its turns, unanswered questions, comments on surveys, and sentences to learn from."""
    for dialogue in Dialogue.objects.filter(conversation=held):
        rewrite(dialogue, change, "state")
    for turn in Turn.objects.filter(conversation=held):
        rewrite(turn, change, "commands")
    for prepared in PreparedReply.objects.filter(conversation=held):
        rewrite(prepared, change, "text", "callback")
    for survey in Survey.objects.filter(conversation=held):
        rewrite(survey, change, "comment")
    for example in Example.objects.filter(message__conversation=held):
        rewrite(example, change, "text")
    messages = held.messages.values("pk")
    asked = Question.objects.filter(Q(conversation_id=held.pk) | Q(message_id__in=messages))
    for question in asked:
        rewrite(question, change, "text")
    for gap in Gap.objects.filter(pk__in=asked.values("gap")):
        rewrite(gap, change, "title")


register(dialogue_and_lessons)
