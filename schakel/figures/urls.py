"""Addresses of figures."""

from django.urls import path

from schakel.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("cijfers/<slug:indicator_id>/", views.indicator, name="indicator"),
    path("cijfers/<slug:indicator_id>/lijst/", views.behind, name="list"),
]
