"""What proposals and rounds of joining do to figures, told by the room that counts and kept for pages.

Invariant: each party asks for itself, and what is kept is its own: an agency's own figures, the network's for the
secretariat. The rooms above count it; here it is only kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from schakel.network.models import Party, PartyKind
from schakel.register.models import FigureEffect, Proposal, RoundTold
from schakel.register.proposals import open_proposals
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

Sort = Literal["proposal", "round"]


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure of a year that changes. ``unit``: count, eur (in euros), fte, tonne, share, ratio or growth."""

    id: str
    name: Words
    unit: str
    year: int
    before: Decimal | None
    after: Decimal | None


# Of a party: what the proposal or round of that number changes of its figures; None where it cannot be told.
Counted = Callable[[Party, Sort, int], Sequence[Changed] | None]
_counted: dict[str, Counted] = {}
Address = Callable[[str, int], str]
_addresses: dict[str, Address] = {}


def register_counting(name: str, counted: Counted, address: Address) -> None:
    """Have ``counted`` asked for effects, and ``address`` for the page of a figure by its id and year."""
    _counted[name], _addresses[name] = counted, address


def address_of(figure: str, year: int) -> str:
    """The page of a figure; empty where it is known no more."""
    return next((found for _name, address in sorted(_addresses.items()) if (found := address(figure, year))), "")


def count_effects() -> int:
    """Count for each party what open proposals would do, and what rounds did of which it is not kept yet.

    Gives how many were counted. For the worker: it acts for one party after the other.
    """
    parties = Party.objects.filter(kind__in=(PartyKind.AGENCY, PartyKind.SECRETARIAT)).order_by("pk")
    return sum(_count_for(party) for party in parties)


def _count_for(party: Party) -> int:
    actor = Actor(party=party.pk, process="worker")
    with acting(actor):
        proposals = list(open_proposals())
        rounds = list(RoundTold.objects.filter(effects__isnull=True).order_by("pk"))
    of_proposals = [(one, _asked(party, "proposal", one.pk)) for one in proposals]
    of_rounds = [(one, _asked(party, "round", one.round_id)) for one in rounds]
    with acting(actor):
        for sort, told in (("proposal", of_proposals), ("round", of_rounds)):
            counted = [(one, figures) for one, figures in told if figures is not None]
            for one, figures in counted:
                of = {"proposal": one} if isinstance(one, Proposal) else {"told": one}
                FigureEffect.objects.update_or_create(owner=party, **of, defaults={"figures": figures})
            if counted:
                note(actor=actor, verb="counted effects", kind=sort, objects=[one.pk for one, _figures in counted])
    return sum(figures is not None for _one, figures in [*of_proposals, *of_rounds])


def _asked(party: Party, sort: Sort, number: int) -> list[Mapping[str, Any]] | None:
    """The figures that change, as they are kept; None where they cannot be told, so that they are asked again."""
    found: list[Mapping[str, Any]] = []
    for name in sorted(_counted):
        told = _counted[name](party, sort, number)
        if told is None:
            return None
        found += map(_plain, told)
    return found


def _plain(changed: Changed) -> Mapping[str, Any]:
    return {
        "id": changed.id,
        "nl": changed.name.nl,
        "en": changed.name.en,
        "unit": changed.unit,
        "year": changed.year,
        "before": None if changed.before is None else str(changed.before),
        "after": None if changed.after is None else str(changed.after),
    }
