"""Calls that only a machine would think of: none of them may break the server."""

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from schemathesis.checks import not_a_server_error as never_broken

from samspill.workspace.tokens import make_token
from tests.world import World

pytestmark = pytest.mark.slow
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
EXAMPLES = 12


@pytest.fixture
def token(busy_world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("samspill.api.auth.A_MINUTE", 10**6)
    busy_world.hears(busy_world.ingrid)
    return make_token("fuzz", writes=True, by=busy_world.astrid)[1]


@schema.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)
def test_no_call_breaks_the_server(case: schemathesis.Case, token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=[never_broken])
