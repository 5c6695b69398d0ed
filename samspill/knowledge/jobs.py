from samspill.kit.jobs import job


@job()
def read_article(event: int, conversation: int | None, translation: int) -> None:
    """Give a published article's passages their vectors and let every process know."""


@job()
def group_question(event: int, conversation: int | None, question: int) -> None:
    """Put an unanswered question to others of its meaning."""
