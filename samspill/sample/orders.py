from datetime import timedelta

from samspill.commerce.models import Order, OrderLine, Product, Shipment
from samspill.contacts.recognise import address_hash
from samspill.kit import clock, crypto
from samspill.sample.files import read


def load() -> int:
    """Products, and orders with their parcels, dated from today; returns how many orders there are."""
    products = {facts["sku"]: _product(facts) for facts in read("products")}
    known = set(Order.objects.values_list("number", flat=True))
    orders = read("orders")
    for facts in orders:
        if facts["number"] not in known:
            _order(facts, products)
    return len(orders)


def _product(facts: dict) -> Product:
    prices = {country: f"{price:.2f}" for country, price in facts["price"].items()}
    fields = {"kind": facts["kind"], "prices": prices, "about": facts["description"], "name": facts["name"]}
    return Product.objects.get_or_create(sku=facts["sku"], defaults=fields)[0]


def _order(facts: dict, products: dict[str, Product]) -> None:
    order = Order.objects.create(
        number=facts["number"],
        email_hash=address_hash("email", facts["customer"]),
        email_sealed=crypto.seal(facts["customer"]),
        country=facts["country"],
        currency=facts["currency"],
        status=facts["status"],
        total=facts["total"],
        placed_at=clock.ago(days=facts["days_ago"], minutes=40),
    )
    for line in facts["lines"]:
        _line(order, line, products)
    for parcel in facts["shipments"]:
        _parcel(order, parcel)


def _line(order: Order, line: dict, products: dict[str, Product]) -> None:
    name, price = products[line["sku"]].name, line["unit_price"]
    OrderLine.objects.create(order=order, sku=line["sku"], name=name, quantity=line["quantity"], price=price)


def _parcel(order: Order, parcel: dict) -> None:
    shipped, delivered = parcel.get("shipped_days_ago"), parcel.get("delivered_days_ago")
    due = parcel.get("expected_in_days")
    Shipment.objects.create(
        order=order,
        carrier=parcel["carrier"],
        tracking=str(parcel["tracking_number"]),
        url=parcel.get("tracking_url", ""),
        status=parcel["status"],
        shipped_at=None if shipped is None else clock.ago(days=shipped),
        expected_on=None if due is None else clock.now().date() + timedelta(days=due),
        delivered_at=None if delivered is None else clock.ago(days=delivered),
    )
