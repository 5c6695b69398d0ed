"""Products of a catalogue, found also with a slip of the pen."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.plain import folded, plain

_WORD = re.compile(r"[぀-ヿ㐀-鿿가-힯]|[^\W_぀-ヿ㐀-鿿가-힯]+")
_CJK = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
MOST_WORDS = 600


@dataclass(frozen=True)
class Products:
    """Names and numbers of what the company sells: (SKU, name) pairs, several names for one SKU if there are."""

    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]]) -> "Products":
        """From (SKU, name) pairs; the SKU itself counts as a name."""
        pairs = [pair for sku, name in rows for pair in ((sku, name), (sku, sku))]
        return cls(tuple(dict.fromkeys(pairs)))

    @cached_property
    def forms(self) -> Mapping[str, str]:
        """Name without case, accents and spaces → SKU; a form two products share names none."""
        found: dict[str, str] = {}
        for sku, name in self.names:
            form = folded(name)
            if len(form) > 2 or (len(form) > 1 and _CJK.search(form)):
                found[form] = sku if found.get(form, sku) == sku else ""
        return {form: sku for form, sku in found.items() if sku}

    @cached_property
    def by_start(self) -> Mapping[str, tuple[str, ...]]:
        """Forms by each of their pairs of letters, to compare only with what is near."""
        found: dict[str, list[str]] = {}
        for form in self.forms:
            for pair in {form[at : at + 2] for at in range(len(form) - 1)}:
                found.setdefault(pair, []).append(form)
        return {pair: tuple(forms) for pair, forms in found.items()}

    @cached_property
    def starts(self) -> frozenset[str]:
        """First and second, first and third letter: one of them survives a slip of the pen."""
        return frozenset(key for form in self.forms for key in _start(form))

    @cached_property
    def longest(self) -> int:
        """Words in the longest name."""
        return max((len(_WORD.findall(name)) for _, name in self.names), default=0)


def find_products(text: str, products: Products | None) -> Iterator[Entity]:
    """Mentions of products with their SKU; one wrong letter in five is borne, two in ten."""
    if products is None or not products.forms:
        return
    words = [*_WORD.finditer(plain(text))][:MOST_WORDS]
    forms = [folded(word[0]) for word in words]
    for first in range(len(words)):
        if products.starts.isdisjoint(_start("".join(forms[first : first + 3]))):
            continue
        counts = range(min(products.longest + 1, len(words) - first), 0, -1)
        written = {count: "".join(forms[first : first + count]) for count in counts}
        best = min((_named(form, products), -count) for count, form in written.items())
        (slips, sku), count = best[0], -best[1]
        if sku:
            span = words[first].start(), words[first + count - 1].end()
            yield Entity("product", *span, sku, 0.7 if slips else 1.0)


def _start(form: str) -> tuple[str, str]:
    return form[:2], f"{form[:1]}-{form[2:3]}"


def _named(form: str, products: Products) -> tuple[int, str]:
    """Slips of the pen and SKU of the product meant; more slips than anybody makes and "" where none is."""
    if sku := products.forms.get(form):
        return 0, sku
    borne = 0 if len(form) < 5 else 1 if len(form) < 10 else 2
    if _CJK.search(form):
        borne = 1 if len(form) >= 4 else 0
    near = [(_distance(form, other, borne), products.forms[other]) for other in _near(form, products, borne)]
    least = min((slips for slips, _ in near), default=99)
    meant = {sku for slips, sku in near if slips == least}
    return (least, meant.pop()) if borne and least <= borne and len(meant) == 1 else (99, "")


def _near(form: str, products: Products, borne: int) -> list[str]:
    """Forms that share enough pairs of letters to be within reach."""
    shared: dict[str, int] = {}
    for pair in {form[at : at + 2] for at in range(len(form) - 1)}:
        for other in products.by_start.get(pair, ()):
            shared[other] = shared.get(other, 0) + 1
    least = max(1, len(form) - 1 - 3 * borne)
    return [
        other for other, count in shared.items() if count >= least and abs(len(other) - len(form)) <= borne
        and (form.isalpha() or _digits(form) == _digits(other))
    ]  # fmt: skip


def _digits(form: str) -> str:
    return "".join(sign for sign in form if sign.isdigit())


def _distance(one: str, other: str, most: int) -> int:
    """Letters to change, add, drop or swap with their neighbour; more than `most` is not told apart."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
