"""Sums of money."""

import re
from collections.abc import Iterator
from decimal import Decimal

from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.lexicon import lexicon
from samspill.intelligence.entities.numerals import HAN, han
from samspill.intelligence.entities.plain import plain

_HOME = {"NO": "NOK", "SE": "SEK", "DK": "DKK", "TW": "TWD", "US": "USD", "GB": "GBP", "CN": "CNY", "CH": "CHF",
         "JP": "JPY", "CA": "CAD", "AU": "AUD", "HK": "HKD", "SG": "SGD", "PL": "PLN", "IS": "ISK"}  # fmt: skip
_CODES = "nok|sek|dkk|eur|usd|gbp|twd|ntd|chf|jpy|cny|rmb|pln|isk|hkd|cad|aud"
_WORDS = {
    "nt$": "TWD", "ntd": "TWD", "us$": "USD", "hk$": "HKD", "€": "EUR", "£": "GBP", "¥": "JPY", "rmb": "CNY",
    "euro": "EUR", "euros": "EUR", "dollar": "USD", "dollars": "USD", "bucks": "USD", "pound": "GBP", "pounds": "GBP",
    "quid": "GBP", "franken": "CHF", "francs": "CHF", "złotych": "PLN", "zł": "PLN", "歐元": "EUR", "美元": "USD",
    "美金": "USD", "台幣": "TWD", "新台幣": "TWD", "臺幣": "TWD", "日圓": "JPY", "人民幣": "CNY", "円": "JPY",
    "원": "KRW",
}  # fmt: skip
_KRONER = {"kr", "kr.", "kroner", "krone", "kronor", "kroners", "spenn", ",-"}
_YUAN = {"元", "塊", "塊錢", "块", "圓"}
_BEFORE = rf"(?P<before>nt\$|us\$|hk\$|[€$£¥]|(?<![a-z])(?:kr\.?|{_CODES}|新?[台臺]幣))\s?"
_AFTER = (
    rf"\s?(?P<after>€|£|\$|(?:kr\.?|kroner|kroners|krone|kronor|spenn|euros?|dollars?|bucks|pounds?|quid|franken|francs"
    rf"|złotych|zł|{_CODES})(?![a-zæøåäöü])|,-|歐元|美元|美金|新?[台臺]幣|日圓|人民幣|塊錢|[元塊块圓円]|원)"
)
_NUMBER = (
    r"(?<!\d)(?<!\d[.,])(?P<n{0}>\d{{1,3}}(?P<s{0}>[ \u00a0.,'’])\d{{3}}(?:(?P=s{0})\d{{3}})*"
    r"(?:(?!(?P=s{0}))[.,]\d{{1,2}})?"
    r"|\d{{1,9}}(?:[.,]\d{{1,2}})?)(?!\d)"
)
_MANY = r"(?:\s?(?P<{0}>k|tusen|tausend|thousand|million(?:en|er|s)?|[萬万千億])(?![a-z]))?"
_AMOUNT = re.compile(
    rf"{_BEFORE}{_NUMBER.format(1)}{_MANY.format('m1')}|{_NUMBER.format(2)}{_MANY.format('m2')}{_AFTER}"
    rf"|(?P<han>[{HAN}]{{1,9}})(?P<m3>[萬万億])?(?P<yuan>[元塊块圓]|歐元|美元|美金)"
)
_WORDED = re.compile(
    r"(?P<worded>(?<![^\W\d_])[^\W\d_]+(?:[ -][^\W\d_]+)??)\s(?P<m4>hundre|hundred|hundert|tusen|tausend|thousand)?"
    r"\s?(?P<coin>kroner|euros?|dollars?|pounds?)(?![a-z])"
)
_HINT = re.compile(
    rf"[€$£¥元塊块圓円幣]|美金|원|,-|(?<![a-z])(?:kr|{_CODES}|kron|spenn|euro|dollar|pound|quid|bucks|fran|zł)"
)
_TIMES = {"k": 1_000, "tusen": 1_000, "tausend": 1_000, "thousand": 1_000, "千": 1_000, "萬": 10_000, "万": 10_000,
          "億": 100_000_000, "hundre": 100, "hundred": 100, "hundert": 100}  # fmt: skip
_COINS = re.compile("kroner|euro|dollar|pound")
MOST = 50


def find_amounts(text: str, context: Context) -> Iterator[Entity]:
    """Sums with their currency, as `1299.50 NOK`; kroner and dollars are those of the reader's country."""
    low = plain(text)
    if not _HINT.search(low):
        return
    for hit in [*_AMOUNT.finditer(low)][:MOST]:
        number = _value(hit)
        if number is not None:
            sign = hit["before"] or hit["after"] or hit["yuan"]
            yield Entity("amount", *hit.span(), f"{number} {_currency(sign, context)}")
    if _COINS.search(low):
        yield from _in_words(low, context)


def _in_words(low: str, context: Context) -> Iterator[Entity]:
    meanings = lexicon(context.language, context.country).meanings
    for hit in [*_WORDED.finditer(low)][:MOST]:
        kind, value = meanings.get(hit["worded"], ("", ""))
        if kind == "N":
            number = Decimal(value) * _TIMES.get(hit["m4"] or "", 1)
            yield Entity("amount", *hit.span(), f"{number} {_currency(hit['coin'], context)}")


def _value(hit: re.Match[str]) -> Decimal | None:
    many = hit["m1"] or hit["m2"] or hit["m3"] or ""
    factor = 1_000_000 if many.startswith("million") else _TIMES.get(many, 1)
    if hit["han"]:
        number = han(hit["han"])
        return None if number is None else Decimal(number * factor)
    value = read_number(hit["n1"] or hit["n2"]) * factor
    return value.to_integral_value() if factor > 1 and value == value.to_integral_value() else value


def read_number(written: str) -> Decimal:
    """1 299,50 and 1,299.50 and 1.299 alike; three digits after a single sign are thousands."""
    signs = re.sub(r"\d", "", written)
    if signs and signs[-1] in ".," and not re.search(r"[.,]\d{3}$", written):
        whole, part = re.split(r"[.,](?=\d+$)", written)
        return Decimal(re.sub(r"\D", "", whole) + "." + part)
    return Decimal(re.sub(r"\D", "", written))


def _currency(sign: str, context: Context) -> str:
    home = _HOME.get(context.country, "EUR")
    if sign in _KRONER:
        by_tongue = {"nb": "NOK", "nn": "NOK", "sv": "SEK", "da": "DKK"}.get(context.language, "NOK")
        return home if home in ("NOK", "SEK", "DKK", "ISK") else by_tongue
    if sign in _YUAN:
        return "CNY" if context.language == "zh-Hans" and context.country != "TW" else "TWD"
    if sign == "$":
        return home if home in ("TWD", "USD", "CAD", "AUD", "HKD", "SGD") else "USD"
    return _WORDS.get(sign, sign.upper())
