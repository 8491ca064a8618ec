"""Which records of foreign cases, and of trade activities, are one.

A foreign case may be claimed by several agencies and by others who worked on it (a city, the
NFIA): each claimant's record joins; the case counts once. A company may decide twice in one year: another
kind of decision on another day is another case.
"""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from schakel.register.joining.agreement import Agreement
from schakel.register.joining.joint import PERSON, Compared, Judged, Near, Reason, Row, Rules, compare, named
from schakel.register.joining.leading import differing, leading
from schakel.register.joining.titles import title, titles_agree
from schakel.register.matching.normalising import city, each
from schakel.words import Words

__all__ = [
    "ACTIVITY_RULES",
    "CASE_RULES",
    "compare_foreign_cases",
    "compare_trade_activities",
    "differing",
    "join_foreign_cases",
    "join_trade_activities",
    "leading",
]

CASE_RULES: dict[str, Words] = {
    "company-date": Words("zelfde bedrijf en besluitdatum", "same company and date of decision"),
    "company-capex": Words("zelfde bedrijf en investering", "same company and investment"),
    "company-kind": Words(
        "zelfde bedrijf en soort, besloten binnen 60 dagen", "same company and kind, decided within 60 days"
    ),
    "decision": Words(
        "zelfde besluitdatum, herkomst en investering, samen genoemd",
        "same date of decision, origin and investment, named together",
    ),
    PERSON: Words("door mensen als hetzelfde aangemerkt", "held for the same by people"),
    "alone": Words("geen ander record gevonden", "no other record found"),
}
ACTIVITY_RULES: dict[str, Words] = {
    "title-start": Words("zelfde titel en begindatum", "same title and first day"),
    "near-title-start": Words(
        "bijna zelfde titel, zelfde begindatum en plaats", "nearly the same title, same first day and place"
    ),
    "place-dates": Words("zelfde plaats, dagen en soort, samen genoemd", "same place, days and kind, named together"),
    PERSON: Words("door mensen als hetzelfde aangemerkt", "held for the same by people"),
    "alone": Words("geen ander record gevonden", "no other record found"),
}
SAME_DECISION = timedelta(days=60)  # two claimants may date one decision by its announcement or its contract


def join_foreign_cases(cases: pl.DataFrame) -> pl.DataFrame:
    """[record, cluster, rule, evidence]: which records are one foreign case. Sorted by record."""
    return compare_foreign_cases(cases).clusters


def compare_foreign_cases(cases: pl.DataFrame, judged: Judged = Judged()) -> Compared:  # noqa: B008 - is frozen
    """Which records are one foreign case, why, and which may yet be.

    ``cases``: record, owner, year, organisation (cluster; null if unknown), date, capex (cents),
    origin, kind, together_with (slugs).
    """
    blocks = (("organisation",), ("date", "origin"))
    return compare(cases, Rules(tuple(CASE_RULES), blocks, _same_case, near=_near_case), judged)


def join_trade_activities(activities: pl.DataFrame) -> pl.DataFrame:
    """[record, cluster, rule, evidence]: which records are one trade activity. Sorted by record."""
    return compare_trade_activities(activities).clusters


def compare_trade_activities(activities: pl.DataFrame, judged: Judged = Judged()) -> Compared:  # noqa: B008 - is frozen
    """Which records are one trade activity, why, and which may yet be.

    ``activities``: record, owner, year, title, country, city, start, end, kind, together_with (slugs).
    """
    spelled = activities.with_columns(title("title").alias("title_key"), each(pl.col("city"), city).alias("place"))
    rules = Rules(tuple(ACTIVITY_RULES), (("start",),), _same_activity, near=_near_activity)
    return compare(spelled, rules, judged)


def _same_case(a: Row, b: Row) -> Reason | None:
    one_company = a["organisation"] is not None and a["organisation"] == b["organisation"]
    one_amount = bool(a["capex"]) and a["capex"] == b["capex"]
    if one_company:
        return _same_decision(a, b, one_amount)
    if one_amount and named(a, b) and a["date"] == b["date"] and a["origin"] == b["origin"]:
        return "decision", f"{a['date']}, {a['origin']}"
    return None


def _same_decision(a: Row, b: Row, one_amount: bool) -> Reason | None:
    if a["date"] == b["date"]:
        return "company-date", str(a["date"])
    if not _near(a["date"], b["date"]):
        return None
    if one_amount:
        return "company-capex", f"{a['date']} / {b['date']}"
    return ("company-kind", f"{a['date']} / {b['date']}") if a["kind"] == b["kind"] else None


def _near_case(a: Row, b: Row) -> Near | None:
    """Two cases without a reason to be one: of one company and nearly one day or amount, or alike in all but that."""
    one_company = a["organisation"] is not None and a["organisation"] == b["organisation"]
    one_amount = bool(a["capex"]) and a["capex"] == b["capex"]
    if one_company and (one_amount or named(a, b) or _near(a["date"], b["date"])):
        return ("dates-differ",), 800
    if one_amount and a["date"] == b["date"] and a["origin"] == b["origin"]:
        return ("amount-alike",), 900
    return None


def _near_activity(a: Row, b: Row) -> Near | None:
    """Two activities of one first day without a reason to be one: the title says so, or both agencies' words."""
    agreed = titles_agree(a["title_key"] or "", b["title_key"] or "")
    if agreed >= Agreement.LIKE:
        return ("near-title",), 900
    one_place = (a["place"] or a["country"]) == (b["place"] or b["country"])
    return (("dates-differ",), 700) if one_place and a["kind"] == b["kind"] and named(a, b) else None


def _near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= SAME_DECISION


def _same_activity(a: Row, b: Row) -> Reason | None:
    agreed = titles_agree(a["title_key"] or "", b["title_key"] or "")
    one_place = (a["place"] or a["country"]) == (b["place"] or b["country"])
    if agreed == Agreement.SAME and (one_place or not (a["place"] and b["place"])):
        return "title-start", f"{a['title_key']}, {a['start']}"
    if agreed >= Agreement.LIKE and one_place:
        return "near-title-start", f"{a['title_key']} / {b['title_key']}, {a['start']}"
    if one_place and a["end"] == b["end"] and a["kind"] == b["kind"] and named(a, b):
        return "place-dates", f"{a['place']}, {a['start']}"
    return None
