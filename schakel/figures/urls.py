"""Addresses of figures."""

from django.urls import path

from schakel.figures.views import behind, bodies, definitions, indicator, overview, paper, revision, year

app_name = "figures"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("cijfers/definities/", definitions.definitions, name="definitions"),
    path("cijfers/overzicht.pdf", paper.overview_pdf, name="overview_pdf"),
    path("cijfers/jaar/<int:period>/", year.year, name="year"),
    path("cijfers/jaar/<int:period>/afsluiting/", year.closing, name="year_closing"),
    path("cijfers/jaar/<int:period>/herziening/<int:version>/", revision.revision, name="revision"),
    path("cijfers/organen/", bodies.bodies, name="bodies"),
    path("cijfers/<slug:indicator_id>/", indicator.indicator, name="indicator"),
    path("cijfers/<slug:indicator_id>/lijst/", behind.behind, name="list"),
]
