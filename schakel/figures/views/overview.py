"""The overview, on screen and on one page of paper: the key figures of a year by somebody's own view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from schakel.figures import queries
from schakel.figures.catalogue import catalogue
from schakel.figures.editions import Vintage
from schakel.figures.lenses import Lens, LensError, all_lenses, chosen, own_lenses
from schakel.figures.pages import overview as shown
from schakel.figures.pages.addresses import overview_url, pdf_url
from schakel.figures.views.asked import counted, vintage_asked
from schakel.figures.vintages import Readable, is_maker
from schakel.network.models import Party
from schakel.network.queries import agencies
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.forms import choose


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the overview asks for, and what was found for it."""

    known: list[int]
    year: int
    vintage: Vintage
    lens: Lens
    lenses: list[Lens]
    mapped: str
    stand: str
    overview: shown.Overview

    def url(self, **other: str | int) -> str:
        """The address of this overview with something else asked."""
        return overview_url(**(self.said | other))

    @property
    def said(self) -> dict[str, str | int]:
        """What its address says."""
        return {"year": self.year, "voor": self.lens.key, "kaart": self.mapped, "stand": self.stand}


@for_parties()
@counted
def overview(request: PartyRequest) -> HttpResponse:
    """The key figures of a year: the network's, an agency's, a province's or the ministry's."""
    return render(request, "figures/overview.html", _context(request, asked(request)))


def asked(request: PartyRequest) -> Asked:
    """The overview that a request asks for. Raises Http404, NotPublishedError, NoFiguresError, CountingError."""
    party = request.role_held.party
    readable = Readable(party)
    known, read = readable.years, readable.vintages(readable.years)
    vintage = vintage_asked(request, readable)
    year = vintage.period
    read[year] = vintage
    everyone = list(agencies())
    lenses = all_lenses(party, queries.audience_of(party), everyone)
    lens, mapped = _lens(request, lenses), _mapped(request)
    answers = queries.several(party, shown.wanted(lens, read, year, mapped))
    stand = request.GET.get("stand", "")
    found = shown.taken(party, lens, read, year=year, answers=answers, stand=stand)
    signed = readable.signed(year) if is_maker(party) and vintage.state == "provisional" else (0, 0)
    made = shown.overview_of(found, vintage, everyone, mapped, signed)
    return Asked(known, year, vintage, lens, lenses, mapped, stand, made)


def _lens(request: PartyRequest, lenses: list[Lens]) -> Lens:
    try:
        return chosen(request.GET.get("voor", ""), lenses)
    except LensError as error:
        raise Http404 from error


def _mapped(request: PartyRequest) -> str:
    said = request.GET.get("kaart", "")
    return said if said in shown.MAPPED else shown.MAPPED[0]


def _context(request: PartyRequest, found: Asked) -> dict[str, Any]:
    own = _own_tabs(request.role_held.party, found.lens)
    return {
        "overview": found.overview,
        "year": found.year,
        "vintage": found.vintage,
        "years": [(str(year), found.url(year=year, stand="")) for year in found.known],
        "this_year": found.url(stand=""),
        "lenses": [(lens.label, found.url(voor=lens.key)) for lens in own] if len(own) > 1 else [],
        "current": found.url(),
        "form": ViewForm(found, initial=found.said),
        "pdf": pdf_url(**found.said),
    }


def _own_tabs(party: Party, lens: Lens) -> list[Lens]:
    """One's own views, and the one that was chosen from the list."""
    own = own_lenses(party)
    return own if lens in own else [*own, lens]


class ViewForm(forms.Form):
    """Another view, and what the maps show."""

    year = forms.CharField(widget=forms.HiddenInput)
    stand = forms.CharField(widget=forms.HiddenInput, required=False)
    voor = forms.ChoiceField(label=_("View"))
    kaart = forms.ChoiceField(label=_("On the maps"))

    def __init__(self, found: Asked, **kwargs: Any) -> None:  # noqa: ANN401 - any form's
        super().__init__(**kwargs)
        choose(self, "voor", [(lens.key, lens.label) for lens in found.lenses])
        mapped = [(name, queries.name_of(catalogue()[name])) for name in shown.MAPPED]
        choose(self, "kaart", mapped)
