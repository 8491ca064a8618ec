"""What is answered where no view could: in a page for people, as a problem (RFC 9457) for systems that use the API."""

from __future__ import annotations

import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from schakel.api import BASE, problem
from schakel.web.no_room import no_room

_NOT_THIS_WAY, _TOO_LARGE, _NOT_STORED = 405, 413, 507
_LARGEST, _LARGEST_ID = 2**31 - 1, 2**63 - 1  # a year or a turn, and the id of a record
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request cannot be read: 413 where it is more than is taken at once, else 400."""
    if not isinstance(exception, _TOO_MUCH):
        return defaults.bad_request(request, exception)
    files = settings.DATA_UPLOAD_MAX_NUMBER_FILES
    return render(request, "413.html", {"files": files}, status=_TOO_LARGE)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is nothing at this address."""
    if request.path.startswith(f"{BASE}/"):
        return _nothing_here()
    return defaults.page_not_found(request, exception)


def _nothing_here() -> HttpResponse:
    said = _("There is nothing at this address; %(description)s says what there is.")
    return problem(404, _("Not found"), said % {"description": f"{BASE}/openapi.json"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Something failed here: 507 where the disk is full, else 500. Needs no database: that may be what failed."""
    if no_room(sys.exc_info()[1]):
        return render(None, "507.html", status=_NOT_STORED)
    return defaults.server_error(request)


def methods_told(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: Django's answer to a method that an address does not take is empty; this says what to do."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        refused = get_response(request)
        if refused.status_code != _NOT_THIS_WAY:
            return refused
        allowed = refused.headers.get("Allow", "")
        if request.path.startswith(f"{BASE}/"):
            said = _("This address takes %(allowed)s, and no %(method)s.")
            told = problem(_NOT_THIS_WAY, _("Not this way"), said % {"allowed": allowed, "method": request.method})
        else:
            told = render(request, "405.html", status=_NOT_THIS_WAY)
        told.headers["Allow"] = allowed
        return told

    return answer


class NumbersThatAreNoneMiddleware:
    """An address with a number larger than any that is kept leads nowhere, whichever statement it would have gone into.

    Django's own questions know that by themselves; those that stand written out do not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer of the layers below."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, words: tuple[object, ...], asked: dict[str, object]
    ) -> HttpResponse | None:
        """Not found, before any question is asked, where a number of the address is too large to be one of ours."""
        for name, value in asked.items():
            if isinstance(value, int) and value > (_LARGEST_ID if name.endswith("id") else _LARGEST):
                return not_found(request, Http404())
        return None
