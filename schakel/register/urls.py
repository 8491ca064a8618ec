"""Addresses of the register."""

from django.urls import path

from schakel.register.pages import organisation

app_name = "register"
ORGANISATION = [
    path("organisaties/<int:record_id>/", organisation.organisation, name="organisation"),
    path("handelsregister/<slug:kvk>/", organisation.published, name="published"),
]
urlpatterns = [*ORGANISATION]
