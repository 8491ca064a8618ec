"""Addresses of personal data: requests, periods, the register, one's own."""

from django.urls import path

from schakel.privacy import own_pages, pages

app_name = "privacy"
urlpatterns = [
    path("privacy/", pages.requests, name="requests"),
    path("privacy/bewaren/", pages.retention, name="retention"),
    path("privacy/register/", pages.processing, name="processing"),
    path("privacy/<int:request_id>/", pages.one, name="request"),
    path("privacy/<int:request_id>/gegevens/", pages.export, name="export"),
    path("privacy/<int:request_id>/<slug:verb>/", pages.act, name="act"),
    path("mijn-gegevens/", own_pages.mine, name="mine"),
    path("mijn-gegevens/meenemen/", own_pages.take_along, name="take-along"),
    path("mijn-gegevens/wissen/", own_pages.ask_erasure, name="ask-erasure"),
]
