"""To which conversation each mail of an export belongs: an earlier one it refers to and has a part in, or its own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from samspill.channels.email.account import our_addresses
from samspill.channels.email.thread import base_subject
from samspill.channels.models import Reference
from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Inbound, Inbox, Participant
from samspill.imports.items import Letter, Person
from samspill.kit import clock
from samspill.mail.mail import Address, Mail
from samspill.workspace.current import workspace

MOST_PARTICIPANTS = 20


@dataclass
class Threads:
    """The conversations of one portion: those that were there and those that begin."""

    inbox: Inbox
    by_name: dict[str, Conversation] = field(default_factory=dict)  # digest → conversation
    arrived: set[str] = field(default_factory=set)  # digests of mails that are here, not only mentioned
    parties: dict[str, set[int]] = field(default_factory=dict)  # external id → contacts who take part
    begun: list[Conversation] = field(default_factory=list)

    def look_up(self, letters: Iterable[Letter]) -> None:
        """Find the conversations these mails may belong to."""
        wanted = {name for letter in letters for name in letter.names.every}
        rows = Reference.objects.filter(digest__in=wanted, conversation__inbox=self.inbox)
        for row in rows.select_related("conversation").order_by("-pk"):
            self.by_name[row.digest] = row.conversation
            self.arrived |= {row.digest} if row.message_id else set()
            self.parties.setdefault(_key(row.conversation), set()).add(row.conversation.contact_id)
        held = {one.pk: _key(one) for one in self.by_name.values()}
        part = Participant.objects.filter(conversation__in=held)
        for pk, contact in part.values_list("conversation_id", "identity__contact_id"):
            self.parties[held[pk]].add(contact)

    def place(self, letter: Letter, people: Sequence[Identity]) -> Conversation:
        """The conversation of a mail between us and these people, the first of whom it is with."""
        contacts = {identity.contact_id for identity in people}
        found = self._earlier(letter, contacts) or self._begin(letter, people[0])
        self.parties.setdefault(_key(found), set()).update(contacts)
        for name in letter.names.every:
            self.by_name.setdefault(name, found)
        self.arrived.add(letter.names.own)
        return found

    def _earlier(self, letter: Letter, contacts: set[int]) -> Conversation | None:
        names = letter.names
        own = [] if names.own in self.arrived else [names.own]
        for name in (*names.referred, names.outlook, *own):
            found = self.by_name.get(name) if name else None
            if found and contacts & self.parties[_key(found)]:
                return found
        return None

    def _begin(self, letter: Letter, identity: Identity) -> Conversation:
        at = written(letter.mail)
        row = Conversation(
            inbox=self.inbox,
            contact=identity.contact,
            identity=identity,
            subject=base_subject(letter.mail.subject)[:200],
            external_id=f"mail:{letter.key}",
            threaded=True,
            in_charge=Conversation.InCharge.PERSON,
            status=Conversation.Status.CLOSED,
            closed_at=at,
            created_at=at,
        )
        self.begun.append(row)
        return row


def _key(conversation: Conversation) -> str:
    """What tells conversations apart before they have a number."""
    return conversation.external_id or str(conversation.pk)


def written(mail: Mail) -> datetime:
    """When it was written; never in the future."""
    return min(mail.date or clock.now(), clock.now())


def own_addresses(inbox: Inbox, agents: Iterable[str]) -> set[str]:
    """The addresses we write from."""
    return {*our_addresses(), workspace().email.casefold(), *agents} - {""}


def outsiders(own: set[str], mail: Mail) -> list[Person]:
    """Who takes part besides us: the sender first, or whom we wrote to."""
    found = {
        one.address.casefold(): one for one in (mail.sender, *mail.to, *mail.cc) if _is_reachable(one, own)
    }
    return [Person(name=one.name, emails=(one.address,)) for one in found.values()][:MOST_PARTICIPANTS]


def _is_reachable(one: Address, own: set[str]) -> bool:
    return "@" in one.address and one.address.casefold() not in own


def known(inbox: Inbox, letters: Sequence[Letter]) -> set[str]:
    """Keys of those mails that are here already, imported or fetched."""
    kept = Inbound.objects.filter(inbox=inbox, dedup_key__in=[letter.key for letter in letters])
    copies = {letter.names.copy: letter.key for letter in letters}
    here = Reference.objects.filter(digest__in=copies).values_list("digest", flat=True)
    return {*kept.values_list("dedup_key", flat=True), *(copies[name] for name in here)}
