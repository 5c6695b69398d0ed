"""Whether two people write alike: by the short pieces their words are made of. A weak sign, and used as one."""

import math
import re
from collections import Counter

from samspill.contacts.models import Contact
from samspill.conversations.models import Message

LEAST = 200  # characters; of less nothing can be told
MESSAGES = 12
ALIKE = 0.72


def writes_alike(left: Contact, right: Contact) -> bool:
    """True when what both wrote shares most of its pieces; False too where one of them wrote little."""
    texts = [_said(contact) for contact in (left, right)]
    if min(map(len, texts)) < LEAST:
        return False
    return _cosine(*(_pieces(text) for text in texts)) >= ALIKE


def _said(contact: Contact) -> str:
    rows = Message.objects.filter(conversation__contact=contact, direction=Message.Direction.IN)
    return "\n".join(rows.order_by("-pk").values_list("text", flat=True)[:MESSAGES])[:4000]


def _pieces(text: str) -> Counter[str]:
    level = re.sub(r"\d", "0", text)  # capitals, signs and spaces are habits too
    return Counter(level[at : at + 3] for at in range(len(level) - 2))


def _cosine(left: Counter[str], right: Counter[str]) -> float:
    dot = sum(count * right[piece] for piece, count in left.items())
    return dot / math.sqrt(sum(n * n for n in left.values()) * sum(n * n for n in right.values()))
