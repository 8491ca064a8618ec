"""What every page of figures begins with: who counts answers, which year is asked, which indicator."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render

from schakel.figures import queries
from schakel.figures.asking import QuestionError
from schakel.figures.catalogue import Indicator
from schakel.figures.process import CountingError
from schakel.sharing.requests import PartyRequest, View


def counted(view: View[...]) -> View[...]:
    """Where the counting process does not answer, a page that says so and what to do."""

    @wraps(view)
    def guarded(request: PartyRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view's
        try:
            return view(request, *args, **kwargs)
        except CountingError:
            return render(request, "figures/unavailable.html", status=503)
        except QuestionError as error:
            raise Http404(str(error)) from error

    return guarded


def year_asked(request: PartyRequest, known: list[int]) -> int:
    """The year asked for, where there are figures of it; else the newest."""
    asked = request.GET.get("year", "")
    if asked.isdigit() and int(asked) in known:
        return int(asked)
    return known[0]


def indicator_or_404(indicator_id: str) -> Indicator:
    """The indicator of the catalogue. Raises Http404."""
    found = queries.indicator(indicator_id)
    if found is None:
        raise Http404
    return found
