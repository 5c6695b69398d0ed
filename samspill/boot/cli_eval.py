"""`samspill eval`: how good search and answers are, on files; no database is needed."""

import json
from pathlib import Path
from typing import Any

import click


@click.command("eval")
@click.argument("task", type=click.Choice(["retrieval", "answers"]))
@click.argument(
    "packs", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--unanswerable", type=click.Path(exists=True, path_type=Path), help="Questions of another subject."
)
@click.option("--json", "as_json", is_flag=True, help="Every figure, with the curve over thresholds.")
def evaluate(task: str, packs: tuple[Path, ...], unanswerable: Path | None, as_json: bool) -> None:
    """Measure folders that hold corpus.jsonl, queries.jsonl and qrels.tsv with the local text model."""
    from samspill.boot.environ import data_folder, read
    from samspill.intelligence import evaluate as measuring
    from samspill.intelligence.local_encoder import local_encoder

    encoder = local_encoder(Path(read("MODELS") or data_folder() / "models"))
    figures = {}
    for pack in packs:
        files = (_file(pack, "corpus.jsonl"), _file(pack, "queries.jsonl"), _file(pack, "qrels.tsv"))
        figures[pack.name] = json.loads(measuring.main(task, *files, encoder, unanswerable))
    click.echo(json.dumps(figures, indent=1) if as_json else _table(figures))


def _file(pack: Path, name: str) -> Path:
    found = next((file for file in (pack / name, pack / f"{name}.gz") if file.exists()), None)
    if found is None:
        raise click.ClickException(f"There is no {name} in {pack}.")
    return found


def _table(figures: dict[str, dict[str, Any]]) -> str:
    lines = []
    for pack, found in figures.items():
        lines.append(f"{pack}: {_shown(found)}")
        lines += [f"  {code}: {_shown(part)}" for code, part in found["lang"].items()]
        for rival in ("bm25", "dense"):
            lines += [f"  {rival} alone: {_shown(found[rival])}"] if rival in found else []
    return "\n".join(lines)


def _shown(part: dict[str, Any]) -> str:
    return "  ".join(f"{name} {value}" for name, value in part.items() if isinstance(value, (int, float)))
