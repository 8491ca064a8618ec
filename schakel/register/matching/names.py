"""How two names stand to each other: a level in words, and what it says that they share what they share.

Each two different spellings are held against each other once, however many statements bear them;
slips are counted only where lengths and beginnings or ends leave room for few.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import polars as pl
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from schakel.register.matching.frequencies import BIT, LIMIT, Frequencies, limit
from schakel.register.matching.vocabulary import ONE_OF_MANY
from schakel.register.matching.words import Worded, shared, worded

Ints = npt.NDArray[np.int64]
# From the weakest agreement to the strongest. "sister": but for a word for a part of a group.
LEVELS = ("sister", "other", "some", "initials", "part", "short", "typo", "order", "same", "rare")
ALIKE = ("same", "rare", "order", "typo", "short", "initials", "part")
AGREES = ("same", "rare", "order", "typo")
_WHOLE = ("same", "rare", "order", "typo", "short", "initials")
_RARE = 1800  # thousandths of a bit that a rare name may say less than one that stands alone
_PLACE = {level: place for place, level in enumerate(LEVELS)}
_LETTERS_OF_MANY = 4
_MANY = 99  # slips, where nobody counted them
_ALIKE = 0.85  # by Jaro and Winkler: the rests of two names of which one cuts a word short


@dataclass(frozen=True, slots=True)
class Spelled:
    """The names of two sides, by their different spellings.

    ``spellings``: words, tight, units, whole, letters (the first of each word) and bits, what the name says. ``words``:
    of the same. ``left``, ``right``: which of them each row of the one and the other side has.
    """

    spellings: pl.DataFrame
    words: Worded
    left: Ints
    right: Ints
    many: int

    def compared(self, x: Ints, y: Ints) -> pl.DataFrame:
        """[level, a place in `LEVELS`, bits, bits_a, bits_b] for rows ``x`` of the left side and ``y`` of the right."""
        every = len(self.spellings)
        different, back = np.unique(self.left[x] * every + self.right[y], return_inverse=True)
        i, j = np.divmod(different, every)
        told: pl.DataFrame = _told(self, i, j)[back]
        return told


def spelled(left: pl.DataFrame, right: pl.DataFrame, said: Frequencies, many: int) -> Spelled:
    """The names ``left`` and ``right`` (`Said.names`); ``said``: what a name or a word of ``many`` says."""
    sides = [left] if left is right else [left, right]
    key = pl.col("words").list.join(" ") + "+" + pl.col("units")
    both = pl.concat([side.select("words", "tight", "units", key=key) for side in sides])
    different = both.unique("key", keep="first", maintain_order=True).with_row_index("spelling")
    which = both.select("key").join(different.select("key", "spelling"), on="key", how="left", maintain_order="left")
    rows = which["spelling"].to_numpy().astype(np.int64)
    told = different.join(said["name"], on=["tight", "units"], how="left", maintain_order="left").select(
        "words",
        "tight",
        "units",
        whole=pl.col("tight") + pl.col("units"),
        letters=pl.col("words").list.eval(pl.element().str.head(1)).list.join(""),
        bits=pl.col("bits").fill_null(limit(many)).clip(upper_bound=LIMIT * BIT),
    )
    words = worded(told["words"], said["word"], limit(many))
    return Spelled(told, words, rows[: len(left)], rows[len(both) - len(right) :], many)


def _told(names: Spelled, i: Ints, j: Ints) -> pl.DataFrame:
    """[level, bits, bits_a, bits_b] for the spellings ``i[n]`` and ``j[n]``."""
    columns = names.spellings.select("tight", "units", "whole", "letters", "bits")
    pairs = pl.concat(
        [columns[rows].select(pl.all().name.suffix(side)) for side, rows in (("_a", i), ("_b", j))], how="horizontal"
    ).with_columns(
        na=pl.Series(names.words.many[i]),
        nb=pl.Series(names.words.many[j]),
        akin=pl.col("units_a") == pl.col("units_b"),
    )
    apart = pairs.select((pl.col("tight_a") != pl.col("tight_b")).arg_true()).to_series().to_numpy()
    rare = pl.when(pl.col("bits_b") >= limit(names.many) - _RARE).then(_PLACE["rare"]).otherwise(_PLACE["same"])
    level = pairs.select(level=_or_sister(rare).cast(pl.Int64))["level"].to_numpy().copy()
    bits = np.zeros(len(pairs), np.int64)
    unlike = pl.concat([pairs[apart], shared(names.words, i[apart], j[apart])], how="horizontal")
    level[apart] = _level(unlike).to_numpy()
    bits[apart] = unlike["shared_bits"].to_numpy()
    found = pairs.select("bits_a", "bits_b", level=pl.Series(level), shared_bits=pl.Series(bits))
    return found.select("level", "bits_a", "bits_b", bits=_bits(min(limit(names.many), LIMIT * BIT)))


def _bits(most: int) -> pl.Expr:
    whole = pl.col("level").is_in([_PLACE[level] for level in _WHOLE])
    part = pl.col("level").is_in([_PLACE["part"], _PLACE["some"]])
    least = pl.min_horizontal("shared_bits", pl.col("bits_a") + BIT, pl.col("bits_b") + BIT, most)
    return pl.when(whole).then(pl.min_horizontal("bits_b", most)).when(part).then(least).otherwise(0)


def _or_sister(level: pl.Expr | int) -> pl.Expr:
    """``level`` where both name the same parts of a group."""
    return pl.when("akin").then(level).otherwise(_PLACE["sister"])


def _level(pairs: pl.DataFrame) -> pl.Series:
    """The level of ``pairs`` of names that are not one word for word."""
    counted = with_slips(pairs.with_columns(**_lengths()), **_worth_counting())
    cut = _winkler(counted, _RESTS & _BEGUN)
    return counted.with_columns(winkler=cut).select(level=_judged())["level"]


_SOME, _AKIN = pl.col("many") > 0, pl.col("akin")
_SHORT, _LONG = pl.min_horizontal("la", "lb"), pl.max_horizontal("la", "lb")
_RESTS = _SOME & _AKIN & (pl.col("ra") != "") & (pl.col("rb") != "")
_BEGUN = pl.col("ra").str.head(2) == pl.col("rb").str.head(2)
_FEW = pl.when(_SHORT >= 9).then(2).otherwise(1)  # slips that make a typo of so long a name, and of so long a rest
_FEW_LEFT = pl.when(pl.col("left_over") >= 8).then(2).when(pl.col("left_over") >= 4).then(1).otherwise(0)


@cache
def _lengths() -> dict[str, pl.Expr]:
    letters = {"la": "whole_a", "lb": "whole_b", "ta": "tight_a", "tb": "tight_b"}
    lengths = {name: pl.col(text).str.len_bytes().cast(pl.Int64) for name, text in letters.items()}
    return lengths | {"left_over": pl.min_horizontal(pl.col("ra", "rb").str.len_bytes())}


@cache
def _worth_counting() -> dict[str, tuple[str, str, pl.Expr]]:
    """Texts of which slips are counted, and where: nowhere but where lengths and ends leave room for few."""
    whole = (_SHORT >= 5) & (_AKIN | (_LONG - _SHORT < 2)) & (_LONG - _SHORT <= _FEW) & _ends_alike("whole")
    tight = ~_AKIN & (_apart("ta", "tb") <= 1) & (_least("ta", "tb") > 5) & _ends_alike("tight")
    rests = _RESTS & (_apart_letters("ra", "rb") <= _FEW_LEFT)
    return {"whole": ("whole_a", "whole_b", whole), "tight": ("tight_a", "tight_b", tight), "rest": ("ra", "rb", rests)}


@cache
def _judged() -> pl.Expr:
    """The first of these that holds."""
    short = _RESTS & _BEGUN & (_either_begins("ra", "rb") | pl.col("winkler"))
    return (
        pl.when((pl.col("many") == pl.col("na")) & (pl.col("many") == pl.col("nb")))
        .then(_or_sister(_PLACE["order"]))
        .when(_SOME & _one_of_many("ra") & _one_of_many("rb"))
        .then(_PLACE["sister"])
        .when(pl.col("whole_slips") <= _FEW)
        .then(_PLACE["typo"])
        .when(pl.col("tight_slips") <= 1)
        .then(_PLACE["sister"])
        .when(_SOME & ((pl.col("ra") == "") | (pl.col("rb") == "")))
        .then(_or_sister(_PLACE["part"]))
        .when(pl.col("rest_slips") <= _FEW_LEFT)
        .then(_PLACE["typo"])
        .when(short)
        .then(_PLACE["short"])
        .when(_AKIN & (_least("ta", "tb") >= 5) & _either_begins("tight_a", "tight_b"))
        .then(_PLACE["part"])
        .when(_initials("a", "b") | _initials("b", "a"))
        .then(_PLACE["initials"])
        .when(_SOME)
        .then(_PLACE["some"])
        .otherwise(_PLACE["other"])
        .cast(pl.Int64)
    )


def _least(one: str, other: str) -> pl.Expr:
    return pl.min_horizontal(one, other)


def _apart(one: str, other: str) -> pl.Expr:
    return (pl.col(one) - pl.col(other)).abs()


def _apart_letters(one: str, other: str) -> pl.Expr:
    return (pl.col(one).str.len_bytes().cast(pl.Int64) - pl.col(other).str.len_bytes().cast(pl.Int64)).abs()


def _ends_alike(name: str) -> pl.Expr:
    """Whether the first or the last three letters are the same: with few slips, one of both is."""
    one, other = pl.col(f"{name}_a"), pl.col(f"{name}_b")
    return (one.str.head(3) == other.str.head(3)) | (one.str.tail(3) == other.str.tail(3))


def _either_begins(one: str, other: str) -> pl.Expr:
    return pl.col(one).str.starts_with(pl.col(other)) | pl.col(other).str.starts_with(pl.col(one))


def _one_of_many(rest: str) -> pl.Expr:
    return (pl.col(rest).str.len_bytes() <= _LETTERS_OF_MANY) & pl.col(rest).str.contains(f"^(?:{ONE_OF_MANY})$")


def _initials(one: str, other: str) -> pl.Expr:
    """Whether the one word of the name ``one`` is made of the first letters of ``other``."""
    letters, words = pl.col(f"t{one}"), pl.col(f"n{other}")
    fits = (pl.col(f"n{one}") == 1) & (words > 1) & letters.is_between(3, 6) & ((letters - words).abs() < 2)
    firsts = pl.col(f"letters_{other}").str.head(letters)
    return fits & pl.col(f"tight_{one}").str.starts_with(firsts)


def with_slips(pairs: pl.DataFrame, **texts: tuple[str, str, pl.Expr]) -> pl.DataFrame:
    """``pairs`` with *_slips: letters mistaken, left out or that changed places between two columns, where it is worth.

    ``texts``: the two columns and where. More than two slips are not counted further; elsewhere there are many.
    """
    worth = pairs.select(**{name: where.fill_null(False) for name, (_, _, where) in texts.items()})
    return pairs.with_columns(
        _slips(pairs, one, other, worth[name]).alias(f"{name}_slips") for name, (one, other, _) in texts.items()
    )


def _slips(pairs: pl.DataFrame, one: str, other: str, worth: pl.Series) -> pl.Series:
    counted = np.full(len(pairs), _MANY)
    rows = np.flatnonzero(worth.to_numpy())
    if len(rows):
        texts = [pairs[column].gather(rows).to_list() for column in (one, other)]
        counted[rows] = process.cpdist(*texts, scorer=DamerauLevenshtein.distance, score_cutoff=2, dtype=np.int32)
    return pl.Series(counted)


def _winkler(pairs: pl.DataFrame, worth: pl.Expr) -> pl.Series:
    alike = np.zeros(len(pairs), np.bool_)
    rows = np.flatnonzero(pairs.select(worth.fill_null(False)).to_series().to_numpy())
    if len(rows):
        texts = [pairs[column].gather(rows).to_list() for column in ("ra", "rb")]
        alike[rows] = process.cpdist(*texts, scorer=JaroWinkler.similarity, dtype=np.float64) >= _ALIKE
    return pl.Series(alike)
