from samspill.workspace.models import ApiToken
from samspill.workspace.staff import deactivate
from samspill.workspace.tokens import make_token, revoke_token, token_of
from tests.world import World


def test_a_token_is_shown_once_and_kept_as_a_hash(world: World) -> None:
    row, text = make_token("shop", writes=True, by=world.astrid)
    assert token_of(text) == row
    kept = ApiToken.objects.values().get()
    assert text not in str(kept)
    assert kept["hint"] == text[-4:]


def test_everything_else_opens_nothing(world: World) -> None:
    _, text = make_token("shop", writes=True, by=world.astrid)
    for wrong in ("", "samspill_", text[:-1], text + "x", text.upper(), "é", "x" * 10_000):
        assert token_of(wrong) is None


def test_a_revoked_token_is_dead_at_once(world: World) -> None:
    row, text = make_token("shop", writes=True, by=world.astrid)
    revoke_token(row, by=world.astrid)
    assert token_of(text) is None


def test_a_token_dies_with_the_access_of_who_made_it(world: World) -> None:
    _, text = make_token("shop", writes=True, by=world.kari)
    deactivate(world.kari, by=world.astrid)
    assert token_of(text) is None


def test_its_last_use_is_remembered(world: World) -> None:
    _, text = make_token("shop", writes=False, by=world.astrid)
    token_of(text)
    assert ApiToken.objects.get().used_at
