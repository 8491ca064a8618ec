"""Addresses of figures."""

from django.urls import path

from schakel.figures.views import behind, indicator, overview

app_name = "figures"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("cijfers/<slug:indicator_id>/", indicator.indicator, name="indicator"),
    path("cijfers/<slug:indicator_id>/lijst/", behind.behind, name="list"),
]
