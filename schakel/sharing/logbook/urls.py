"""Addresses of the audit log."""

from django.urls import path

from schakel.sharing.logbook import pages

app_name = "logbook"
urlpatterns = [
    path("logboek/", pages.lines, name="lines"),
    path("logboek/<int:line_id>/", pages.line, name="line"),
    path("logboek/bestand/<slug:form>/", pages.file, name="file"),
]
