"""Subjects without their prefixes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.mail.subjects import is_forward, is_reply, plain

REPLIES = "Re: RE: re: AW: Aw: SV: Sv: Antw: RIF: R: Odp: 回复: 回复： 回覆： 答复: 返信: 회신: Re[2]: Re(3): RE^2: YNT: Отв: Vá: ΑΠ: رد:".split()
FORWARDS = "Fwd: FW: Fw: WG: VB: TR: RV: I: PD: 轉寄: 轉寄： 转发: 転送: 전달: ENC: VL: Doorst: İLT:".split()


@pytest.mark.parametrize("prefix", REPLIES)
def test_replies(prefix: str) -> None:
    assert plain(f"{prefix} Order 1234") == "Order 1234"
    assert is_reply(f"{prefix} Order 1234")
    assert not is_forward(f"{prefix} Order 1234")


@pytest.mark.parametrize("prefix", FORWARDS)
def test_forwards(prefix: str) -> None:
    assert plain(f"{prefix} Order 1234") == "Order 1234"
    assert is_forward(f"{prefix} Order 1234")


def test_one_prefix_means_both() -> None:
    assert plain("VS: Order") == "Order"
    assert is_reply("VS: Order")
    assert is_forward("VS: Order")


def test_many_prefixes_and_tags() -> None:
    assert plain("[External] RE: AW: [EXT] Fwd:Re: [orders]  Lamp ") == "[orders] Lamp"
    assert is_reply("[External] RE: FW: Lamp")
    assert is_forward("FW: RE: Lamp")


@pytest.mark.parametrize(
    "subject",
    ["Order: 1234", "Lamp", "", "Reply needed", "Question: re lamp", "Notice: it is late", "12:30 meeting"],
)
def test_other_subjects_stay(subject: str) -> None:
    assert plain(subject) == subject
    assert not is_reply(subject)
    assert not is_forward(subject)


@given(st.text(max_size=300))
def test_any_subject(subject: str) -> None:
    assert plain(plain(subject)) == plain(subject)
