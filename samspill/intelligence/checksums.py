"""Check digits of the numbers that identify a person, an account or a card."""

import datetime
from collections import Counter

IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24, "FI": 18, "FR": 27,
    "GB": 22, "GR": 27, "HU": 28, "IE": 22, "IS": 26, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "NL": 18,
    "NO": 15, "PL": 28, "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24,
}  # fmt: skip
_TAIWAN_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"  # in the order of their numbers, from 10


def luhn(digits: str) -> bool:
    """Payment cards, ISO/IEC 7812: 13 to 19 digits."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return 13 <= len(digits) <= 19 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def card(digits: str) -> bool:
    """A Luhn number that begins as those of the card schemes do, ISO/IEC 7812 major industries 2 to 6."""
    return (digits[:1] in "3456" and luhn(digits)) or ("2221" <= digits[:4] <= "2720" and luhn(digits))


def iban(value: str) -> bool:
    """ISO 13616, without spaces: the country's length and remainder 1 modulo 97."""
    if len(value) != IBAN_LENGTHS.get(value[:2], len(value)) or not 15 <= len(value) <= 34:
        return False
    return int("".join(str(int(letter, 36)) for letter in value[4:] + value[:4])) % 97 == 1


def norwegian_id(digits: str) -> bool:
    """Fødselsnummer and D-nummer: a possible date and both check digits."""
    if len(digits) != 11 or not _norwegian_date(digits):
        return False
    numbers = [int(digit) for digit in digits]
    first, second = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return all(
        sum(n * w for n, w in zip(numbers, weights, strict=False)) % 11 == 0 for weights in (first, second)
    )


def _norwegian_date(digits: str) -> bool:
    return _date(int(digits[:2]) % 40, int(digits[2:4]) % 40)


def german_tax_id(digits: str) -> bool:
    """Steuer-Identifikationsnummer: exactly one digit two or three times among the first ten, ISO 7064 mod 11,10."""
    counts = sorted(Counter(digits[:10]).values())[-2:]
    if len(digits) != 11 or digits[0] == "0" or counts not in ([1, 2], [1, 3]):
        return False
    product = 10
    for digit in digits[:10]:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10 == int(digits[10])


def taiwanese_id(value: str) -> bool:
    """National id and residence number: a letter, then 1, 2, 8 or 9 (until 2020 a letter A to D), then eight digits."""
    area = 10 + _TAIWAN_LETTERS.index(value[0])
    second = value[1] if value[1].isdigit() else str(_TAIWAN_LETTERS.index(value[1]) % 10)
    numbers = [area // 10, area % 10, *map(int, second + value[2:])]
    return sum(n * w for n, w in zip(numbers, (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1), strict=True)) % 10 == 0


def norwegian_account(digits: str) -> bool:
    """Kontonummer: eleven digits, the last by modulus 11 with weights 2 to 7 from the right."""
    if len(digits) != 11 or digits[4:6] == "00" or len(set(digits)) == 1:
        return False
    weights = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    return sum(int(n) * w for n, w in zip(digits, weights, strict=True)) % 11 == 0


def swedish_id(digits: str) -> bool:
    """Personnummer and samordningsnummer: a possible date and a Luhn digit over the last ten."""
    last = digits[-10:]
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(last))
    valid = sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
    return len(digits) in (10, 12) and valid and _date(int(last[4:6]) % 60, int(last[2:4]))


def danish_id(digits: str) -> bool:
    """CPR: a possible date; numbers given out since 2007 need no check digit."""
    return len(digits) == 10 and _date(int(digits[:2]) % 60, int(digits[2:4]))


def finnish_id(value: str) -> bool:
    """Henkilötunnus without its sign of the century: a possible date and the remainder modulo 31."""
    digits = value.replace("A", "", 1) if len(value) == 11 else value
    if len(digits) != 10 or not digits[:9].isdigit():
        return False
    sign = "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(digits[:9]) % 31]
    return digits[9] == sign and _date(int(digits[:2]), int(digits[2:4]))


def _date(day: int, month: int) -> bool:
    try:
        datetime.date(2000, month, day)  # a leap year, so that 29 February is possible
    except ValueError:
        return False
    return True
