import pytest
from django.test.utils import CaptureQueriesContext

from samspill.kit.models import Event
from samspill.knowledge.models import Article, Question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_model")]


@pytest.fixture
def texts(write):
    return [
        write(
            "cost",
            "en",
            "What does delivery cost?",
            "## Norway\n\nIt costs **149** <b>kroner</b>.",
            "All prices.",
        ),
        write("cost", "nb", "Hva koster frakten?", "Den koster 149 kroner."),
    ]


def count(client, address):
    from django.db import connection

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_start_leads_to_the_readers_language(client, texts):
    answer = client.get("/help/", headers={"Accept-Language": "nb"})
    assert answer["Location"] == "/help/nb/"


def test_an_article_is_safe_and_indexable(client, texts):
    page = client.get("/help/en/a/cost/").content.decode()
    assert "<strong>149</strong>" in page
    assert "<b>kroner" not in page
    assert 'hreflang="nb" href="http://' in page
    assert '<link rel="canonical"' in page
    assert 'content="All prices."' in page


def test_an_unchanged_page_is_not_sent_twice(client, texts, write):
    tag = client.get("/help/en/a/cost/")["ETag"]
    assert client.get("/help/en/a/cost/", headers={"If-None-Match": tag}).status_code == 304
    write("other", "en", "Another?", "Yes.")
    assert client.get("/help/en/a/cost/", headers={"If-None-Match": tag}).status_code == 200


def test_another_language_helps_out(client, texts):
    assert client.get("/help/de/a/cost/")["Location"] == "/help/en/a/cost/"
    assert client.get("/help/en/a/nothing/").status_code == 404
    assert client.get("/help/xx/").status_code == 404


def test_internal_articles_stay_inside(client, texts):
    Article.objects.update(visibility="internal")
    assert client.get("/help/en/a/cost/").status_code == 404
    assert "/a/cost/" not in client.get("/sitemap.xml").content.decode()


def test_search_by_words_while_the_model_is_away(client, texts):
    assert "What does delivery cost?" in client.get("/help/en/search?q=delivery+cost").content.decode()
    assert "What does delivery cost?" in client.get("/help/en/suggest?q=deliv").content.decode()
    assert client.get("/help/en/search?q=%00%3Cscript%3E").status_code == 200


def test_did_this_help_counts_once_a_day(client, texts):
    for _ in range(3):
        client.post("/help/en/a/cost/helped", {"answer": "no", "comment": "What about Sweden?"})
    texts[0].refresh_from_db()
    assert texts[0].not_helped == 1
    assert Question.objects.get().text == "What about Sweden?"
    assert Event.objects.filter(kind="article.rated").count() == 1


def test_what_nobody_found_is_remembered_once(client, texts):
    for _ in range(3):
        assert client.post("/help/en/asked", {"q": "heat pumps please"}).status_code == 204
    client.post("/help/en/asked", {"q": "What does delivery cost?"})
    assert list(Question.objects.values_list("text", flat=True)) == ["heat pumps please"]


def test_foreign_pages_cannot_post(client, texts):
    answer = client.post("/help/en/asked", {"q": "heat pumps"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400


def test_front_door(client, texts):
    page = client.get("/", headers={"Accept-Language": "de"}).content.decode()
    assert 'lang="de"' in page
    assert client.get("/?language=nb").cookies["django_language"].value == "nb"


@pytest.mark.parametrize("address", ["/help/en/", "/help/en/c/delivery/", "/sitemap.xml", "/help/en/a/cost/"])
def test_queries_do_not_grow_with_articles(client, texts, write, address):
    client.get(address)
    one = count(client, address)
    for number in range(3):
        write(f"more-{number}", "en", f"More {number}?", "Yes.")
    client.get(address)
    assert count(client, address) <= one
    assert one <= 8
