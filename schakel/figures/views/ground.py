"""What a page of a year's figures stands on: whose view it is, of which year, and what may be read of the others."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from schakel.figures import queries
from schakel.figures.editions import Vintage
from schakel.figures.lenses import Lens, LensError, all_lenses, chosen, own_lenses
from schakel.figures.views.asked import vintage_asked
from schakel.figures.vintages import Readable
from schakel.network.models import Party
from schakel.network.queries import every_agency
from schakel.sharing.requests import PartyRequest


@dataclass(frozen=True, slots=True)
class Ground:
    """The view, the year and the figures of it that a request asks for.

    ``known``: the years that may be read, newest first; ``read``: their figures. ``stand``: which figures of the year
    were asked for.
    """

    party: Party
    readable: Readable
    known: list[int]
    read: dict[int, Vintage]
    vintage: Vintage
    agencies: list[Party]
    lens: Lens
    lenses: list[Lens]
    stand: str

    @property
    def year(self) -> int:
        """The year that is shown."""
        return self.vintage.period

    @property
    def said(self) -> dict[str, str | int]:
        """What the address of the page says of it."""
        return {"year": self.year, "voor": self.lens.key, "stand": self.stand}

    @property
    def tabs(self) -> list[Lens]:
        """One's own views, and the one that was chosen from the list; empty where there is one alone."""
        own = own_lenses(self.party)
        shown = own if self.lens in own else [*own, self.lens]
        return shown if len(shown) > 1 else []


def ground_of(request: PartyRequest) -> Ground:
    """What ``?year=``, ``?voor=`` and ``?stand=`` ask for.

    Raises Http404 for a view that is not there for who asks, and what ``vintage_asked`` raises.
    """
    party = request.role_held.party
    readable = Readable(party)
    known, read = readable.years, readable.vintages(readable.years)
    vintage = vintage_asked(request, readable)
    read[vintage.period] = vintage
    everyone = every_agency()
    lenses = all_lenses(party, queries.audience_of(party), everyone)
    try:
        lens = chosen(request.GET.get("voor", ""), lenses)
    except LensError as error:
        raise Http404 from error
    return Ground(party, readable, known, read, vintage, everyone, lens, lenses, request.GET.get("stand", ""))
