"""What every page of figures begins with: who counts answers, which year is asked, which indicator."""

from __future__ import annotations

import re
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from schakel.figures import queries
from schakel.figures.asking import QuestionError
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.process import CountingError
from schakel.figures.vintages import NotPublishedError, Readable, editions, is_maker, readable_years
from schakel.sharing.requests import PartyRequest, View

_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


def counted(view: View[...]) -> View[...]:
    """Where the counting process does not answer, a page that says so and what to do."""

    @wraps(view)
    def guarded(request: PartyRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view's
        try:
            return view(request, *args, **kwargs)
        except CountingError:
            return render(request, "figures/unavailable.html", status=503)
        except NoFiguresError:
            return render(request, "figures/empty.html", {"maker": is_maker(request.role_held.party)})
        except NotPublishedError as awaited:
            return not_published(request, awaited.year)
        except QuestionError as error:
            raise Http404(str(error)) from error

    return guarded


class NoFiguresError(Exception):
    """There is no year yet of which the acting party may read figures."""


def year_asked(request: PartyRequest, known: list[int]) -> int:
    """The year asked for, of those there are figures of for who asks (``known``); the newest where none is asked.

    Raises NoFiguresError where there are none at all, NotPublishedError for a reader who asks for another.
    """
    if not known:
        raise NoFiguresError
    asked = request.GET.get("year", "")
    if asked.isdigit() and int(asked) in known:
        return int(asked)
    if _YEAR.fullmatch(asked) and not is_maker(request.role_held.party):
        raise NotPublishedError(int(asked))
    return known[0]


def vintage_asked(request: PartyRequest, readable: Readable) -> Vintage:
    """Which figures are asked for (``?year=``, ``?stand=``, see ``editions.decide``).

    Raises what ``year_asked`` raises.
    """
    return readable.vintage(year_asked(request, readable.years), request.GET.get("stand", ""))


def not_published(request: PartyRequest, year: int) -> HttpResponse:
    """That a year is not published, and when it is to be, where an hour is set."""
    hours = [each.publish_at for each in editions(year) if each.publication is not None and each.publish_at]
    years = readable_years(request.role_held.party)
    context = {"year": year, "hour": hours[-1] if hours else None, "years": years}
    return render(request, "figures/not_published.html", context, status=404)


def indicator_or_404(indicator_id: str) -> Indicator:
    """The indicator of the catalogue. Raises Http404."""
    found = queries.indicator(indicator_id)
    if found is None:
        raise Http404
    return found
