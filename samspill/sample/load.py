"""Brings the sample company Nordlys Solar to life. Everything in it is invented."""

from collections.abc import Callable

from django.db import transaction

from samspill.conversations.models import Inbox
from samspill.sample import callbacks, company, conversations, golden, mails, orders, people, questions, texts

Echo = Callable[[str], object]
MARK = {"settings__sample": True}


def load_once(echo: Echo) -> None:
    """Load the sample company where it is not there yet; look only, where it is."""
    if not Inbox.objects.filter(**MARK).exists():
        load(echo)


def load(echo: Echo) -> None:
    """Load what is missing of the sample company; what is there, edited or not, stays as it is."""
    echo("Loading the sample company Nordlys Solar …")
    with transaction.atomic():
        inboxes = company.load()
        echo(f"  {people.load()} people")
        echo(f"  {orders.load()} orders")
        echo(f"  {texts.load()} help articles (their meaning is read in the background)")
        echo(f"  {conversations.load(inboxes)} conversations")
        echo(f"  {mails.load(inboxes['email'])} mails with a prepared reply")
        echo(f"  {callbacks.load()} callbacks")
        echo(f"  {questions.load()} unanswered questions")
        echo(f"  {golden.load()} sentences to measure understanding with")
    echo(f"Agents sign in at /desk/ with their address and the password {people.PASSWORD}, for example:")
    for agent in people.read()["agents"][:3]:
        echo(f"  {agent['email']} ({agent['role']})")
