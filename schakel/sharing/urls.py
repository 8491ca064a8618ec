"""Addresses of what a party lets others and its own systems do."""

from django.urls import path

from schakel.sharing import mandate_pages, review_pages, views

app_name = "sharing"
urlpatterns = [
    path("sleutels/", views.tokens, name="tokens"),
    path("sleutels/<int:token_id>/intrekken/", views.withdraw, name="withdraw-token"),
    path("inzage/", mandate_pages.mandates, name="mandates"),
    path("inzage/<int:mandate_id>/intrekken/", mandate_pages.withdraw, name="withdraw-mandate"),
    path("afspraken/identiteit/", review_pages.identity_review, name="identity-review"),
    path("afspraken/identiteit/beeindigen/", review_pages.end, name="end-identity-review"),
]
