"""Names of organisations: their spelling, their parts, and when two of them agree.

Invariant: agreement is symmetric, and never overlooks a word that names a part of a group
("Holding", "Vastgoed"): sister companies at one address are different organisations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import polars as pl
from rapidfuzz.distance import OSA

from schakel.register.joining.agreement import Agreement
from schakel.register.matching import normalising
from schakel.register.matching.vocabulary import IDLE, LEGAL_FORMS, SAME_UNIT, SAME_WORD, UNITS

FORMS = r"\b(?:" + "|".join(sorted(LEGAL_FORMS, key=len, reverse=True)) + r")\b"
"""The pattern of a legal form in a plainly spelled name."""


@dataclass(frozen=True, slots=True)
class Name:
    """The parts of a name: its own words, the words for a part of a group, its legal form ("" if not said)."""

    words: tuple[str, ...]
    units: tuple[str, ...]
    form: str

    @property
    def tight(self) -> str:
        """The own words written as one."""
        return "".join(self.words)


_FORMS = re.compile(FORMS)
_UNITS_OF_WORDS = {unit: same for unit, same in SAME_UNIT.items() if " " in unit}


def legal_form(spelled: str) -> str:
    """The legal form that a plainly spelled name or form holds; "" where it holds none."""
    found = _FORMS.search(spelled)
    return LEGAL_FORMS[found[0]] if found else ""


@lru_cache(maxsize=500_000)
def parse(spelled: str) -> Name:
    """The parts of a name already in the spelling of `plain`."""
    bare = _FORMS.sub(" ", spelled)
    for said, same in _UNITS_OF_WORDS.items():
        bare = bare.replace(said, same)
    words = [SAME_WORD.get(word, word) for word in bare.split()]
    units = tuple(sorted(unit for word in words if (unit := _unit(word))))
    own = tuple(word for word in words if word not in IDLE and not _unit(word))
    return Name(own, units, legal_form(spelled)) if own else Name(tuple(spelled.split()), (), "")


@lru_cache(maxsize=100_000)
def _unit(word: str) -> str:
    """The word for a part of a group that ``word`` is, also with one slip of the finger; else ""."""
    if word in UNITS:
        return SAME_UNIT.get(word, word)
    alike = (unit for unit in UNITS if len(unit) > 6 and OSA.distance(word, unit, score_cutoff=1) <= 1)
    return next((SAME_UNIT.get(unit, unit) for unit in alike), "")


def spelled(name: pl.Expr, form: pl.Expr) -> pl.Expr:
    """Names spelled plainly; a legal form stated in ``form`` is added to a name that states none."""
    bare = normalising.plain(name).fill_null("")
    said = normalising.each(form, normalising.legal_form).fill_null("")
    return pl.when(bare.str.contains(FORMS)).then(bare).otherwise((bare + " " + said).str.strip_chars())


@lru_cache(maxsize=1_000_000)
def agreement(one: str, other: str) -> Agreement:
    """How two plainly spelled names stand to each other."""
    if one > other:
        one, other = other, one
    a, b = parse(one), parse(other)
    if not (a.words and b.words):
        return Agreement.UNLIKE
    if _initials(a.tight, b) or _initials(b.tight, a):
        return Agreement.LIKE
    if a.units != b.units:
        return Agreement.SISTERS if _related(a.words, b.words) else Agreement.UNLIKE
    return _own_words(a, b)


def forms_clash(one: str, other: str) -> bool:
    """Whether two plainly spelled names state different legal forms, as "Stichting X" and "X B.V." do."""
    a, b = parse(one).form, parse(other).form
    return bool(a and b and a != b)


def _own_words(a: Name, b: Name) -> Agreement:
    if a.tight == b.tight:
        return Agreement.SAME
    ordered = "".join(sorted(a.words)), "".join(sorted(b.words))
    if ordered[0] == ordered[1] or _typed_alike(a.tight, b.tight) or _typed_alike(*ordered):
        return Agreement.NEAR
    if _abbreviated(a.words, b.words):
        return Agreement.NEAR
    return Agreement.LIKE if _related(a.words, b.words) else Agreement.UNLIKE


def _typed_alike(a: str, b: str) -> bool:
    """One slip of the finger in a word of five letters or more, two from ten letters on."""
    allowed = 0 if min(len(a), len(b)) < 5 else 1 if min(len(a), len(b)) < 10 else 2
    return allowed > 0 and OSA.distance(a, b, score_cutoff=allowed) <= allowed


def _abbreviated(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Word for word the same, but for words that are cut off after three letters or more."""
    if len(a) != len(b):
        return False
    return all(x == y or _cut(x, y) or _typed_alike(x, y) for x, y in zip(a, b, strict=True)) and any(
        x == y for x, y in zip(a, b, strict=True)
    )


def _cut(x: str, y: str) -> bool:
    return min(len(x), len(y)) >= 3 and (x.startswith(y) or y.startswith(x))


def _related(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """All words of the shorter name, four letters or more in all, stand in the longer one."""
    short, long = sorted((set(a), set(b)), key=len)
    return sum(map(len, short)) >= 4 and short <= long


def _initials(short: str, long: Name) -> bool:
    """Whether ``short`` is one word of the first letters of ``long``, with or without one for the legal form."""
    if " " in short or len(short) > len(long.words) + len(long.units) + 1:
        return False
    initials = "".join(word[0] for word in (*long.words, *long.units))
    return len(initials) >= 3 and short.startswith(initials)
