import pytest
from django.db import OperationalError
from django.test import Client

from samspill.kit import rate


@pytest.mark.parametrize(("error", "status"), [(OperationalError("gone"), 503), (KeyError("oops"), 500)])
def test_while_the_database_is_away_the_answer_is_to_try_again(
    monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(rate, "_count", fail)
    client = Client(raise_request_exception=False)
    answer = client.post("/widget/hello", "{}", content_type="application/json")
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert b"Nothing you sent before is lost" in answer.content
