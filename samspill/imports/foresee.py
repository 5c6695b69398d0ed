"""What an import would do, without doing it: only reads, and remembers what it has counted."""

from collections.abc import Mapping, Sequence

from samspill.contacts.models import Identity, Organisation
from samspill.conversations.models import Conversation, Message
from samspill.imports import calls, letters, people, threads
from samspill.imports.items import Called, Company, Item, Letter, Person, Said, Talk
from samspill.imports.models import Import
from samspill.imports.talks import agents
from samspill.imports.tally import Tally


class Foresight:
    """Goes through the rows of one import as if they were brought in."""

    def __init__(self, of: Import) -> None:
        self.of = of
        self.seen: set[int] = set()  # hashes of what earlier rows would have added

    def look(self, rows: Sequence[tuple[str, Item]], tally: Tally) -> None:
        """Count what these rows would add."""
        self._companies([row for _, row in rows if isinstance(row, Company)], tally)
        self._people([(place, row) for place, row in rows if isinstance(row, Person)], tally, listed=True)
        self._talks([(place, row) for place, row in rows if isinstance(row, (Talk, Said))], tally)
        self._letters([(place, row) for place, row in rows if isinstance(row, Letter)], tally)
        self._calls([(place, row) for place, row in rows if isinstance(row, Called)], tally)

    def _first(self, *key: object) -> bool:
        """Whether this is met for the first time."""
        fresh = hash(key) not in self.seen
        self.seen.add(hash(key))
        return fresh

    def _companies(self, rows: list[Company], tally: Tally) -> None:
        names = {row.name for row in rows}
        there = set(Organisation.objects.filter(name__in=names).values_list("name", flat=True))
        fresh = sum(name not in there and self._first("company", name) for name in names)
        tally.count("companies", fresh)
        tally.count("known", len(rows) - fresh)

    def _people(self, rows: Sequence[tuple[str, Person]], tally: Tally, *, listed: bool) -> list[bool]:
        """Which of them can be told who they are."""
        wanted = [people.addresses(self.of, person) for _, person in rows]
        known = people.known(address for one in wanted for address in one)
        return [
            self._person(place, person, their, known, tally, listed)
            for (place, person), their in zip(rows, wanted, strict=True)
        ]

    def _person(
        self,
        place: str,
        person: Person,
        their: list[people.Address],
        known: Mapping[people.Key, Identity],
        tally: Tally,
        listed: bool,
    ) -> bool:
        telling = people.telling(their)
        there = any(one.key in known or hash(("who", *one.key)) in self.seen for one in telling)
        if not there and not people.is_enough(person, their):
            tally.skip(place, people.why_not(person))
            return False
        for one in their:
            self._first("who", *one.key)
        if not there:
            tally.count("contacts")
        else:
            tally.count("known", int(listed))
        return True

    def _talks(self, rows: list[tuple[str, Talk | Said]], tally: Tally) -> None:
        keys = {self._id(row.key if isinstance(row, Talk) else row.talk) for _, row in rows}
        found = Conversation.objects.filter(inbox=self.of.inbox, external_id__in=keys)
        there = dict(found.values_list("external_id", "pk"))
        said = Message.objects.filter(conversation__in=there.values()).values_list(
            "conversation_id", "external_id"
        )
        known = set(said)
        new = [(p, r) for p, r in rows if isinstance(r, Talk) and self._id(r.key) not in there]
        told = self._people([(place, row.person) for place, row in new], tally, listed=False)
        for (_, talk), good in zip(new, told, strict=True):
            if good and self._first("talk", talk.key):
                tally.count("conversations")
        for place, row in rows:
            self._said(place, row, there, known, tally)

    def _said(
        self, place: str, row: Talk | Said, there: dict[str, int], known: set[tuple[int, str]], tally: Tally
    ) -> None:
        key = row.key if isinstance(row, Talk) else row.talk
        pk = there.get(self._id(key))
        if pk is None and hash(("talk", key)) not in self.seen:
            if isinstance(row, Said):
                tally.skip(place, "unknown_conversation")
            return
        tally.count("known", int(isinstance(row, Talk) and pk is not None))
        for one in row.said if isinstance(row, Talk) else (row,):
            fresh = (pk, self._id(one.key)) not in known and self._first("said", key, one.key)
            tally.count("messages", int(fresh and bool(one.text or one.files or one.outside)))

    def _id(self, key: str) -> str:
        return f"{self.of.form}:{key}"[:200]

    def _letters(self, rows: list[tuple[str, Letter]], tally: Tally) -> None:
        if not rows:
            return
        assert self.of.inbox is not None
        own = threads.own_addresses(self.of.inbox, agents())
        there = threads.Threads(self.of.inbox)
        there.look_up(letter for _, letter in rows)
        for place, letter in letters.fresh(self.of, own, rows, tally):
            if not self._first("copy", letter.names.copy):
                tally.count("known")
                continue
            someone = [(place, person) for person in threads.outsiders(own, letter.mail)]
            if not any(self._people(someone, tally, listed=False)):
                continue
            tally.count("messages")
            tally.count("files", len(letter.mail.files))
            tally.count("conversations", int(not self._joins(letter, there)))

    def _joins(self, letter: Letter, there: threads.Threads) -> bool:
        names = [one for one in letter.names.every if one != letter.names.copy]
        joins = any(one in there.by_name or hash(("thread", one)) in self.seen for one in names)
        for one in names:
            self._first("thread", one)
        return joins

    def _calls(self, rows: list[tuple[str, Called]], tally: Tally) -> None:
        told = self._people([(place, row.person) for place, row in rows], tally, listed=False)
        there = calls.known(self.of, [row for _, row in rows])
        for (_, row), good in zip(rows, told, strict=True):
            who = calls.who(self.of, row)
            if not good:
                continue
            request, call = (who, row.asked), (who, row.asked, row.called)
            fresh = row.called is not None and call not in there and self._first("call", *call)
            tally.count("callbacks", int(request not in there and self._first("callback", *request)))
            tally.count("calls", int(fresh))
            tally.count("known", int(not fresh))
