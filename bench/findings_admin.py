"""The peer of `findings.py`: Django's own admin over the same rows, as settings, URLs and WSGI in one."""

from __future__ import annotations

from schakel.settings import *  # noqa: F403 - a peer is ours with the admin beside it
from schakel.settings import INSTALLED_APPS as _OURS

INSTALLED_APPS = ["django.contrib.admin", *_OURS]
ROOT_URLCONF = "findings_admin"


def _application() -> object:
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def __getattr__(name: str) -> object:
    """``application`` and ``urlpatterns``, which need the settings above to be read first."""
    if name == "application":
        return _application()
    if name == "urlpatterns":
        return _urls()
    raise AttributeError(name)


def _urls() -> list[object]:
    from django.contrib import admin
    from django.urls import include, path

    from schakel.intake.models import DeliveryFinding

    class Site(admin.AdminSite):
        def has_permission(self, request: object) -> bool:
            return True

    class Findings(admin.ModelAdmin):  # type: ignore[type-arg]
        list_display = ("check_id", "severity", "cell", "number", "value", "message_nl")
        list_filter = ("check_id", "severity", "kind", "table", "waived")
        list_per_page = 50

        def has_module_permission(self, request: object) -> bool:
            return True

        has_view_permission = has_change_permission = lambda self, request, obj=None: True
        has_add_permission = has_delete_permission = lambda self, request, obj=None: False

    site = Site()
    site.register(DeliveryFinding, Findings)
    return [path("admin/", site.urls), path("", include("schakel.urls"))]
