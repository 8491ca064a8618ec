"""Addresses of the register: an organisation, what is doubtful, and what people said of it."""

from django.urls import path

from schakel.register.pages import (
    afterwards,
    doubts,
    organisation,
    proposed,
    reviewing,
    rounds,
    said,
    unnamed,
    workbooks,
)

app_name = "register"
urlpatterns = [
    path("organisaties/<int:record_id>/", organisation.organisation, name="organisation"),
    path("handelsregister/<slug:kvk>/", organisation.published, name="published"),
    path("identiteit/", doubts.doubts, name="doubts"),
    path("identiteit/nakijken/", reviewing.review, name="review"),
    path("identiteit/nakijken/<int:doubt_id>/", reviewing.doubt, name="doubt"),
    path("identiteit/antwoorden/", said.said, name="said"),
    path("identiteit/antwoorden/<int:judgement_id>/bevestigen/", said.confirmed, name="confirm"),
    path("identiteit/antwoorden/<int:judgement_id>/terugnemen/", said.taken_back, name="take-back"),
    path("identiteit/antwoorden/<int:judgement_id>/ongedaan/", reviewing.undo, name="undo"),
    path("identiteit/voorstellen/", proposed.proposals, name="proposals"),
    path("identiteit/voorstellen/<int:proposal_id>/", proposed.proposal, name="proposal"),
    path("identiteit/rondes/", rounds.rounds, name="rounds"),
    path("identiteit/rondes/<int:told_id>/", rounds.joining_round, name="round"),
    path("identiteit/zonder-namen/", unnamed.unnamed, name="unnamed"),
    path("identiteit/werkboek/", workbooks.workbook, name="workbook"),
    path("identiteit/werkboek/bestand/", workbooks.taken, name="workbook-file"),
    path("identiteit/aanlevering/<int:delivery_id>/", afterwards.linked, name="linked"),
]
