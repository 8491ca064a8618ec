"""Addresses of the running itself."""

from django.urls import path

from schakel.cli import status, views

app_name = "cli"
urlpatterns = [
    path("status/live/", status.live, name="live"),
    path("status/ready/", status.ready, name="ready"),
    path("status/metrics/", status.metrics, name="metrics"),
    path("beheer/taken/", views.jobs, name="jobs"),
]
