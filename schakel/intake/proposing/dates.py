"""How dates are written as text, in the words of a mapping: "dd-mm-yyyy", "d mmm yyyy"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schakel.intake.interpreting.dates import MONTHS

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:[T ].*)?")
_NAMED = re.compile(r"(\d{1,2})([-/. ])\s*([^\W\d]{3,9})\.?\2(\d{4}|\d{2})", re.UNICODE)
_SOLID = re.compile(r"(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])")


def in_words(pattern: str, language: str) -> str:
    """A pattern as people read it: "dd-mm-jjjj" in Dutch for a mapping's "dd-mm-yyyy"; one of numbers as it is."""
    return pattern if language.startswith("en") else pattern.replace("y", "j")


def is_date(text: str) -> bool:
    """Whether ``text`` is a date in any of the ways known here (31 February is one: a date, and a wrong one)."""
    return bool(shape(text.strip()))


def shape(text: str) -> str:
    """The pattern of one date, "" if it is none.

    >>> shape("3 mrt 2023"), shape("2023-12-31"), shape("03/04/2023")
    ('d mmm yyyy', 'yyyy-mm-dd', 'dd/mm/yyyy')
    """
    if found := _YEAR_FIRST.fullmatch(text):
        return f"yyyy{found[2]}{'m' * len(found[3])}{found[2]}{'d' * len(found[4])}" if _in_month(found[4]) else ""
    if found := _DAY_FIRST.fullmatch(text):
        return _numeric(found)
    if (found := _NAMED.fullmatch(text)) and found[3].lower() in MONTHS:
        month = "mmm" if len(found[3]) <= 4 else "mmmm"
        return f"{'d' * len(found[1])}{found[2]}{month}{found[2]}{'y' * len(found[4])}"
    return "yyyymmdd" if _SOLID.fullmatch(text) else ""


def _in_month(day: str) -> bool:
    return 1 <= int(day) <= 31


def _numeric(found: re.Match[str]) -> str:
    first, mark, second, year = found[1], found[2], found[3], found[4]
    if not (1 <= int(first) <= 31 and 1 <= int(second) <= 31) or (int(first) > 12 and int(second) > 12):
        return ""
    return f"{'d' * len(first)}{mark}{'m' * len(second)}{mark}{'y' * len(year)}"


def date_format(texts: Sequence[str]) -> str:
    """The pattern of most of ``texts``; one digit for day and month where any of them is written so."""
    shapes = [found for found in (shape(text.strip()) for text in texts) if found]
    if not shapes:
        return ""
    plain = [_plain(found) for found in shapes]
    most = max(sorted(set(plain)), key=plain.count)
    kin = [found for found, bare in zip(shapes, plain, strict=True) if bare == most]
    if _american(texts, most):
        return _widest(kin).replace("d", "#").replace("m", "d").replace("#", "m")
    return _widest(kin)


def _plain(pattern: str) -> str:
    """A pattern whatever the number of digits: "d-m-yyyy" for "dd-mm-yyyy"."""
    return re.sub(r"d+", "d", re.sub(r"(?<!m)m{1,2}(?!m)", "m", pattern)).replace("mmmm", "mmm")


def akin(text: str, pattern: str) -> bool:
    """Whether ``text`` is written as ``pattern``, but for noughts in front and long or short month names."""
    wanted = re.sub(r"^m([-/.])d", r"d\1m", _plain(pattern))
    return _plain(shape(text.strip())) == wanted


def _widest(kin: Sequence[str]) -> str:
    """The pattern that fits all: one-digit days and months where they occur, whole month names where they do."""
    days = "d" if any(re.search(r"(?<!d)d(?!d)", found) for found in kin) else "dd"
    named = any("mmm" in found for found in kin)
    month = "mmmm" if any("mmmm" in found for found in kin) else "mmm"
    if not named:
        month = "m" if any(re.search(r"(?<!m)m(?!m)", found) for found in kin) else "mm"
    return re.sub(r"m+", month, re.sub(r"d+", days, kin[0]))


def _american(texts: Sequence[str], bare: str) -> bool:
    """Whether the second number is beyond 12 somewhere and the first nowhere: month first."""
    if bare[:2] not in ("d-", "d/", "d.") or "mmm" in bare:
        return False
    pairs = [(int(f[1]), int(f[3])) for f in (_DAY_FIRST.fullmatch(text.strip()) for text in texts) if f]
    return any(second > 12 for _, second in pairs) and all(first <= 12 for first, _ in pairs)
