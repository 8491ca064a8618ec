"""An agency's own column of the catalogue, counted from its own records alone, for what a delivery would do to it.

Invariant: only facts that the acting party may see are read, and only those of the asked agency are counted. A record
that joining has not seen yet counts as itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from typing import Any

import polars as pl
from django.conf import settings
from django.db import connection
from django.urls import reverse

from schakel.figures.asking import Filters, Question, QuestionError
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Selection, extract_of
from schakel.figures.facts import FactKind, facts
from schakel.figures.process import CountingError, ask
from schakel.figures.queries import audience_of
from schakel.intake.effects import CountedIn, OwnFigure, register_counted, register_effect, register_use
from schakel.network.models import Party, PartyKind

_PATIENCE = 30.0  # seconds: a page waits for it, and a signature


def own_figures(owner: int, period: int) -> list[OwnFigure]:
    """The figures of ``owner``'s own column of the year ``period``; none for who is no agency."""
    agency = Party.objects.filter(pk=owner, kind=PartyKind.AGENCY).values_list("slug", flat=True).first()
    if agency is None:
        return []
    frames = {fact.name: _own(fact, agency, period) for fact in facts()}
    extract = extract_of(frames, memory="500MB", threads=1)
    with closing(extract.connection):
        return [_figure(each, extract, agency) for each in _of_agencies()]


def counted_figures(party: Party, period: int) -> list[OwnFigure] | None:
    """The same column as the counting process counts it for readers, joined with what others have; None if it is away.

    None too where it does not know these indicators, or the party has no column.
    """
    if party.kind != PartyKind.AGENCY:
        return []
    wanted = {each.id: each for each in _of_agencies()}
    filters: Filters = {"year": [period], "agency": [party.slug]}
    asked = Question("figures", tuple(wanted), ("agency",), filters, audience_of(party))
    try:
        found = ask(settings.COUNTING_SOCKET, asked, patience=_PATIENCE)["figures"]
    except (CountingError, QuestionError):
        return None
    return [_in_column(wanted[each["indicator"]], each, party.slug) for each in found]


def _in_column(indicator: Indicator, found: dict[str, Any], agency: str) -> OwnFigure:
    """An agency's cell of a figure; of what it has none of, nothing is counted and no share can be taken."""
    cell = next((each for each in found["cells"] if each["place"] == [agency]), None)
    said = None if cell is None else cell["value"]
    value = Decimal(said) if said is not None else None if cell or indicator.is_ratio else Decimal(0)
    return OwnFigure(indicator.id, indicator.names, indicator.unit, value)


def _own(fact: FactKind, agency: str, period: int) -> pl.DataFrame:
    found = fact.read(connection)
    return found.filter((pl.col("agency") == agency) & (pl.col("year") == period))


def _of_agencies() -> Iterator[Indicator]:
    """The indicators that an agency has a column of its own in."""
    return (each for each in catalogue().values() if each.has_own_columns)


def _figure(indicator: Indicator, extract: Extract, agency: str) -> OwnFigure:
    """The figure of all that ``extract`` holds, which is of one agency and year: a cut, compiled anew for each, would
    leave nothing out, but where an agency's column has what the network's figure has not. Where it holds none of the
    facts, nothing is compiled either.
    """
    there = any(extract.rows[part.fact] for part in indicator.parts)
    selection = Selection(indicator, extract)
    if any(part.not_nationally for part in indicator.parts):
        selection = selection.where(agency=agency)
    figure = selection.total() if there else selection.nothing()
    return OwnFigure(indicator.id, indicator.names, indicator.unit, figure.value(indicator))


def counted_in(kind: str) -> Iterator[CountedIn]:
    """The indicators that count records of ``kind``."""
    of_kind = {fact.name for fact in facts() if kind in (fact.record_kind, fact.other_kind)}
    for indicator in catalogue().values():
        if of_kind & {part.fact for part in indicator.parts}:
            yield CountedIn(indicator.id, indicator.names, reverse("figures:indicator", args=[indicator.id]))


register_effect("figures", own_figures)
register_use("figures", counted_in)
register_counted("figures", counted_figures)
