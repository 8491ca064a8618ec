"""Shapes of values: the numbers the state gives out, countries, places, addresses, names.

Each shape says how well a column's values have it, 0 to 1.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from schakel.intake.interpreting.lookups import country_code
from schakel.intake.proposing.columns import Column
from schakel.intake.proposing.dates import is_date
from schakel.words import Words

_KVK = re.compile(r"\d{8}|\d{2}[ .]\d{3}[ .]\d{3}")
_KVK_SHORT = re.compile(r"\d{7,8}")  # a number cell has lost its leading nought
_VAT = re.compile(r"NL[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}[ .]?B[ .]?\d{2}", re.IGNORECASE)
_RSIN = re.compile(r"\d{9}")
_POSTCODE = re.compile(r"[1-9]\d{3}\s?[A-Za-z]{2}")
_URL = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+(/\S*)?", re.IGNORECASE)
_FORM = re.compile(
    r"(b\.? ?v\.?|n\.? ?v\.?|v\.? ?o\.? ?f\.?|c\.? ?v\.?|eenmanszaak|stichting|vereniging|co[oö]p\w*.*|"
    r"maatschap|besloten.*|naamloze.*|publiekrechtelijk.*|zzp|gmbh|ltd|se|u\.?a\.?|overheid|rechtspersoon.*|vennootschap.*|foundation|zbo)",
    re.IGNORECASE,
)
_STREET = re.compile(r"\D{3,}\s\d+\s?\w{0,5}([-/ ]\w+)?")
_CODED = re.compile(r"[A-Za-z]{0,8}[-_/. ]?(\d{2,4}[-_/.])*\d+[A-Za-z]?")
_COMPANY = re.compile(
    r"\b(b\.?v\.?|n\.?v\.?|holding|stichting|groep|group|u\.a\.|universiteit|vof|beheer|ltd|gmbh)\b", re.IGNORECASE
)


def date(column: Column) -> float:
    """Dates, as the sheet's own or as text."""
    return max(column.typed("date"), column.share(is_date))


def year(column: Column) -> float:
    """Whole numbers that are years."""
    return column.share(lambda v: v.isdigit() and len(v) == 4 and 1950 <= int(v) <= 2100)


def whole(column: Column) -> float:
    """Numbers without a fraction."""
    found = column.amounts
    return sum(number == int(number) for number in found) / len(found) if found else 0.0


def kvk(column: Column) -> float:
    """Chamber of Commerce numbers; amounts are rounder than those are."""
    pattern = _KVK_SHORT if column.typed("number") > 0.5 else _KVK
    found = column.amounts
    if found and sum(number % 500 == 0 for number in found) > 0.5 * len(found):
        return 0.0
    return column.share(pattern.fullmatch)


def vat(column: Column) -> float:
    """Dutch VAT numbers."""
    return column.share(_VAT.fullmatch)


def rsin(column: Column) -> float:
    """Nine digits."""
    return column.share(_RSIN.fullmatch)


def postcode(column: Column) -> float:
    """1234 AB; a few may lack their letters."""
    return column.share(_POSTCODE.fullmatch)


def url(column: Column) -> float:
    """Addresses of web sites."""
    return column.share(
        lambda v: _URL.fullmatch(v) and not re.fullmatch(r"[\d.]+", v) and re.search(r"\.[a-z]{2,}", v.lower())
    )


def country(column: Column) -> float:
    """Names of countries, or their ISO codes."""
    return column.share(lambda v: country_code(v) if len(v) != 2 or v.isupper() else None)


def legal_form(column: Column) -> float:
    """B.V., N.V., stichting."""
    return column.share(_FORM.fullmatch)


def address(column: Column) -> float:
    """A street with a house number."""
    return column.share(_STREET.fullmatch)


def long_text(column: Column) -> float:
    """Sentences."""
    return min(1.0, max(0.0, (column.length - 30) / 120))


def name(column: Column) -> float:
    """Names: letters, mostly different, not sentences."""
    letters = column.share(lambda v: sum(c.isalpha() for c in v) >= 0.5 * len(v) and len(v) >= 3)
    return (
        letters * min(1.0, column.unique + 0.3) * (1.0 if column.length <= 90 else 0.8 if column.length <= 160 else 0.3)
    )


def company(column: Column) -> float:
    """Names with a legal form or the like in some of them."""
    return min(1.0, 2.5 * column.share(_COMPANY.search))


def place(column: Column) -> float:
    """Short names in letters that come back."""
    letters = column.share(lambda v: re.fullmatch(r"['’]?[^\W\d_][^\d_;|@]{1,28}", v))
    return (
        letters
        * (1.0 if column.length <= 16 else 0.3)
        * (0.6 if column.unique > 0.97 and len(column.values) > 15 else 1.0)
    )


def coded(column: Column) -> float:
    """Numbers of records: "P23-001", "ORG1001", "17"."""
    return column.share(_CODED.fullmatch)


def house_number(column: Column) -> float:
    """Numbers of houses."""
    return column.share(re.compile(r"\d{1,5}\s?-?[A-Za-z]{0,3}\d{0,3}").fullmatch)


def grant(column: Column) -> float:
    """Grant agreement numbers of the European Union."""
    return column.share(re.compile(r"(10[01]\d{6}|[3-9]\d{5})").fullmatch)


Shape = Callable[[Column], float]

# by the concept of a text field's label: the shape its values have, and how that is said
TEXT_SHAPES: dict[str, tuple[Shape, Words]] = {
    "legal form": (legal_form, Words("waarden zijn rechtsvormen", "values are legal forms")),
    "address": (address, Words("waarden zijn straten met huisnummer", "values are streets with a house number")),
    "description": (long_text, Words("waarden zijn zinnen", "values are sentences")),
    "city": (place, Words("waarden zijn plaatsnamen", "values look like places")),
    "house number": (house_number, Words("waarden zijn huisnummers", "values are house numbers")),
    "eu": (grant, Words("waarden zijn Europese projectnummers", "values are European grant numbers")),
    "name": (name, Words("waarden zijn namen", "values are names")),
}
