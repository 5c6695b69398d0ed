"""A small shop to talk to: two customers with an order each, two articles, people who are always there."""

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.apps import apps
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.assistant.take_turn import take_turn
from samspill.commerce.models import Order, OrderLine, Shipment
from samspill.contacts import consent
from samspill.contacts.models import Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.conversations.models import Conversation, Message
from samspill.conversations.receive import receive
from samspill.kit import clock, crypto
from samspill.knowledge.create import create
from samspill.knowledge.publish import publish
from samspill.knowledge.read import read
from samspill.knowledge.write import save
from samspill.workspace.hours import DAYS
from samspill.workspace.models import Workspace
from tests.world import World, build

INGRID, LUKAS = "ingrid.berg@example.no", "lukas.weber@example.de"
HERS, HIS, NOBODYS = "NS-10482", "NS-20001", "NS-99999"
SECRETS = ("Aurora", "Wallbox", "TRACK", "PostNord", "4990", "7990")
ROW = {"days": "2-4", "cost": "99", "free_over": "1000", "currency": "NOK"}
WARRANTY = "Our panels have a product warranty of 25 years. The warranty starts on the day of delivery."
_numbers = count(1)


@dataclass
class Shop:
    """The cast at work, with a mail server that keeps what goes out."""

    world: World
    mailbox: Any = None

    def chat(self, language: str = "en", *, agreed: bool = True) -> "Chat":
        """A newcomer opens the chat; he has said yes to the use of his data unless told otherwise."""
        key = f"visitor-{next(_numbers)}"
        scope = str(self.world.shop.pk)
        chat = Chat(self, recognise(Identity.Kind.VISITOR, key, scope=scope, language=language))
        if agreed:
            consent.record(chat.visitor.contact, consent.SERVICE, "webchat", given=True)
        return chat

    def code_for(self, address: str) -> str:
        """The code in the latest mail to an address."""
        texts = [text for to, text in self.mailbox.received if to == [address]]
        found = re.search(r"\b(\d{6})\b", texts[-1])
        assert found
        return found[1]


@dataclass
class Chat:
    """One visitor's conversation."""

    shop: Shop
    visitor: Identity

    def hears(self, text: str, **extras: object) -> Message:
        """The visitor's words arrive; nobody has read them yet."""
        return receive(
            self.shop.world.shop, self._identity(), text, f"m-{next(_numbers)}", extras=dict(extras)
        )

    def says(self, text: str, **extras: object) -> str:
        """The visitor's words and what the assistant answers; empty where it is silent."""
        message = self.hears(text, **extras)
        take_turn(message.pk)
        return self.answer_to(message)

    def answer_to(self, message: Message) -> str:
        found = Message.objects.filter(external_id=f"turn:{message.pk}").first()
        return found.text if found else ""

    def last(self) -> Message:
        return self.talk().messages.latest("pk")

    def talk(self) -> Conversation:
        return Conversation.objects.filter(identity=self.visitor).latest("pk")

    def asks_for(self, number: str) -> list[str]:
        """Asks for an order up to the question for the code; the mails have gone out then."""
        said = [self.says("where is my order?"), self.says(number)]
        run_jobs("assistant.jobs.mail_code")
        return said

    def proves(self, number: str, address: str) -> str:
        """Asks for an order and gives the code that was mailed to its owner."""
        self.asks_for(number)
        return self.says(self.shop.code_for(address))

    def _identity(self) -> Identity:
        return Identity.objects.select_related("contact").get(pk=self.visitor.pk)


def forget_jobs() -> None:
    """Drop what other tests left waiting: their rows are gone, their jobs are not."""
    ProcrastinateJob.objects.all()._raw_delete(ProcrastinateJob.objects.db)


def run_jobs(*names: str) -> int:
    """Do the work that waits, as a worker would: by its name, with the arguments it was deferred with."""
    waiting = list(ProcrastinateJob.objects.filter(status="todo", task_name__in=names).order_by("pk"))
    for job in waiting:
        app.tasks[job.task_name](**job.args)
    ids = [job.pk for job in waiting]
    ProcrastinateJob.objects.filter(pk__in=ids)._raw_delete(ProcrastinateJob.objects.db)
    return len(waiting)


def rows() -> dict[str, int]:
    """How many rows each table of the product has."""
    mine = [model for model in apps.get_app_config("samspill").get_models() if model._meta.managed]
    counted = {model.__name__: model._default_manager.count() for model in mine}
    return counted | {"jobs": ProcrastinateJob.objects.count()}


def open_shop() -> Shop:
    """Everything in the shop but its mailbox."""
    world = build(assistant=True)
    always = {day: [["00:00", "23:59:59"]] for day in DAYS}
    delivery = [{"country": "NO", "kind": "parcel", **ROW}, {"country": "NO", "kind": "freight", **ROW}]
    Workspace.objects.update(hours=always, delivery=delivery, phone="+47 22 00 00 00")
    _order(HERS, INGRID, "Aurora panel 400 W", "4990.00")
    _order(HIS, LUKAS, "Wallbox 11 kW", "7990.00")
    article(world, "How long is the warranty on solar panels?", WARRANTY)
    article(world, "Which payment methods do you accept?", "You can pay by card, Vipps or invoice.")
    return Shop(world)


def article(world: World, title: str, body: str, language: str = "en") -> None:
    """Write and publish a page, and have the text model read it."""
    version = save(create(title, world.astrid), language, title, "", body, world.astrid)
    publish(version.translation, version, world.astrid)
    read(version.translation_id)


def _order(number: str, address: str, product: str, price: str) -> None:
    order = Order.objects.create(
        number=number, email_hash=address_hash("email", address), email_sealed=crypto.seal(address),
        country="NO", currency="NOK", status="shipped", total=Decimal(price), placed_at=clock.ago(days=3),
    )  # fmt: skip
    OrderLine.objects.create(order=order, sku=f"sku-{number}", name=product, quantity=1, price=Decimal(price))
    Shipment.objects.create(
        order=order, carrier="PostNord", tracking=f"TRACK{number}", url=f"https://track.example/TRACK{number}",
        status="under way", expected_on=(clock.now() + timedelta(days=2)).date(),
    )  # fmt: skip
