"""Hashes, seals and passes."""

import pytest
from django.core import signing

from samspill.kit import crypto, passes
from samspill.kit.languages import spoken


def test_a_digest_meets_itself_and_depends_on_its_purpose() -> None:
    assert crypto.digest("email", "a") == crypto.digest("email", "a")
    assert crypto.digest("email", "a") != crypto.digest("phone", "a")
    assert len(crypto.digest("email", "a")) == 64


def test_a_digest_cannot_be_tried_out_without_the_key() -> None:
    import hashlib

    assert crypto.digest("email", "a") != hashlib.sha256(b"a").hexdigest()


@pytest.mark.parametrize("text", ["", "kari@example.no", "你好 🙂", "x" * 10_000])
def test_what_is_sealed_can_be_read_again(text: str) -> None:
    sealed = crypto.seal(text)
    assert not text or text not in sealed
    assert crypto.unseal(sealed) == text


def test_a_broken_seal_is_empty_and_no_outage() -> None:
    sealed = crypto.seal("kari@example.no")
    for broken in ("", "x", sealed[:-4] + "AAAA", sealed[::-1]):
        assert crypto.unseal(broken) == ""


def test_a_pass_says_what_it_was_issued_for() -> None:
    assert passes.read("desk", passes.issue("desk", agent=1)) == {"agent": 1}


def test_other_purposes_forgeries_and_old_passes_say_nothing() -> None:
    text = passes.issue("desk", agent=1)
    assert passes.read("visitor", text) is None
    for forged in ("", "a:b:c", text[:-1], text + "A", text.replace(":", ".", 1)):
        assert passes.read("desk", forged) is None
    assert passes.read("desk", text, max_age_s=-1) is None
    assert passes.read("desk", signing.dumps(["agent"], salt="samspill.desk")) is None


def test_a_reader_is_served_in_the_nearest_language() -> None:
    assert [spoken(code, "de") for code in ("nb", "da", "zh-Hans", "fr")] == ["nb", "nb", "zh-Hant", "de"]
