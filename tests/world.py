"""The cast: a small company and its customers, brought to life through the product's own verbs."""

from dataclasses import dataclass, field
from itertools import count

from samspill.contacts.models import Identity
from samspill.contacts.recognise import recognise
from samspill.conversations.configure import add_inbox
from samspill.conversations.models import Conversation, Inbox
from samspill.conversations.receive import receive
from samspill.workspace.found import found
from samspill.workspace.invite import choose_password, invite
from samspill.workspace.models import Agent, Team
from samspill.workspace.staff import deactivate
from samspill.workspace.teams import add_team

PASSWORD = "lang og trygg 42"
_numbers = count(1)


@dataclass
class World:
    """Who is there. `charlie` once worked here and must see nothing any more."""

    astrid: Agent  # admin
    liv: Agent  # lead
    kari: Agent
    ola: Agent
    charlie: Agent
    support: Team
    shop: Inbox
    ingrid: Identity  # writes Norwegian
    lukas: Identity  # writes German
    yijun: Identity  # writes Traditional Chinese
    said: dict[str, str] = field(default_factory=dict)

    def hears(self, identity: Identity, text: str = "Hei, hvor er pakken min?") -> Conversation:
        """A customer writes; returns the conversation."""
        message = receive(self.shop, identity, text, f"world-{next(_numbers)}")
        return Conversation.objects.get(pk=message.conversation_id)

    def stranger(self, name: str = "") -> Identity:
        """Somebody new at the widget."""
        key = f"stranger-{next(_numbers)}"
        return recognise(Identity.Kind.VISITOR, key, scope=str(self.shop.pk), name=name)


def build(*, assistant: bool = False) -> World:
    """Everybody, with nothing said yet. Without `assistant`, people are in charge from the first word."""
    astrid = found(
        "Nordlys Solar", name="Astrid Admin", email="astrid@nordlys.example", password=PASSWORD,
        language="en", time_zone="Europe/Oslo",
    )  # fmt: skip
    support = add_team("Support", by=astrid)
    shop = add_inbox("webchat", "Shop", by=astrid.actor)
    charlie = _agent("Charlie Gone", "agent", astrid, [])
    deactivate(charlie, by=astrid)
    world = World(
        astrid=astrid,
        liv=_agent("Liv Lead", "lead", astrid, [support]),
        kari=_agent("Kari Nordmann", "agent", astrid, [support]),
        ola=_agent("Ola Hansen", "agent", astrid, [support]),
        charlie=charlie,
        support=support,
        shop=shop,
        ingrid=_visitor(shop, "Ingrid Berg", "nb"),
        lukas=_visitor(shop, "Lukas Weber", "de"),
        yijun=_visitor(shop, "陳怡君", "zh-Hant"),
    )
    let_the_assistant_answer(world, assistant)
    return world


def let_the_assistant_answer(world: World, on: bool = True) -> None:
    """Who answers first in the chat."""
    world.shop.settings |= {"assistant": on}
    Inbox.objects.filter(pk=world.shop.pk).update(settings=world.shop.settings)


def _agent(name: str, role: str, by: Agent, teams: list[Team]) -> Agent:
    agent = invite(name, f"{name.split()[0].lower()}@nordlys.example", role, teams, by=by)
    choose_password(agent, PASSWORD)
    return agent


def _visitor(shop: Inbox, name: str, language: str) -> Identity:
    return recognise(Identity.Kind.VISITOR, name, scope=str(shop.pk), name=name, language=language)
