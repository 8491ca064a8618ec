"""Names of organisations: their spelling, their parts, and when two of them agree.

Invariant: agreement is symmetric, and never overlooks a word that names a part of a group
("Holding", "Vastgoed"): sister companies at one address are different organisations.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import polars as pl
from rapidfuzz.distance import OSA

from schakel.register.joining.spelling import plain, respelled

# How each legal form is written once full stops are gone; longer ones first where they overlap.
LEGAL_FORMS = {
    "besloten vennootschap": "bv",
    "naamloze vennootschap": "nv",
    "vennootschap onder firma": "vof",
    "b v": "bv",
    "n v": "nv",
    "v o f": "vof",
    "bv": "bv",
    "nv": "nv",
    "vof": "vof",
    "cooperatieve": "cooperatie",
    "cooperatie": "cooperatie",
    "coop": "cooperatie",
    "ua": "cooperatie",
    "ba": "cooperatie",
    "u a": "cooperatie",
    "b a": "cooperatie",
    "stichting": "stichting",
    "vereniging": "vereniging",
    "eenmanszaak": "eenmanszaak",
    "maatschap": "maatschap",
}
# Words that name a part of a group. An organisation that has one is another than one without.
UNITS = frozenset(
    (
        *("holding", "beheer", "vastgoed", "productie", "services", "ip", "participaties", "exploitatie", "management"),
        *("deelnemingen", "financiering", "investments", "finance", "pensioen", "materieel", "verhuur"),
    )
)
# Words that say nothing about which organisation it is.
IDLE = frozenset(("nederland", "netherlands", "nl", "en", "and"))
# The same word in another spelling or in English.
SAME_WORD = {
    "zn": "zonen",
    "zoon": "zonen",
    "group": "groep",
    "centre": "centrum",
    "center": "centrum",
    "institute": "instituut",
    "energy": "energie",
    "university": "universiteit",
    "foundation": "stichting",
    "cooperative": "cooperatie",
}


class Agreement(IntEnum):
    """How two names stand to each other. Only SAME and NEAR are the same name."""

    SISTERS = -1  # of one group: they differ in a word such as "Holding"
    UNLIKE = 0
    LIKE = 1  # one is a shortening of the other
    NEAR = 2  # but for typing errors, word order or abbreviated words
    SAME = 3


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


_FORMS = re.compile(r"\b(?:" + "|".join(LEGAL_FORMS) + r")\b")


def legal_form(spelled: str) -> str:
    """The legal form that a plainly spelled name or form holds; "" where it holds none."""
    found = _FORMS.search(spelled)
    return LEGAL_FORMS[found[0]] if found else ""


@lru_cache(maxsize=500_000)
def parse(spelled: str) -> Name:
    """The parts of a name already in the spelling of `plain`."""
    words = [SAME_WORD.get(word, word) for word in _FORMS.sub(" ", spelled).split()]
    units = tuple(sorted(unit for word in words if (unit := _unit(word))))
    own = tuple(word for word in words if word not in IDLE and not _unit(word))
    return Name(own, units, legal_form(spelled)) if own else Name(tuple(spelled.split()), (), "")


@lru_cache(maxsize=100_000)
def _unit(word: str) -> str:
    """The word for a part of a group that ``word`` is, also with one slip of the finger; else ""."""
    if word in UNITS:
        return word
    return next((unit for unit in UNITS if len(unit) > 6 and OSA.distance(word, unit, score_cutoff=1) <= 1), "")


def keys(frame: pl.DataFrame, name: str, form: str) -> pl.DataFrame:
    """``frame`` with its names spelled plainly ("spelled") and as keys for exact joins ("name_key").

    Two names have one key when they differ in nothing but spelling, legal form, idle words and
    spaces. A legal form stated in column ``form`` is added to a name that states none.
    """
    bare = plain(pl.col(name)).fill_null("")
    said = respelled(pl.col(form), _stated)
    full = pl.when(pl.col("bare").str.contains(_FORMS.pattern)).then("bare").otherwise(pl.col("bare") + pl.col("said"))
    spelled = frame.with_columns(bare.alias("bare"), said.fill_null("").alias("said")).with_columns(
        full.str.strip_chars().alias("spelled")
    )
    return _keyed(spelled.drop("bare", "said"))


def _stated(form: str) -> str:
    return f" {legal_form(form)}"


def _keyed(frame: pl.DataFrame) -> pl.DataFrame:
    """``frame`` with "name_key": the own words as one, and the words for a part of a group."""
    numbered = frame.with_row_index("row")
    words = (
        numbered.select("row", pl.col("spelled").str.replace_all(_FORMS.pattern, " ").str.extract_all(r"[a-z0-9]+"))
        .explode("spelled")
        .with_columns(pl.col("spelled").replace(SAME_WORD))
        .filter(~pl.col("spelled").is_in(sorted(IDLE)))
        .with_columns(pl.col("spelled").is_in(sorted(UNITS)).alias("unit"))
    )
    own = words.filter(~pl.col("unit")).group_by("row", maintain_order=True).agg(pl.col("spelled").str.join(""))
    units = words.filter("unit").group_by("row").agg(pl.col("spelled").sort().str.join("+").alias("units"))
    key = pl.col("own") + "|" + pl.col("units").fill_null("")
    found = own.rename({"spelled": "own"}).join(units, on="row", how="left").select("row", key.alias("name_key"))
    keyed = numbered.join(found, on="row", how="left", maintain_order="left").drop("row")
    whole = pl.when(pl.col("spelled") != "").then(pl.col("spelled").str.replace_all(" ", "") + "|")
    return keyed.with_columns(pl.col("name_key").fill_null(whole))


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
