"""Callbacks of the sample company: ten weeks of calls to learn from, and some people who wait for one."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from samspill.callbacks import permission
from samspill.callbacks.models import Attempt, Callback, CallbackSettings, Caller, Decision, ReachModel
from samspill.callbacks.people import zone
from samspill.callbacks.times import STEP, first_opening, promise
from samspill.contacts.models import Identity
from samspill.contacts.recognise import address_hash
from samspill.conversations.models import Conversation
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.kit.once import reading_once
from samspill.sample.calling import Course, Habit, course
from samspill.sample.files import read as read_file
from samspill.workspace.current import workspace
from samspill.workspace.hours import spans
from samspill.workspace.models import Agent

WEEKS, WITHOUT_MODEL, SEED = 10, 4, 11
SOURCES = ("chat", "chat", "portal", "form", "email", "phone", "desk")
SHARES = {"planned": 0.9, "control": 0.1, "first_come": 1.0}
read = partial(read_file, "callbacks")


def load() -> int:
    """Callers, past callbacks and open ones; returns how many callbacks there are."""
    phones = _phones()
    if Callback.objects.filter(identity__in=phones.values()).exists():
        return Callback.objects.filter(identity__in=phones.values()).count()
    begun = clock.ago(weeks=WEEKS - WITHOUT_MODEL).date()
    CallbackSettings.objects.get_or_create(pk=1, defaults={"started_on": begun})
    callers = [_caller(one) for one in read()["callers"]]
    with reading_once():
        _past(phones, callers, begun)
        for facts in read()["open"]:
            _open(facts, phones[facts["customer"]], callers)
    ReachModel.objects.all().delete()  # what it has learned knows nobody of them
    emit("callbacks.imported", actor="system", callbacks=Callback.objects.count())
    return Callback.objects.filter(identity__in=phones.values()).count()


def clear() -> None:
    """What people and callbacks leave behind when they go."""
    ReachModel.objects.all().delete()
    if not Callback.objects.exists():
        CallbackSettings.objects.all().delete()


def _phones() -> dict[str, Identity]:
    """The number of each customer."""
    asked = {one["customer"] for one in read()["people"]}
    hashes = {address_hash("email", email): email for email in asked}
    mails = Identity.objects.filter(kind="email", value_hash__in=hashes)
    owners = {mail.contact_id: hashes[mail.value_hash] for mail in mails}
    phones = Identity.objects.filter(kind="phone", contact__in=owners).select_related("contact")
    return {owners[phone.contact_id]: phone for phone in phones.order_by("-pk")}


def _caller(facts: dict[str, Any]) -> Caller:
    agent = Agent.objects.get(email=facts["email"])
    return Caller.objects.get_or_create(agent=agent, defaults={"languages": facts["languages"]})[0]


def _past(phones: dict[str, Identity], callers: list[Caller], begun: Any) -> None:
    rng, quarters = Random(SEED), _quarters()
    rows: list[tuple[Callback, Course]] = []
    for facts in read()["people"]:
        phone = phones[facts["customer"]]
        consent = permission.agree(phone.contact, permission.WORDING)
        habit = Habit.of(facts, zone(phone.contact, phone.value))
        for created in _asked(facts["often"], rng):
            early = created.date() < begun
            mode = "first_come" if early else ("control" if rng.random() < 0.15 else "planned")
            if found := course(habit, created, mode, quarters, rng):
                row = _row(phone, found.created, rng.choice(SOURCES), rng.choice(facts["topics"]), mode)
                row.consent, row.state, row.ended_at = consent, found.state, found.ended
                row.attempts_made, row.ended_by = len(found.calls), "system"
                rows.append((row, found))
    rows.sort(key=lambda pair: pair[0].created_at)
    Callback.objects.bulk_create([row for row, _ in rows])
    _calls(rows, callers)


def _asked(often: int, rng: Random) -> list[datetime]:
    """Moments at which somebody asked: one after the other, in the daytime, a call's course apart."""
    length = timedelta(weeks=WEEKS) / often
    start = clock.ago(weeks=WEEKS).replace(minute=0, second=0, microsecond=0)
    days = [start + length * i + rng.random() * length * 0.4 for i in range(often)]
    return [day.replace(hour=rng.randint(6, 18), minute=rng.randint(0, 59)) for day in days]


def _quarters() -> list[datetime]:
    """All quarters of an hour in which the company made calls."""
    found, now = [], clock.now()
    for start, end in spans(workspace(), clock.ago(weeks=WEEKS, days=1), WEEKS * 7 + 2):
        found += [start + STEP * i for i in range(int((end - start) / STEP)) if start + STEP * (i + 2) < now]
    return found


def _row(phone: Identity, created: datetime, source: str, topic: str, mode: str) -> Callback:
    contact = phone.contact
    promised = promise(created)
    return Callback(
        contact=contact, identity=phone, source=source, topic=topic, language=contact.language,
        asked_by=contact.actor, created_at=created, promised_from=promised[0], promised_by=promised[1],
        mode=mode, share=SHARES[mode],
    )  # fmt: skip


def _calls(rows: list[tuple[Callback, Course]], callers: list[Caller]) -> None:
    told = [(row, found.mode, position, *call, _agent(callers, row))
            for row, found in rows for position, call in enumerate(found.calls, 1)]  # fmt: skip
    decisions = Decision.objects.bulk_create([
        Decision(callback=row, agent=agent, at=at, mode=mode, propensity=SHARES[mode],
                 chance=chance if mode == "planned" else None)
        for row, mode, _, at, chance, _, agent in told
    ])  # fmt: skip
    Attempt.objects.bulk_create(
        Attempt(callback=row, decision=decision, position=position, agent=agent, began_at=at,
                ended_at=at + timedelta(minutes=3 if outcome == "answered" else 1), outcome=outcome)
        for decision, (row, _, position, at, _, outcome, agent) in zip(decisions, told, strict=True)
    )  # fmt: skip


def _agent(callers: list[Caller], row: Callback) -> Agent:
    return next((one.agent for one in callers if row.language in one.languages), callers[0].agent)


def _open(facts: dict[str, Any], phone: Identity, callers: list[Caller]) -> None:
    """Somebody who waits: perhaps called in vain, at an appointment, or in an agent's hands."""
    mode, failed = facts.get("mode", "planned"), facts.get("failed", 0)
    row = _row(phone, clock.ago(hours=facts["hours_ago"]), facts["source"], facts["topic"], mode)
    row.consent, row.attempts_made = permission.agree(phone.contact, permission.WORDING), failed
    row.conversation = Conversation.objects.filter(contact=phone.contact).order_by("-pk").first()
    row.next_at = first_opening(clock.now())
    if "appointment_in_hours" in facts:
        row.fixed_at = row.next_at = first_opening(clock.ahead(hours=facts["appointment_in_hours"]))
        row.promised_from, row.promised_by = row.fixed_at, row.fixed_at + STEP
    if "held_by" in facts:
        row.taken_by, row.taken_at = Agent.objects.get(email=facts["held_by"]), clock.now()
    row.save()
    past = [clock.ago(hours=facts["hours_ago"] - 0.3 - 2.5 * i) for i in range(failed)]
    _calls([(row, Course(row.created_at, mode, [(at, 0.2, "no_answer") for at in past]))], callers)
