"""Which records of innovation projects are one project.

An agency delivers a joint project as its partner does, under another number and often another
title. Dates part two projects of one lead and one title; two EU numbers part whatever else agrees.
"""

from __future__ import annotations

import polars as pl

from schakel.register.joining.agreement import Agreement
from schakel.register.joining.joint import PERSON, Compared, Judged, Near, Reason, Row, Rules, compare, named
from schakel.register.joining.leading import differing, leading
from schakel.register.joining.titles import title, titles_agree
from schakel.words import Words

__all__ = ["RULES", "compare_projects", "differing", "join_projects", "leading"]

RULES: dict[str, Words] = {
    "eu-number": Words("zelfde EU-projectnummer", "same EU project number"),
    "title-dates": Words("zelfde titel en looptijd", "same title and dates"),
    "near-title-dates": Words(
        "bijna zelfde titel, zelfde looptijd, zelfde penvoerder of samen genoemd",
        "nearly the same title, same dates, same lead or named together",
    ),
    "lead-dates": Words(
        "zelfde penvoerder en looptijd, samen genoemd of zelfde omvang",
        "same lead and dates, named together or same volume",
    ),
    "partners-dates": Words(
        "zelfde looptijd en omvang, dezelfde deelnemers", "same dates and volume, the same participants"
    ),
    "title-lead": Words("zelfde titel en penvoerder, samen genoemd", "same title and lead, named together"),
    PERSON: Words("door mensen als hetzelfde aangemerkt", "held for the same by people"),
    "alone": Words("geen ander record gevonden", "no other record found"),
}
_BLOCKS = (
    ("eu_number",),
    ("title_key",),
    ("start", "lead_organisation"),
    ("start", "end", "volume"),
    ("start", "end", "title_begin"),
)
_WIDER = (("start", "title_begin"),)


def join_projects(
    projects: pl.DataFrame, participants: pl.DataFrame, organisation_clusters: pl.DataFrame
) -> pl.DataFrame:
    """[record, cluster, rule, evidence]: which records are one project, and why. Sorted by record."""
    return compare_projects(projects, participants, organisation_clusters).clusters


def compare_projects(
    projects: pl.DataFrame,
    participants: pl.DataFrame,
    organisation_clusters: pl.DataFrame,
    judged: Judged = Judged(),  # noqa: B008 - is frozen
) -> Compared:
    """Which records are one project, why, and which may yet be.

    ``projects``: record, owner, year, title, start, end, volume (cents), eu_number, together_with
    (slugs), lead_organisation (cluster; null if unknown). ``participants``: record (of the project),
    organisation (record). ``organisation_clusters``: record, cluster, of `join_organisations`.
    """
    taking_part = (
        participants.select("record", "organisation")
        .join(organisation_clusters.select(organisation="record", party="cluster"), on="organisation")
        .group_by("record")
        .agg(pl.col("party").unique().sort().alias("parties"))
    )
    spelled = projects.with_columns(
        title("title").alias("title_key"), pl.col("eu_number").str.extract(r"(\d+)").alias("eu_number")
    )
    begun = spelled.with_columns(pl.col("title_key").str.slice(0, 4).alias("title_begin"))
    said = begun.join(taking_part, on="record", how="left", maintain_order="left")
    return compare(said, Rules(tuple(RULES), _BLOCKS, _reason, ("eu_number",), _WIDER, _near), judged)


def _reason(a: Row, b: Row) -> Reason | None:
    agreed = titles_agree(a["title_key"] or "", b["title_key"] or "")
    dates = a["start"] == b["start"] and (a["end"] == b["end"] or not (a["end"] and b["end"]))
    one_lead = a["lead_organisation"] is not None and a["lead_organisation"] == b["lead_organisation"]
    if a["eu_number"] and a["eu_number"] == b["eu_number"] and (dates or one_lead or agreed >= Agreement.LIKE):
        return "eu-number", a["eu_number"]
    return _on_dates(a, b, agreed, one_lead) if dates else _off_dates(a, b, agreed, one_lead)


def _on_dates(a: Row, b: Row, agreed: Agreement, one_lead: bool) -> Reason | None:
    tied, dates = one_lead or named(a, b), f"{a['start']} - {a['end']}"
    if agreed == Agreement.SAME:
        return "title-dates", f"{a['title_key']}, {dates}"
    if agreed >= Agreement.LIKE and tied:
        return "near-title-dates", f"{a['title_key']} / {b['title_key']}, {dates}"
    if one_lead and (named(a, b) or _same(a, b, "volume")):
        return "lead-dates", dates
    return ("partners-dates", dates) if named(a, b) and _same(a, b, "volume") and _same(a, b, "parties") else None


def _off_dates(a: Row, b: Row, agreed: Agreement, one_lead: bool) -> Reason | None:
    """Other dates: one project only if title, lead, volume and both agencies' words agree."""
    if agreed >= Agreement.NEAR and one_lead and named(a, b) and _same(a, b, "volume"):
        return "title-lead", a["title_key"]
    return None


def _near(a: Row, b: Row) -> Near | None:
    """Two projects without a reason to be one, of which a person may know that they are."""
    agreed = titles_agree(a["title_key"] or "", b["title_key"] or "")
    dates = a["start"] == b["start"] and (a["end"] == b["end"] or not (a["end"] and b["end"]))
    one_lead = a["lead_organisation"] is not None and a["lead_organisation"] == b["lead_organisation"]
    if dates and agreed >= Agreement.LIKE:
        return ("near-title",), 900
    if not dates and agreed >= Agreement.NEAR and one_lead and (named(a, b) or _same(a, b, "volume")):
        return ("dates-differ",), 800
    if dates and _same(a, b, "volume") and (named(a, b) or _same(a, b, "parties")):
        return ("amount-alike",), 700
    return None


def _same(a: Row, b: Row, column: str) -> bool:
    return bool(a[column]) and a[column] == b[column]
