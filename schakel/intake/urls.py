"""Addresses of deliveries and records."""

from django.urls import path

from schakel.intake.views import deliveries, desk, findings, pieces, records, sending, working

app_name = "intake"
urlpatterns = [
    path("nakijken/", desk.desk, name="desk"),
    path("aanleveringen/", deliveries.deliveries, name="deliveries"),
    path("aanleveringen/nieuw/", sending.begin, name="new"),
    path("aanleveringen/<int:delivery_id>/", deliveries.delivery, name="delivery"),
    path("aanleveringen/<int:delivery_id>/stand/", working.standing, name="standing"),
    path("aanleveringen/<int:delivery_id>/opnieuw/", working.again, name="again"),
    path("aanleveringen/<int:delivery_id>/toevoegen/", sending.add, name="add"),
    path("aanleveringen/<int:delivery_id>/klaar/", sending.finish, name="finish"),
    path("aanleveringen/<int:delivery_id>/weggooien/", sending.discard, name="discard"),
    path("aanleveringen/<int:delivery_id>/bestanden/", pieces.create, name="pieces"),
    path("aanleveringen/<int:delivery_id>/bestanden/<int:file_id>/", pieces.piece, name="piece"),
    path("aanleveringen/<int:delivery_id>/bestanden/<int:file_id>/weg/", sending.take_out, name="take-out"),
    path("aanleveringen/<int:delivery_id>/bevindingen/", findings.findings, name="findings"),
    path("bestanden/<int:file_id>/", deliveries.file, name="file"),
    path("records/<slug:kind>/<int:record_id>/", records.record, name="record"),
]
