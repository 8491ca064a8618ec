"""The overview, on screen and on one page of paper: the key figures of a year by somebody's own view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from schakel.figures import queries
from schakel.figures.catalogue import catalogue
from schakel.figures.pages import overview as shown
from schakel.figures.pages.addresses import all_url, overview_url, pdf_url
from schakel.figures.views.asked import counted
from schakel.figures.views.ground import Ground, ground_of
from schakel.figures.vintages import is_maker
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.forms import choose


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address of the overview asks for, and what was found for it."""

    ground: Ground
    mapped: str
    overview: shown.Overview

    def url(self, **other: str | int) -> str:
        """The address of this overview with something else asked."""
        return overview_url(**(self.said | other))

    @property
    def said(self) -> dict[str, str | int]:
        """What its address says."""
        return self.ground.said | {"kaart": self.mapped}


@for_parties()
@counted
def overview(request: PartyRequest) -> HttpResponse:
    """The key figures of a year: the network's, an agency's, a province's or the ministry's."""
    return render(request, "figures/overview.html", _context(asked(request)))


def asked(request: PartyRequest) -> Asked:
    """The overview that a request asks for. Raises Http404, NotPublishedError, NoFiguresError, CountingError."""
    ground, mapped = ground_of(request), _mapped(request)
    party, vintage = ground.party, ground.vintage
    answers = queries.several(party, shown.wanted(ground.lens, ground.read, ground.year, mapped))
    found = shown.taken(party, ground.lens, ground.read, year=ground.year, answers=answers, stand=ground.stand)
    signed = ground.readable.signed(ground.year) if is_maker(party) and vintage.state == "provisional" else (0, 0)
    return Asked(ground, mapped, shown.overview_of(found, vintage, ground.agencies, mapped, signed))


def _mapped(request: PartyRequest) -> str:
    said = request.GET.get("kaart", "")
    return said if said in shown.MAPPED else shown.MAPPED[0]


def _context(found: Asked) -> dict[str, Any]:
    ground = found.ground
    return {
        "overview": found.overview,
        "year": ground.year,
        "vintage": ground.vintage,
        "years": [(str(year), found.url(year=year, stand="")) for year in ground.known],
        "this_year": found.url(stand=""),
        "lenses": [(lens.label, found.url(voor=lens.key)) for lens in ground.tabs],
        "current": found.url(),
        "form": ViewForm(found, initial=found.said),
        "all": all_url(**ground.said),
        "pdf": pdf_url(**found.said),
    }


class ViewForm(forms.Form):
    """Another view, and what the maps show."""

    year = forms.CharField(widget=forms.HiddenInput)
    stand = forms.CharField(widget=forms.HiddenInput, required=False)
    voor = forms.ChoiceField(label=_("View"))
    kaart = forms.ChoiceField(label=_("On the maps"))

    def __init__(self, found: Asked, **kwargs: Any) -> None:  # noqa: ANN401 - any form's
        super().__init__(**kwargs)
        choose(self, "voor", [(lens.key, lens.label) for lens in found.ground.lenses])
        mapped = [(name, queries.name_of(catalogue()[name])) for name in shown.MAPPED]
        choose(self, "kaart", mapped)
