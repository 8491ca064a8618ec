"""Addresses of what a party lets others and its own systems do."""

from django.urls import path

from schakel.sharing import agreement_pages, mandate_pages, review_pages, shared_pages, views

app_name = "sharing"
urlpatterns = [
    path("sleutels/", views.tokens, name="tokens"),
    path("sleutels/<int:token_id>/intrekken/", views.withdraw, name="withdraw-token"),
    path("inzage/", mandate_pages.mandates, name="mandates"),
    path("inzage/<int:mandate_id>/intrekken/", mandate_pages.withdraw, name="withdraw-mandate"),
    path("afspraken/", agreement_pages.listed, name="agreements"),
    path("afspraken/nieuw/<slug:standing>/", agreement_pages.new, name="new-agreement"),
    path("afspraken/<int:agreement_id>/", agreement_pages.one, name="agreement"),
    path("afspraken/<int:agreement_id>/bewerken/", agreement_pages.edit, name="edit-agreement"),
    path("afspraken/<int:agreement_id>/<slug:verb>/", agreement_pages.act, name="agreement-act"),
    path("afspraken/identiteit/", review_pages.identity_review, name="identity-review"),
    path("afspraken/identiteit/beeindigen/", review_pages.end, name="end-identity-review"),
    path("gedeeld/", shared_pages.received, name="received"),
    path("gedeeld/<slug:kind>/", shared_pages.received_kind, name="received-kind"),
    path("gedeeld/<slug:kind>/<int:record_id>/", shared_pages.card, name="card"),
    path("wij-delen/", shared_pages.given, name="given"),
    path("wij-delen/<slug:slug>/<slug:kind>/", shared_pages.given_kind, name="given-kind"),
    path("wij-delen/<slug:slug>/<slug:kind>/<int:record_id>/", shared_pages.preview, name="preview"),
]
