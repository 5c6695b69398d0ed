"""A small shop that exists only in memory: conversations are tried against it before they meet customers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from samspill.flows.tools import ToolResult, Tools

CODE = "482913"
ORDERS: Mapping[str, dict[str, Any]] = {
    "NS-10482": {
        "owner": "kari",
        "number": "NS-10482",
        "status": "shipped",
        "placed": "2026-03-02",
        "expected": "2026-03-12",
        "tracking_url": "https://track.example/NS10482",
        "lines": [{"id": "lamp", "name": "Nordlys lamp"}, {"id": "chair", "name": "Fjell chair"}],
    },
    "NS-10483": {
        "owner": "kari",
        "number": "NS-10483",
        "status": "packed",
        "placed": "2026-03-05",
        "lines": [{"id": "rug", "name": "Skog rug"}],
    },
    "NS-20001": {
        "owner": "outsider",
        "number": "NS-20001",
        "status": "delivered",
        "lines": [{"id": "x", "name": "X"}],
    },
}
ARTICLES = {
    "gift": ("Gift cards", "Gift cards are valid for three years."),
    "gavekort": ("Gavekort", "Gavekort er gyldige i tre år."),
    "gutschein": ("Gutscheine", "Gutscheine sind drei Jahre gültig."),
    "禮券": ("禮券", "禮券有效期限為三年。"),
}


TIMES = [
    {"value": "soon", "label": "As soon as possible"},
    {
        "value": "2026-03-11 09:00–12:00",
        "label": "2026-03-11 09:00–12:00",
        "from": "2026-03-11T09:00:00+01:00",
        "until": "2026-03-11T12:00:00+01:00",
    },
]
CONSENT = "You agree that we call you."


@dataclass
class PretendShop:
    """Orders, codes and opening hours, and a record of everything that was done."""

    contact: str = ""
    open_now: bool = True
    attempts: int = 0
    key: str = ""
    returns: dict[str, dict[str, Any]] = field(default_factory=dict)
    codes_sent: list[str] = field(default_factory=list)
    handovers: list[dict[str, Any]] = field(default_factory=list)
    consents: list[tuple[str, bool]] = field(default_factory=list)
    calls: dict[str, dict[str, Any]] = field(default_factory=dict)

    def tools(self) -> Tools:
        """The shop as the runner sees it."""
        return {
            "commerce.find_order": self.find_order,
            "commerce.orders": self.orders,
            "commerce.register_return": self.register_return,
            "commerce.delivery": self.delivery,
            "identity.start": self.start,
            "identity.check": self.check,
            "workspace.hours": self.hours,
            "consent.record": self.record,
            "knowledge.answer": self.answer,
            "callback.offer": self.offer_call,
            "callback.request": self.request_call,
            "conversation.hand_over": self.hand_over,
        }

    def find_order(self, context: Any, number: str) -> ToolResult:
        """The order, for its owner only."""
        order = ORDERS.get(number)
        if order is None or order["owner"] != self.contact:
            return ToolResult(outcome="missing")
        return ToolResult(outcome="found", data=order)

    def orders(self, context: Any) -> ToolResult:
        """All orders of the verified customer."""
        own = [order for order in ORDERS.values() if order["owner"] == self.contact]
        return ToolResult(outcome="found" if own else "none", data=own)

    def register_return(self, context: Any, key: str, order: str, line: str, reason: str) -> ToolResult:
        """Registers a return once per key."""
        if key not in self.returns:
            number = f"R-{len(self.returns) + 1:04d}"
            self.returns[key] = {"return_number": number, "order": order, "line": line, "reason": reason}
        return ToolResult(outcome="registered", data=self.returns[key])

    def delivery(self, context: Any, country: str, kind: str) -> ToolResult:
        """Days and cost, for the Nordic countries."""
        if country not in ("NO", "SE", "DK", "DE", "TW"):
            return ToolResult(outcome="unknown")
        amount = 79 if kind == "parcel" else 599
        free = {"amount": 1000, "currency": "NOK"} if kind == "parcel" else None
        cost = {"amount": amount, "currency": "NOK"}
        return ToolResult(outcome="found", data={"days": "2–4", "cost": cost, "free_from": free})

    def start(self, context: Any, key: str) -> ToolResult:
        """Sends a code if the order exists; the answer is the same either way."""
        self.key = key
        if key in ORDERS:
            self.codes_sent.append(key)
        return ToolResult(outcome="sent")

    def check(self, context: Any, code: str) -> ToolResult:
        """Knows the owner by the right code; locks after five attempts."""
        self.attempts += 1
        if self.attempts > 5:
            return ToolResult(outcome="locked")
        if code != CODE or self.key not in self.codes_sent:
            return ToolResult(outcome="wrong")
        self.contact = ORDERS[self.key]["owner"]
        return ToolResult(outcome="verified", data={"contact": self.contact})

    def hours(self, context: Any) -> ToolResult:
        """Opening hours and the ways to reach the shop."""
        lines = ["Mon–Fri 09:00–16:00", "Sat 10:00–14:00"]
        return ToolResult(
            data={
                "open_now": self.open_now,
                "lines": lines,
                "phone": "+47 22 00 00 00",
                "email": "help@nordstil.example",
            }
        )

    def record(self, context: Any, purpose: str, given: bool) -> ToolResult:
        """Writes a consent down."""
        self.consents.append((purpose, given))
        return ToolResult()

    def answer(self, context: Any, question: str) -> ToolResult:
        """An article whose word occurs in the question."""
        for word, (title, text) in ARTICLES.items():
            if word in question.casefold():
                return ToolResult(
                    outcome="found", data={"title": title, "text": text, "url": f"/help/{word}"}
                )
        return ToolResult(outcome="unknown")

    def offer_call(self, context: Any, number: str) -> ToolResult:
        """Two times, for every number that is long enough."""
        if len(str(number)) < 8:
            return ToolResult(outcome="not_in_use")
        data = {"number": number, "times": TIMES, "consent": CONSENT, "wording": "pretend"}
        return ToolResult(outcome="possible", data=data)

    def request_call(
        self, context: Any, key: str, number: str, topic: str, when: str, wording: str
    ) -> ToolResult:
        """Notes a wish to be called once per key."""
        self.calls[key] = {"number": number, "topic": topic, "when": when, "wording": wording}
        data = {"number": number, "when": "2026-03-11 09:00", "url": "https://nordstil.example/callback"}
        return ToolResult(outcome="asked", data=data)

    def hand_over(self, context: Any, **details: Any) -> ToolResult:
        """Takes the conversation, or says that nobody is there."""
        self.handovers.append(details)
        return ToolResult(outcome="taken" if self.open_now else "closed")
