from samspill.kit import clock
from samspill.knowledge.gaps import record_question
from samspill.knowledge.models import Gap, Question
from samspill.sample.files import read


def load() -> int:
    """Questions without an answer; jobs put them together by meaning. Returns how many there are."""
    asked = read("questions")
    known = set(Question.objects.values_list("text", flat=True))
    for one in asked:
        if one["text"] not in known:
            _ask(one)
    return len(asked)


def _ask(one: dict) -> None:
    question = record_question(one["text"], one["language"], one["source"])
    at = clock.ago(days=one["days_ago"], hours=1)
    Question.objects.filter(pk=question.pk).update(at=at)
    Gap.objects.filter(pk=question.gap_id).update(first_at=at, last_at=at)
