"""Asking the counting process as an auditor: figures of every vintage of a year under mandate, and what is behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from schakel.figures.asking import Question
from schakel.figures.auditing.drawing import Unit
from schakel.figures.auditing.mandated import NETWORK, Mandated, of_agencies
from schakel.figures.models import Closing, ClosingState
from schakel.figures.process import ask, ask_all
from schakel.intake.queries import records
from schakel.intake.writing import record_tables

Filters = Mapping[str, list[str | int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that an auditor asks of: ``closing`` None for the figures as they are counted now."""

    auditor: int
    year: int
    closing: Closing | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a figure, or the part of it that ``cut`` says. ``frame``: the records under mandate, with the
    party that each is of in ``owners``.

    ``behind``: how many there are in all, None where that is withheld; ``scale``: how many stored whole numbers make
    one of the unit, None where the figure is no sum.
    """

    asked: Asked
    cut: Filters
    indicator: str
    version: int
    unit: str
    value: str
    scale: int | None
    behind: int | None
    frame: tuple[Unit, ...]
    owners: Mapping[tuple[str, int], int]


def closings(year: int) -> list[Closing]:
    """The closings of a year that were made, the newest first."""
    return list(Closing.objects.filter(period=year, state=ClosingState.MADE).order_by("-version"))


def figures(asked: Asked, mandated: Mandated) -> dict[str, dict[str, dict[str, Any]]]:
    """By giver ("" for the network), the figures by indicator. Raises QuestionError, CountingError."""
    givers = mandated.givers(asked.year)
    told = ask_all(settings.COUNTING_SOCKET, [_column(asked, mandated, giver) for giver in givers])
    return {
        giver: {figure["indicator"]: figure for figure in answer["figures"]}
        for giver, answer in zip(givers, told, strict=True)
    }


def behind(asked: Asked, mandated: Mandated, indicator: str, cut: Filters) -> Behind:
    """What stands behind a figure; the frame is what the acting party reads. Raises QuestionError, CountingError."""
    question = replace(_figures(asked, mandated, cut), ask="population", indicators=(indicator,))
    told = ask(settings.COUNTING_SOCKET, question)
    units = [Unit(kind, pk, amount, agency) for kind, pk, amount, agency in told["rows"]]
    owners = _owners(units)
    return Behind(
        asked=asked,
        cut=cut,
        indicator=told["indicator"],
        version=told["version"],
        unit=told["unit"],
        value=told["value"] or "",
        scale=told["scale"],
        behind=told["behind"],
        frame=tuple(unit for unit in units if (unit.kind, unit.id) in owners),
        owners=owners,
    )


def _column(asked: Asked, mandated: Mandated, giver: str) -> Question:
    question = _figures(asked, mandated, _of(giver))
    return question if giver == NETWORK else replace(question, indicators=of_agencies())


def _figures(asked: Asked, mandated: Mandated, cut: Filters) -> Question:
    return Question(
        "figures",
        filters={"year": [asked.year], **cut},
        audience=mandated.audience(asked.auditor, asked.year),
        vintage=None if asked.closing is None else asked.closing.pk,
    )


def _of(giver: str) -> Filters:
    return {} if giver == NETWORK else {"agency": [giver]}


def _owners(units: Iterable[Unit]) -> dict[tuple[str, int], int]:
    """Whose each record is, of those that the acting party reads; the database decides which."""
    kept = {table.kind for table in record_tables()}
    by_kind: dict[str, list[int]] = {}
    for unit in units:
        by_kind.setdefault(unit.kind, []).append(unit.id)
    return {
        (kind, pk): owner
        for kind, ids in by_kind.items()
        if kind in kept
        for pk, owner in records(kind, ids).values_list("pk", "owner_id")
    }
