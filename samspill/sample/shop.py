"""The demo shop's shelves and customers."""

from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency

from samspill.commerce.models import Order, Product
from samspill.contacts.recognise import address_hash
from samspill.conversations.models import Inbox
from samspill.sample.files import read
from samspill.sample.load import MARK

MARKETS = {"nb": ("NO", "NOK"), "de": ("DE", "EUR"), "zh-Hant": ("TW", "TWD"), "en": ("NO", "NOK")}
CUSTOMERS = (
    "anne.moen@example.no",
    "claudia.reimers@example.de",
    "yating.chen@example.tw",
    "rachel.whitmore@example.com",
)
FORMATS = {"nb": "#,##0 ¤", "de": "#,##0 ¤", "zh-Hant": "¤#,##0", "en": "¤ #,##0"}
SHOWN = 9


def inbox() -> Inbox | None:
    """The chat inbox of the sample company; None when the company is not loaded."""
    return Inbox.objects.filter(channel="webchat", **MARK).first()


def words(language: str) -> dict[str, Any]:
    """The shop's texts; facts are split into what is large and what is small."""
    return read("shop")[language]


def products(language: str) -> list[dict[str, str]]:
    """What lies on the shelves, with the price of the reader's market."""
    country, currency = MARKETS[language]
    shelf = {product["sku"]: product for product in read("products")}
    stocked = Product.objects.filter(sku__in=shelf).order_by("pk")[:SHOWN]
    return [_shown(product, shelf[product.sku], language, country, currency) for product in stocked]


def customers() -> list[dict[str, str]]:
    """The people one can sign in as."""
    people = {person["email"]: person for person in read("people")["customers"]}
    return [people[email] for email in CUSTOMERS]


def customer(email: str) -> dict[str, str] | None:
    """One of them."""
    return next((person for person in customers() if person["email"] == email), None)


def orders(email: str, language: str) -> list[dict[str, Any]]:
    """Everything a customer has ordered, newest first."""
    mine = Order.objects.filter(email_hash=address_hash("email", email)).prefetch_related("lines")
    return [
        {
            "number": order.number,
            "status": order.status,
            "label": order.get_status_display(),
            "placed": format_date(order.placed_at, "long", locale=_locale(language)),
            "lines": order.lines.all(),
            "total": _price(order.total, order.currency, language),
        }
        for order in mine
    ]


def _shown(
    product: Product, facts: dict[str, Any], language: str, country: str, currency: str
) -> dict[str, str]:
    return {
        "name": product.name,
        "kind": product.kind,
        "about": product.about.get(language, ""),
        "price": _price(product.prices.get(country, "0"), currency, language),
        "monthly": "1" if facts.get("period") == "month" else "",
    }


def _price(amount: Any, currency: str, language: str) -> str:
    whole = float(amount) == int(float(amount))
    form = {"currency_digits": False, "format": FORMATS[language]}
    return format_currency(amount, currency, locale=_locale(language), **(form if whole else {}))


def _locale(language: str) -> str:
    return {"nb": "nb_NO", "de": "de_DE", "zh-Hant": "zh_Hant_TW", "en": "en_GB"}[language]
