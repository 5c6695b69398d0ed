"""What customers are written about their callback: each once, in their language, to nobody else."""

from typing import Any

import pytest
from django.core import mail

from samspill.boot.wiring import HANDLERS
from samspill.callbacks import jobs
from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.change import move
from samspill.callbacks.letters import write, write_due
from samspill.callbacks.link import opened
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.times import offers
from samspill.callbacks.work import call, finish, take
from samspill.contacts.recognise import recognise
from samspill.kit.models import Event
from tests.callbacks.conftest import Watch
from tests.world import World

NUMBER = "912 34 567"


def asked(**facts: Any) -> Callback:
    told_at = recognise("email", "ingrid@example.no", name="Ingrid Berg", language="en")
    wish = Wish(NUMBER, facts.pop("source", "portal"), **{"told_at": told_at, "language": "en", **facts})
    return ask(told_at.contact, wish, by=told_at.contact.actor, wording="callback-2026-11")


def miss(world: World, callback: Callback) -> None:
    finish(call(take(callback, world.kari), world.kari), "no_answer", by=world.kari.actor)


def test_asked_on_the_web_it_is_confirmed_once_with_a_link_that_is_theirs(world: World, watch: Watch) -> None:
    callback = asked()
    assert "callbacks.jobs.confirm" in HANDLERS["callback.asked"]
    assert write(callback, "asked")
    assert not write(callback, "asked")
    letter = mail.outbox[0]
    assert len(mail.outbox) == 1
    assert letter.to == ["ingrid@example.no"]
    assert letter.subject == "Nordlys Solar: we will call you today before 13:00"
    assert "Hello Ingrid Berg," in letter.body
    assert "+47 •• •• •• 67" in letter.body
    url = next(line for line in letter.body.splitlines() if "/help/en/callback/" in line)
    assert opened(url.rstrip("/").rsplit("/", 1)[1]) == (callback, True, True)


def test_without_an_address_nothing_is_sent(world: World, watch: Watch) -> None:
    assert not write(asked(told_at=None), "asked")
    assert mail.outbox == []


def test_what_a_chat_has_said_is_not_mailed_too(world: World, watch: Watch) -> None:
    jobs.confirm(0, None, asked(source="chat").pk)
    assert mail.outbox == []


def test_a_mail_that_did_not_go_out_is_tried_again(
    world: World, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    callback = asked()

    def down(*given: object) -> None:
        raise OSError("no server")

    with monkeypatch.context() as broken:
        broken.setattr("samspill.callbacks.letters.send_mail", down)
        with pytest.raises(OSError, match="no server"):
            write(callback, "asked")
    assert write(callback, "asked")
    assert len(mail.outbox) == 1


def test_a_move_by_us_is_told_and_their_own_is_not(world: World, watch: Watch) -> None:
    callback = asked()
    later = offers(watch.now)[1:3]
    for span, by in zip(later, (callback.contact.actor, world.kari.actor), strict=True):
        move(callback, span, by=by)
        event = Event.objects.filter(kind="callback.moved").latest("pk")
        for _ in range(2):
            jobs.tell_of_move(event.pk, None, callback=callback.pk)
    assert [letter.subject for letter in mail.outbox] == ["Nordlys Solar: our call has moved"]


def test_calls_in_vain_are_told_once_nobody_can_take_them_back(world: World, watch: Watch) -> None:
    CallbackSettings.objects.create(pk=1, attempts=2)
    callback = asked()
    miss(world, callback)
    assert write_due() == 0
    watch.wait(minutes=16)
    assert (write_due(), write_due()) == (1, 0)
    miss(world, callback)
    watch.wait(minutes=16)
    assert (write_due(), write_due()) == (1, 0)
    subjects = [letter.subject for letter in mail.outbox]
    assert subjects == ["Nordlys Solar: we tried to call you", "Nordlys Solar: we could not reach you"]


def test_the_language_is_the_customers(world: World, watch: Watch) -> None:
    for language, words in (("nb", "vi ringer deg"), ("de", "wir rufen Sie"), ("zh-Hant", "回電")):
        callback = asked(language=language)
        assert write(callback, "asked")
        assert words in mail.outbox[-1].subject
        Callback.objects.all().delete()
