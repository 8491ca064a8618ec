"""An agency's own column of the catalogue, counted from its own records alone, for what a delivery would do to it.

Invariant: only facts that the acting party may see are read, and only those of the asked agency are counted. A record
that joining has not seen yet counts as itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import polars as pl
from django.db import connection
from django.urls import reverse

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Figure, Selection, extract_of
from schakel.figures.facts import FactKind, facts
from schakel.intake.effects import CountedIn, OwnFigure, register_effect, register_use
from schakel.network.models import Party, PartyKind


def own_figures(owner: int, period: int) -> list[OwnFigure]:
    """The figures of ``owner``'s own column of the year ``period``; none for who is no agency."""
    agency = Party.objects.filter(pk=owner, kind=PartyKind.AGENCY).values_list("slug", flat=True).first()
    if agency is None:
        return []
    frames = {fact.name: _own(fact, agency, period) for fact in facts()}
    extract = extract_of(frames, memory="500MB", threads=1)
    with closing(extract.connection):
        return [_figure(each, extract) for each in _of_agencies()]


def _own(fact: FactKind, agency: str, period: int) -> pl.DataFrame:
    found = fact.read(connection)
    return found.filter((pl.col("agency") == agency) & (pl.col("year") == period))


def _of_agencies() -> Iterator[Indicator]:
    """The indicators that an agency has a column of its own in."""
    for indicator in catalogue().values():
        if "agency" in indicator.breakdowns and not any(part.whole_network for part in indicator.parts):
            yield indicator


def _figure(indicator: Indicator, extract: Extract) -> OwnFigure:
    """The figure of all that ``extract`` holds, which is of one agency and year: a cut, compiled anew for each, would
    leave nothing out. Where it holds none of the facts, nothing is compiled either.
    """
    there = any(extract.rows[part.fact] for part in indicator.parts)
    figure = Selection(indicator, extract).total() if there else Figure(0, 0 if indicator.is_ratio else None)
    return OwnFigure(indicator.id, indicator.names, indicator.unit, figure.value(indicator))


def counted_in(kind: str) -> Iterator[CountedIn]:
    """The indicators that count records of ``kind``."""
    of_kind = {fact.name for fact in facts() if kind in (fact.record_kind, fact.other_kind)}
    for indicator in catalogue().values():
        if of_kind & {part.fact for part in indicator.parts}:
            yield CountedIn(indicator.id, indicator.names, reverse("figures:indicator", args=[indicator.id]))


register_effect("figures", own_figures)
register_use("figures", counted_in)
