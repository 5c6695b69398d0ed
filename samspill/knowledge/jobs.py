from samspill.kit.jobs import job
from samspill.knowledge import grouping, switch
from samspill.knowledge.read import read


@job()
def read_article(event: int, conversation: int | None, translation: int) -> None:
    """Give a published article's passages their vectors and let every process know."""
    read(translation)


@job()
def group_question(event: int, conversation: int | None, question: int) -> None:
    """Put an unanswered question to others of its meaning."""
    grouping.group(question)


@job()
def read_anew(event: int, conversation: int | None, encoder: str) -> None:
    """Read everything with the encoder that was set."""
    switch.read_anew()
