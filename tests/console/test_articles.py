import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspill.knowledge import gaps
from samspill.knowledge.models import Article, Gap, Version
from tests.knowledge.conftest import write

__all__ = ["write"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_model")]
TEXT = {"title": "What does delivery cost?", "summary": "", "body": "It is free."}


@pytest.fixture
def liv(world, at):
    return at(world.liv)


def test_write_autosave_publish_withdraw(liv, client):
    assert liv.post("/desk/articles/new", {"title": "What does delivery cost?"}).status_code == 302
    article = Article.objects.get()
    page = f"/desk/articles/{article.pk}/en/"
    assert liv.post(f"{page}autosave", TEXT | {"body": "It i"}).json() == {"number": 1}
    liv.post(page, TEXT | {"action": "publish"})
    assert client.get(f"/help/en/a/{article.slug}/").status_code == 200
    liv.post(f"{page}withdraw")
    assert client.get(f"/help/en/a/{article.slug}/").status_code == 404


def test_a_mistake_loses_nothing(liv, write):
    text = write("cost", "en", "Cost?", "It is free.")
    answer = liv.post(f"/desk/articles/{text.article_id}/en/", TEXT | {"title": "", "body": "Precious words"})
    assert answer.status_code == 422
    assert "Precious words" in answer.content.decode()


def test_compare_and_restore(liv, write):
    text = write("cost", "en", "Cost?", "It is free.")
    page = f"/desk/articles/{text.article_id}/en/"
    liv.post(page, TEXT | {"title": "Cost?", "body": "It costs 149."})
    shown = liv.get(f"{page}2/").content.decode()
    assert "<del>is free.</del><ins>costs 149.</ins>" in shown
    liv.post(f"{page}1/restore")
    assert Version.objects.first().body == "It is free."


def test_agents_read_and_leads_write(kari, write):
    text = write("cost", "en", "Cost?", "It is free.")
    page = f"/desk/articles/{text.article_id}/en/"
    assert kari.get(page).status_code == 200
    assert kari.get("/desk/unanswered/").status_code == 200
    assert kari.post(page, TEXT).status_code == 403
    assert kari.post("/desk/articles/new", {"title": "X"}).status_code == 403


def test_strangers_see_nothing(client, world):
    for address in ("/desk/articles/", "/desk/unanswered/", "/desk/articles/1/en/"):
        assert "sign-in" in client.get(address)["Location"]


def test_preview_is_safe(liv):
    shown = liv.post(
        "/desk/articles/preview", {"body": "**a** <script>x</script> [b](javascript:x)"}
    ).content.decode()
    assert "<strong>a</strong>" in shown
    assert "<script" not in shown
    assert 'href="javascript' not in shown


def test_filters(liv, write):
    write("cost", "en", "Delivery cost?", "It is free.")
    write("hours", "nb", "Åpningstider?", "Alltid.")
    assert "Delivery cost?" in liv.get("/desk/articles/?q=delivery").content.decode()
    assert "Åpningstider?" not in liv.get("/desk/articles/?q=delivery").content.decode()
    assert "Delivery cost?" in liv.get("/desk/articles/?state=missing").content.decode()
    assert "Delivery cost?" not in liv.get("/desk/articles/?state=drafts").content.decode()


def test_draft_from_a_gap(liv):
    gap = gaps.record_question("Do you sell heat pumps?", "en", "chat").gap
    answer = liv.post(f"/desk/unanswered/{gap.pk}/draft", follow=True)
    assert "Do you sell heat pumps?" in answer.content.decode()
    assert Gap.objects.get().state == "drafted"


def test_dismiss_and_take_it_back(liv):
    gap = gaps.record_question("Do you sell heat pumps?", "en", "chat").gap
    answer = liv.post(f"/desk/unanswered/{gap.pk}/dismiss", headers={"HX-Request": "true"})
    assert f"/desk/unanswered/{gap.pk}/reopen" in answer["HX-Trigger"]
    liv.post(f"/desk/unanswered/{gap.pk}/reopen")
    assert Gap.objects.get().state == "open"


@pytest.mark.parametrize("address", ["/desk/articles/", "/desk/unanswered/"])
def test_queries_do_not_grow(liv, write, address):
    write("one", "en", "One?", "Yes.")
    gaps.record_question("First unanswered?", "en", "chat")
    counts = []
    for number in range(2):
        liv.get(address)
        with CaptureQueriesContext(connection) as asked:
            liv.get(address)
        counts.append(len(asked))
        for more in "ab":
            write(f"more-{number}{more}", "en", f"More {number}{more}?", "Yes.")
            gaps.record_question(f"Unanswered {number}{more}?", "en", "chat")
    assert counts[0] == counts[1]
