"""Addresses of deliveries and records."""

from django.urls import path

from schakel.intake.views import deliveries, findings, records

app_name = "intake"
urlpatterns = [
    path("aanleveringen/", deliveries.deliveries, name="deliveries"),
    path("aanleveringen/<int:delivery_id>/", deliveries.delivery, name="delivery"),
    path("aanleveringen/<int:delivery_id>/bevindingen/", findings.findings, name="findings"),
    path("bestanden/<int:file_id>/", deliveries.file, name="file"),
    path("records/<slug:kind>/<int:record_id>/", records.record, name="record"),
]
