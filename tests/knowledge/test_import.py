import json

import pytest

from samspill.knowledge.from_html import markdown_of
from samspill.knowledge.models import Article, Version
from samspill.knowledge.reading import Skipped, read
from samspill.knowledge.take_in import take_in

pytestmark = pytest.mark.django_db


def outcomes(path, language=""):
    return [outcome for outcome, _ in take_in(read(path, language), publish_them=True)]


def test_json_lines_twice(tmp_path):
    rows = [
        {"id": "en:1", "group": "1", "title": "Cost?", "text": "It is free.", "lang": "en"},
        {"id": "de:1", "group": "1", "title": "Kosten?", "text": "Es ist kostenlos.", "lang": "de"},
        {"id": "x", "title": "Klingon", "text": "nuqneH", "lang": "tlh"},
        {"id": "y", "title": "Nothing", "text": " ", "lang": "en"},
    ]
    file = tmp_path / "pages.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)) + "\nno json\n", encoding="utf8")
    assert outcomes(file) == ["new", "new", "skipped", "skipped", "skipped"]
    assert outcomes(file) == ["same", "same", "skipped", "skipped", "skipped"]
    assert Article.objects.count() == 1
    reasons = [page.reason for page in read(file) if isinstance(page, Skipped)]
    assert reasons == ["its language (tlh) is not known", "it is empty", "this line is not JSON"]


def test_markdown_folder_with_languages(tmp_path):
    for language, title in (("en", "Opening hours"), ("nb", "Åpningstider")):
        folder = tmp_path / language
        folder.mkdir()
        (folder / "hours.md").write_text(
            f"---\ntitle: {title}\ncategory: contact\n---\n\nText.", encoding="utf8"
        )
    (tmp_path / "en" / "plain.md").write_text("# A heading\n\nAnd words.", encoding="utf8")
    assert outcomes(tmp_path) == ["new", "new", "new"]
    assert set(Article.objects.values_list("slug", flat=True)) == {"hours", "plain"}
    assert Version.objects.get(translation__article__slug="plain").title == "A heading"


def test_html_becomes_markdown():
    page = """<html lang="de"><head><title>Versand</title><style>p{}</style></head><body><nav>Menü</nav><main>
    <h1>Versand</h1><p>Es <b>kostet</b> nichts.</p><ol><li>Eins</li><li>Zwei</li></ol>
    <a href="https://a.example">hier</a></main><script>alert(1)</script></body></html>"""
    title, language, body = markdown_of(page)
    assert (title, language) == ("Versand", "de")
    assert "# Versand" in body
    assert "Es **kostet** nichts." in body
    assert "1. Eins\n2. Zwei" in body
    assert "[hier](https://a.example)" in body
    assert "alert" not in body
    assert "Menü" not in body
