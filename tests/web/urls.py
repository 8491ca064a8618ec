"""Addresses for looking at the shell alone."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from schakel.web import views
from tests.web.style import style_page


def forbidden(_request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def broken(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    path("", views.help_page, name="home"),
    path("stijl/", style_page, name="style"),
    path("zoeken/", views.help_page, name="search"),
    path("werk/", views.help_page, name="inbox"),
    path("", include(([path("afmelden/", views.help_page, name="sign-out")], "network"))),
    path("verboden/", forbidden, name="forbidden"),
    path("kapot/", broken, name="broken"),
    path("", include("schakel.web.urls")),
]
