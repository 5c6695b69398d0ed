"""Everything a text names."""

from collections.abc import Iterator

from samspill.intelligence.entities.addresses import find_addresses
from samspill.intelligence.entities.amounts import find_amounts
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.email import find_emails
from samspill.intelligence.entities.entity import LONGEST, Entity, without_overlaps
from samspill.intelligence.entities.names import find_names
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.intelligence.entities.people import find_people
from samspill.intelligence.entities.phones import find_phones
from samspill.intelligence.entities.plain import narrow
from samspill.intelligence.entities.products import find_products
from samspill.intelligence.entities.times import find_times


def find(text: str, context: Context) -> list[Entity]:
    """Order and article numbers, times, amounts, phones, e-mail, addresses, names, people, products; in reading order.

    Nothing overlaps, the longest wins; only the first LONGEST characters are read.
    """
    plain = narrow(text[:LONGEST])
    return without_overlaps(
        [
            *_numbers(plain, context),
            *find_times(plain, context),
            *find_amounts(plain, context),
            *find_phones(plain, context.regions),
            *find_emails(plain),
            *find_addresses(plain),
            *find_names(plain, context.names, asked="name" in context.expects),
            *find_people(plain, context),
            *find_products(plain, context.products),
        ]
    )


def _numbers(text: str, context: Context) -> Iterator[Entity]:
    for start, end, value in context.numbers.spans(text):
        yield Entity("order_number", start, end, value)
    for mask in context.articles:
        for start, end, value in OrderNumbers(mask).spans(text):
            yield Entity("article_number", start, end, value)
