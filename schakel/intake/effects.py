"""What intake shows of figures, told by the rooms that count: an owner's own figures, and which ones count a kind.

Invariant: what is told here is counted from records of the acting party alone, never the network's figure: nobody
learns what another agency has from a number that moves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schakel.network.models import Party
from schakel.words import Words


@dataclass(frozen=True, slots=True)
class OwnFigure:
    """A figure of one owner and year. ``unit``: count, eur (in euros), fte, tonne, share or ratio."""

    id: str
    name: Words
    unit: str
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class CountedIn:
    """A figure in which records of a kind count; ``url`` is its page."""

    id: str
    name: Words
    url: str


Effect = Callable[[int, int], Iterable[OwnFigure]]
Counted = Callable[[Party, int], Sequence[OwnFigure] | None]
Use = Callable[[str], Iterable[CountedIn]]
_effects: dict[str, Effect] = {}
_uses: dict[str, Use] = {}
_counted: dict[str, Counted] = {}


def register_effect(name: str, told: Effect) -> None:
    """Have ``told(owner, period)`` asked for the owner's own figures, before and after what an acceptance would write.

    It is called inside the owner's transaction, with the rights of the worker.
    """
    _effects[name] = told


def register_use(name: str, told: Use) -> None:
    """Have ``told(kind)`` asked in which figures records of a kind count."""
    _uses[name] = told


def register_counted(name: str, told: Counted) -> None:
    """Have ``told(party, period)`` asked for the party's own figures as whoever reads the figures gets them.

    None is the answer of a room that cannot say them now; it does not keep who asks waiting for long.
    """
    _counted[name] = told


def counted_figures(party: Party, period: int) -> list[OwnFigure] | None:
    """All rooms' figures of a party's own as they are counted for readers; None where a room is away."""
    found: list[OwnFigure] = []
    for name in sorted(_counted):
        told = _counted[name](party, period)
        if told is None:
            return None
        found += told
    return found


def kept(figures: Iterable[OwnFigure] | None) -> list[dict[str, Any]] | None:
    """Figures as plain values, to be kept; None where they were away."""
    if figures is None:
        return None
    return [
        {"id": each.id, "nl": each.name.nl, "en": each.name.en, "unit": each.unit, "value": _plain(each.value)}
        for each in figures
    ]


def own_figures(owner: int, period: int) -> list[OwnFigure]:
    """All rooms' figures of an owner's own records of a period."""
    return [figure for name in sorted(_effects) for figure in _effects[name](owner, period)]


def counted_in(kind: str) -> list[CountedIn]:
    """The figures in which records of ``kind`` count."""
    return [use for name in sorted(_uses) for use in _uses[name](kind)]


def effects(before: Iterable[OwnFigure], after: Iterable[OwnFigure]) -> Iterator[dict[str, Any]]:
    """Plain values for `Delivery.effects`: each figure now and after, those that stay as they are as well."""
    known = {figure.id: figure for figure in before}
    for figure in after:
        now = known[figure.id].value if figure.id in known else None
        yield {
            "id": figure.id,
            "nl": figure.name.nl,
            "en": figure.name.en,
            "unit": figure.unit,
            "now": _plain(now),
            "after": _plain(figure.value),
        }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
