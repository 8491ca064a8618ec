"""What speaks for two statements about an organisation being about the same one.

A statement is what a record or an entry of the trade register says: numbers, names, place.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from rapidfuzz.distance import OSA

from schakel.register.joining.names import Agreement, agreement, forms_clash
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
    "sole-name": Words("naam die het handelsregister eenmaal kent", "name that the trade register knows once"),
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule by which two statements are about the same organisation, and its evidence in short."""

    rule: str
    evidence: str

    @property
    def rank(self) -> int:
        """Place of the rule among all rules; lower is better."""
        return RANKS.index(self.rule)


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


def judge(a: Statement, b: Statement) -> Verdict | None:
    """The best rule under which ``a`` and ``b`` are the same organisation; None if there is none."""
    agreed, clash = best_agreement(a, b)
    if number := same_number(a, b):
        return _by_number(a, b, agreed, number)
    if clash or agreed <= Agreement.UNLIKE:
        return None
    return _by_name(a, b, agreed)


def same_number(a: Statement, b: Statement) -> str:
    """The KvK number or RSIN that both state; "" if they share none."""
    return a.kvk if a.kvk and a.kvk == b.kvk else a.rsin if a.rsin and a.rsin == b.rsin else ""


def same_place(a: Statement, b: Statement) -> str:
    """The place that both state; "" if they share none."""
    return next((x for x, y in ((a.city, b.city), (a.district, b.district)) if x and x == y), "")


def _by_number(a: Statement, b: Statement, agreed: Agreement, number: str) -> Verdict | None:
    if agreed >= Agreement.NEAR:
        return Verdict("number-name", number)
    if agreed == Agreement.LIKE or (agreed == Agreement.UNLIKE and same_place(a, b)):
        return Verdict("number", number)
    return None


def _by_name(a: Statement, b: Statement, agreed: Agreement) -> Verdict | None:
    postcode = a.postcode if a.postcode and a.postcode == b.postcode else ""
    if postcode:
        rule = {Agreement.SAME: "name-postcode", Agreement.NEAR: "near-name"}.get(agreed, "like-name")
        return Verdict(rule, f"{a.names[0]}, {postcode}")
    place = same_place(a, b)
    if place and agreed >= Agreement.NEAR:
        return Verdict("name-place" if agreed == Agreement.SAME else "near-name-place", f"{a.names[0]}, {place}")
    if place and a.kvk and b.kvk and OSA.distance(a.kvk, b.kvk, score_cutoff=1) == 1:
        return Verdict("number-slip", f"{a.kvk} / {b.kvk}, {place}")
    return None


def judge_sole(a: Statement, entry: Statement) -> Verdict | None:
    """The rule for an entry whose name no other entry bears, wherever ``a`` says it is."""
    agreed, clash = best_agreement(a, entry)
    return Verdict("sole-name", a.names[0]) if agreed == Agreement.SAME and not clash else None
