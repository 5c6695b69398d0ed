"""`samspill eval`: how good the language technology is, on anyone's files; no database is needed."""

import json
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FILES = {
    "train": "Rows to learn from.",
    "test": "Rows to measure on.",
    "oos": "Rows of none of the labels.",
    "validation": "Rows with labels, to choose the threshold on.",
    "oos-validation": "Rows of none of the labels, to choose the threshold on.",
    "corpus": "Articles with id, title, text and lang.",
    "queries": "Questions with id, text and lang.",
    "qrels": "Question id, article id and 1 between tabs.",
    "unanswerable": "Questions of another subject.",
}


@click.group("eval")
def evaluate() -> None:
    """Measure on your own files: JSON Lines with text, label and lang, also packed with gzip."""


def _task(*files: str, optional: Sequence[str] = ()) -> Callable[[Callable[..., Any]], click.Command]:
    """A command of the group that takes these files and prints what it returns."""

    def wrap(measure: Callable[..., Any]) -> click.Command:
        @wraps(measure)
        def command(as_json: bool, **given: Any) -> None:
            found = measure(**given)
            click.echo(
                json.dumps(found, indent=1, ensure_ascii=False) if as_json else "\n".join(_lines(found))
            )

        made = click.option("--json", "as_json", is_flag=True, help="One JSON object with every figure.")(
            command
        )
        for name in (*reversed(optional), *reversed(files)):
            made = click.option(f"--{name}", type=FILE, required=name in files, help=FILES[name])(made)
        return evaluate.command(measure.__name__)(made)

    return wrap


def _shots(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--seed", type=int, default=1, help="Which rows are drawn.")(command)
    return click.option("--shots", type=int, help="Learn from so many rows of each label.")(command)


@_task("train", "test")
@_shots
def intents(train: Path, test: Path, shots: int | None, seed: int) -> dict[str, Any]:
    """Labels learned from --train, found in --test."""
    from samspill.intelligence import evaluate_labels as measuring

    return measuring.intents(_drawn(train, shots, seed), _labelled(test), _encoder())


@_task("train", "test", "oos", optional=("validation", "oos-validation"))
@_shots
def oos(
    train: Path,
    test: Path,
    oos: Path,
    validation: Path | None,
    oos_validation: Path | None,
    shots: int | None,
    seed: int,
) -> dict[str, Any]:
    """Sentences of none of the labels; the threshold is the product's, or chosen on validation files."""
    from samspill.intelligence import evaluate_labels as measuring

    encoder, rows = _encoder(), _drawn(train, shots, seed)
    limit = measuring.KNOWN
    if validation and oos_validation:
        limit = measuring.best_limit(rows, _labelled(validation), _texts(oos_validation), encoder)
    return measuring.out_of_scope(rows, _labelled(test), _texts(oos), encoder, limit)


@_task("train", "test")
@_shots
def sentiment(train: Path, test: Path, shots: int | None, seed: int) -> dict[str, Any]:
    """Negative, neutral, positive – or whatever the labels are – learned from --train."""
    from samspill.intelligence import evaluate_labels as measuring

    return measuring.sentiment(_drawn(train, shots, seed), _labelled(test), _encoder())


@_task("test", optional=("train",))
@click.option("--languages", help="Codes a company would say it serves, with commas; else those in --train.")
def language(test: Path, train: Path | None, languages: str | None) -> dict[str, Any]:
    """The language of short messages; rows have text and lang. Nothing is learned from --train but its languages."""
    from samspill.intelligence import evaluate_language as measuring

    expected = languages.split(",") if languages else measuring.languages_in(_spoken(train)) if train else []
    return measuring.language(_spoken(test), expected)


def _marked(command: Callable[..., Any]) -> Callable[..., Any]:
    command = click.option("--country", default="NO", help="Where the reader is: NO, DE, TW …")(command)
    return click.option("--now", default="", help="What “tomorrow” counts from: 2026-03-12T09:00+01:00.")(
        command
    )


@_task("test", optional=("train",))
@_marked
def entities(test: Path, train: Path | None, now: str, country: str) -> dict[str, Any]:
    """Dates, times, amounts, numbers, names …; rows hold entities with kind, start and end. Nothing is learned."""
    return _marks("entities", test, now, country)


@_task("test", optional=("train",))
@_marked
def pii(test: Path, train: Path | None, now: str, country: str) -> dict[str, Any]:
    """Personal data; rows as for entities. Nothing is learned."""
    return _marks("pii", test, now, country)


def _marks(task: str, test: Path, now: str, country: str) -> dict[str, Any]:
    from samspill.intelligence import evaluate_entities as measuring

    _texts(test)
    return measuring.evaluate(task, test, now=now, country=country)


@_task("corpus", "queries", "qrels")
def retrieval(corpus: Path, queries: Path, qrels: Path) -> dict[str, Any]:
    """Search: MRR@10 and recall@5, with keywords and vectors alone beside it."""
    from samspill.intelligence import evaluate as measuring

    return measuring.retrieval(_texts(corpus), _texts(queries), _relevant(qrels), _encoder())


@_task("corpus", "queries", "qrels", optional=("unanswerable",))
def answers(corpus: Path, queries: Path, qrels: Path, unanswerable: Path | None) -> dict[str, Any]:
    """Questions answered rightly, wrongly and not at all, over thresholds."""
    from samspill.intelligence import evaluate as measuring

    strange = _texts(unanswerable) if unanswerable else ()
    return measuring.answers(_texts(corpus), _texts(queries), _relevant(qrels), _encoder(), strange)


def _encoder():  # type: ignore[no-untyped-def]
    from samspill.boot.environ import data_folder, read
    from samspill.intelligence.local_encoder import local_encoder
    from samspill.intelligence.remembering import Remembering

    return Remembering(local_encoder(Path(read("MODELS") or data_folder() / "models")))


def _drawn(path: Path, shots: int | None, seed: int) -> list[Any]:
    from samspill.intelligence.evaluate_labels import shots as draw

    rows = _labelled(path)
    return draw(rows, shots, seed) if shots else rows


def _labelled(path: Path) -> list[Any]:
    return _rows(path, lambda row: "label" in row or "labels" in row, "a text and a label")


def _spoken(path: Path) -> list[Any]:
    return _rows(path, lambda row: isinstance(row.get("lang"), str), "a text and a lang")


def _texts(path: Path) -> list[Any]:
    return _rows(path, lambda row: True, "a text")


def _rows(path: Path, complete: Callable[[Any], bool], wanted: str) -> list[Any]:
    from samspill.intelligence.packs import read_rows

    try:
        rows = read_rows(path)
    except (ValueError, OSError) as error:
        raise click.ClickException(f"{path} is not in JSON Lines: {error}") from error
    for line, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("text"), str) or not complete(row):
            raise click.ClickException(f"{path}, row {line}: every row needs {wanted}.")
    if not rows:
        raise click.ClickException(f"{path} is empty.")
    return list(rows)


def _relevant(path: Path) -> Any:
    from samspill.intelligence.packs import read_relevant

    try:
        return read_relevant(path)
    except ValueError as error:
        raise click.ClickException(
            f"{path}: every line has a question, an article and 1 between tabs."
        ) from error


def _lines(found: dict[str, Any]) -> list[str]:
    parts = found.get("lang", {})
    return [_shown(found), *(f"  {code or '?'}: {_shown(part)}" for code, part in parts.items())]


def _shown(part: dict[str, Any]) -> str:
    return "  ".join(f"{name} {value}" for name, value in part.items() if isinstance(value, (int, float)))
