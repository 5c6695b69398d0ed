import pytest

from samspill.contacts.models import Contact
from samspill.conversations.models import Conversation
from samspill.knowledge.models import Article, Gap
from samspill.sample.clear import clear
from samspill.sample.load import load
from samspill.workspace.models import Agent

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def counts():
    return [kind.objects.count() for kind in (Agent, Article, Contact, Conversation, Gap)]


def test_the_sample_company_comes_twice_the_same_and_goes():
    load(lambda line: None)
    there = counts()
    assert there[1] > 35
    load(lambda line: None)
    assert counts() == there
    clear(lambda line: None)
    assert counts() == [0, 0, 0, 0, 0]
