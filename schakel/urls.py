"""All addresses: each room under its own."""

from django.urls import URLPattern, URLResolver, include, path

from schakel.api import BASE, api

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{BASE.lstrip('/')}/", api.urls),
    path("", include("schakel.figures.urls")),
    path("", include("schakel.network.urls")),
    path("", include("schakel.network.signing.urls")),
    path("", include("schakel.sharing.urls")),
    path("", include("schakel.sharing.people.urls")),
    path("", include("schakel.privacy.urls")),
    path("", include("schakel.documents.urls")),
    path("", include("schakel.sharing.logbook.urls")),
    path("", include("schakel.search.urls")),
    path("", include("schakel.register.urls")),
    path("", include("schakel.intake.urls")),
    path("", include("schakel.inbox.urls")),
    path("", include("schakel.cli.urls")),
    path("", include("schakel.web.urls")),
]

handler400 = "schakel.errors.bad_request"
handler404 = "schakel.errors.not_found"
handler500 = "schakel.errors.server_error"
