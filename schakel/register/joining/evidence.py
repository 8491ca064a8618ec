"""What speaks for two statements about an organisation being about the same one.

A statement is what a record or an entry of the trade register says: numbers, names, place.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from rapidfuzz.distance import OSA

from schakel.register.joining.agreement import Agreement
from schakel.register.joining.names import agreement, forms_clash
from schakel.words import Words

# The rules in words, the best first.
RULES: dict[str, Words] = {
    "number-name": Words("zelfde KvK-nummer of RSIN, zelfde naam", "same KvK number or RSIN, same name"),
    "name-postcode": Words("zelfde naam en postcode", "same name and postcode"),
    "number": Words("zelfde KvK-nummer of RSIN, naam of plaats past", "same KvK number or RSIN, name or place fits"),
    "name-place": Words("zelfde naam en plaats", "same name and place"),
    "near-name": Words("bijna zelfde naam op dezelfde postcode", "nearly the same name at the same postcode"),
    "near-name-place": Words("bijna zelfde naam in dezelfde plaats", "nearly the same name in the same place"),
    "number-slip": Words(
        "KvK-nummer met één typefout, naam lijkt, zelfde plaats", "KvK number but for one slip, name alike, same place"
    ),
    "like-name": Words("verkorte naam op dezelfde postcode", "shortened name at the same postcode"),
}
RANKS = tuple(RULES)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. ``names`` are plainly spelled; numbers and places are "" where not said."""

    id: int
    names: tuple[str, ...]
    kvk: str
    rsin: str
    postcode: str
    district: str
    city: str


def statements(frame: pl.DataFrame) -> dict[int, Statement]:
    """Statements by id, from a frame with a row for each name: id, spelled, kvk, rsin, postcode, district, city."""
    said = frame.group_by("id").agg(
        pl.col("spelled").unique().sort(),
        *(pl.col(c).fill_null("").first() for c in ("kvk", "rsin", "postcode", "district", "city")),
    )
    return {row[0]: Statement(row[0], tuple(row[1]), *row[2:]) for row in said.iter_rows()}


def best_agreement(a: Statement, b: Statement) -> tuple[Agreement, bool]:
    """The best agreement between a name of ``a`` and one of ``b``, and whether their legal forms clash."""
    found = max((agreement(x, y), not forms_clash(x, y)) for x in a.names for y in b.names)
    return found[0], not found[1]


def judge(a: Statement, b: Statement) -> str:
    """The best of `RULES` under which ``a`` and ``b`` are the same organisation; "" if there is none."""
    agreed, clash = best_agreement(a, b)
    if same_number(a, b):
        return _by_number(a, b, agreed)
    return "" if clash or agreed <= Agreement.UNLIKE else _by_name(a, b, agreed)


def same_number(a: Statement, b: Statement) -> bool:
    """Whether both state one KvK number or RSIN."""
    return bool((a.kvk and a.kvk == b.kvk) or (a.rsin and a.rsin == b.rsin))


def same_place(a: Statement, b: Statement) -> bool:
    """Whether both state one place."""
    return any(x and x == y for x, y in ((a.city, b.city), (a.district, b.district)))


def _by_number(a: Statement, b: Statement, agreed: Agreement) -> str:
    if agreed >= Agreement.NEAR:
        return "number-name"
    alike = agreed == Agreement.LIKE or (agreed == Agreement.UNLIKE and same_place(a, b))
    return "number" if alike else ""


def _by_name(a: Statement, b: Statement, agreed: Agreement) -> str:
    if a.postcode and a.postcode == b.postcode:
        return {Agreement.SAME: "name-postcode", Agreement.NEAR: "near-name"}.get(agreed, "like-name")
    if not same_place(a, b):
        return ""
    if agreed >= Agreement.NEAR:
        return "name-place" if agreed == Agreement.SAME else "near-name-place"
    return "number-slip" if a.kvk and b.kvk and OSA.distance(a.kvk, b.kvk, score_cutoff=1) == 1 else ""
