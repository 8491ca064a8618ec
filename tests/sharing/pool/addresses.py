"""The site's addresses, and some at which a transaction fails, is left half way, or is asked by nobody."""

from __future__ import annotations

from django.db import DataError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from schakel.register.models import Organisation

handler400 = "schakel.errors.bad_request"
handler404 = "schakel.errors.not_found"
handler500 = "schakel.errors.server_error"


def _names() -> str:
    return " ".join(Organisation.objects.values_list("name", flat=True))


def nobody(request: HttpRequest) -> HttpResponse:
    """What the database shows on a connection as it comes from the pool, before anybody acts."""
    return HttpResponse(_names())


def statement(request: HttpRequest) -> HttpResponse:
    """A statement fails in the midst, and nobody catches it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / (SELECT count(*) * 0 FROM register_organisation)")
    return HttpResponse(_names())


def late(request: HttpRequest) -> HttpResponse:
    """All was read, and then the page fails."""
    raise RuntimeError(str(len(_names())))


def swallowed(request: HttpRequest) -> HttpResponse:
    """A statement fails and is taken for granted: the transaction is lost, and the page answers all the same."""
    told = _names()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
    except DataError:
        pass
    return HttpResponse(told)


def slow(request: HttpRequest) -> HttpResponse:
    """Holds a connection for a while; who asked has gone by then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.05)")
    return HttpResponse(_names())


urlpatterns = [
    path("status/nobody/", nobody),
    path("breaks/statement/", statement),
    path("breaks/late/", late),
    path("breaks/swallowed/", swallowed),
    path("breaks/slow/", slow),
    path("", include("schakel.urls")),
]
