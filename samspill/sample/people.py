from functools import partial

from django.contrib.auth.hashers import make_password

from samspill.contacts.models import Contact, Organisation
from samspill.contacts.recognise import recognise
from samspill.kit import clock
from samspill.sample.files import read as read_file
from samspill.workspace.models import Agent, Team

PASSWORD = "nordlys-demo"  # noqa: S105 - printed on purpose: the sample company is for trying things out
read = partial(read_file, "people")


def load() -> int:
    """Teams, agents and customers; returns how many people there are."""
    facts = read()
    teams = {team["key"]: _team(team) for team in facts["teams"]}
    password = make_password(PASSWORD)
    for agent in facts["agents"]:
        _agent(agent, teams, password)
    for customer in facts["customers"]:
        _customer(customer)
    return len(facts["agents"]) + len(facts["customers"])


def _team(team: dict) -> Team:
    return Team.objects.get_or_create(name=team["name"]["en"])[0]


def _agent(facts: dict, teams: dict[str, Team], password: str) -> None:
    fields = {"name": facts["name"], "role": facts["role"], "language": facts["languages"][0]}
    agent, created = Agent.objects.get_or_create(
        email=facts["email"], defaults=fields | {"password": password}
    )
    if created:
        agent.teams.add(teams[facts["team"]])


def _customer(facts: dict) -> None:
    email = recognise("email", facts["email"], name=facts["name"], language=facts["language"])
    contact = email.contact
    if email.verified_at:
        return
    email.verified_at = clock.ago(days=90)
    email.save(update_fields=["verified_at"])
    contact.country, contact.vip = facts["country"], facts.get("vip", False)
    contact.attributes = {"city": facts["city"]}
    contact.organisation = _organisation(facts.get("organisation"))
    contact.save()
    _phone(contact, facts["phone"])


def _organisation(name: str | None) -> Organisation | None:
    return Organisation.objects.get_or_create(name=name)[0] if name else None


def _phone(contact: Contact, number: str) -> None:
    identity = recognise("phone", number.replace(" ", ""), language=contact.language)
    made_for_it, identity.contact = identity.contact, contact
    identity.save(update_fields=["contact"])
    if made_for_it.pk != contact.pk:
        made_for_it.delete()
