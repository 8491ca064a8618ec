"""How numbers are written as text, and in which unit of money: said by the header, or to be seen from the sizes."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

_BARE = re.compile(r"€|eur(?:o'?s?)?|\s|\u00a0|,-$|k€|m€", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(r"[-+]?\d+,\d{1,2}|[-+]?\d+,\d{4,}")
_DOTTED = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_COMMAED = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL_DOT = re.compile(r"[-+]?\d+\.\d{1,2}|[-+]?\d+\.\d{4,}|0\.\d+")

_TO_THE_CENT = re.compile(r"[-+]?\d{1,3}(?:(?:\.\d{3})+,|(?:,\d{3})+\.)\d{2}")

_MILLION = re.compile(
    r"\bmln\b|miljoen|million|\bmio\b|\bm€|€\s?m(?:ln)?\b|\bmeur\b|\beur ?m\b|\(m\)|\bmm\b|1[.,' ]?000[.,' ]000"
)
_THOUSAND = re.compile(
    r"\bk\s?€|€\s?k\b|\bk\s?euro?|\beur ?k\b|\bteur\b|duizend|thousand|\bdzd\b|\(k\)|\bk\b"
    r"|1[.,' ]?000\b|'000|000s|\(000\)"
)
_PLAIN = re.compile(r"€|\beuro?'?s?\b")

PLAUSIBLE = 5.8  # log10 of the euros that a middling amount of an agency comes to


def number_format(texts: Sequence[str]) -> str:
    """How 1234.56 is written in ``texts``; "" where they are plain whole numbers.

    >>> number_format(["€ 1.152.000,00"]), number_format(["587500,00"]), number_format(["77.4"])
    ('1.234,56', '1234,56', '1234.56')
    """
    bare = [_BARE.sub("", text) for text in texts]
    dotted = sum(1 for text in bare if _DOTTED.fullmatch(text))
    commaed = sum(1 for text in bare if _COMMAED.fullmatch(text))
    comma = sum(1 for text in bare if _DECIMAL_COMMA.fullmatch(text))
    dot = sum(1 for text in bare if _DECIMAL_DOT.fullmatch(text))
    if dotted and dotted >= commaed and not dot:
        return "1.234,56"
    if commaed and not comma:
        return "1,234.56"
    if comma:
        return "1234,56"
    return "1234.56" if dot else ""


def as_number(text: str) -> float | None:
    """The number that ``text`` most likely is; None if it is none."""
    bare = re.sub(r"[^\d.,+-]", "", text)
    if re.fullmatch(r"[-+]?\d{1,3}(\.\d{3})+(,\d+)?|[-+]?\d+,\d+", bare):
        bare = bare.replace(".", "").replace(",", ".")
    bare = bare.replace(",", "")
    return float(bare) if re.fullmatch(r"[-+]?\d+(\.\d*)?", bare) else None


def numbers(texts: Sequence[str]) -> list[float]:
    """The numbers among ``texts``."""
    return [number for number in map(as_number, texts) if number is not None]


def to_the_cent(texts: Sequence[str]) -> bool:
    """Whether amounts are written out in full: thousands and cents marked apart, so that they can only be euros.

    >>> to_the_cent(["1.000,00", "-5"]), to_the_cent(["-5", "12,50"]), to_the_cent(["1.152"])
    (True, False, False)
    """
    return any(_TO_THE_CENT.fullmatch(_BARE.sub("", text)) for text in texts)


def said_unit(text: str) -> str:
    """The unit that a header or title names: "(kEUR)", "x € 1.000", "(mln)"; "" if it names none."""
    low = text.lower()
    if _MILLION.search(low):
        return "EUR million"
    if _THOUSAND.search(low):
        return "EUR thousand"
    return "EUR" if _PLAIN.search(low) else ""


def value_unit(text: str) -> str:
    """The unit that stands with an amount itself: "1,2 mln", "250k"; "" if none does."""
    found = re.search(r"\d\s*(mln|miljoen|million|mio|m|k|duizend)\b", text.lower())
    return "" if found is None else "EUR thousand" if found[1] in ("k", "duizend") else "EUR million"


def middle(values: Sequence[float]) -> float:
    """The middle of the sizes that are not nought; 0 if there are none."""
    sizes = sorted(abs(value) for value in values if value)
    return sizes[len(sizes) // 2] if sizes else 0.0


def unit_from_sizes(middles: Sequence[float]) -> str:
    """The unit in which amounts with these middles (of columns of one delivery) come nearest to usual amounts."""
    logs = sorted(math.log10(value) for value in middles if value > 0)
    if not logs:
        return "EUR"
    typical = logs[len(logs) // 2]
    if typical >= 4:
        return "EUR"
    return min(("EUR thousand", 3), ("EUR million", 6), key=lambda unit: abs(typical + unit[1] - PLAUSIBLE))[0]


def most(units: Sequence[str]) -> str:
    """The unit said most; "" if none is."""
    said = Counter(unit for unit in units if unit)
    return said.most_common(1)[0][0] if said else ""
