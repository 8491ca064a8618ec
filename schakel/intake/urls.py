"""Addresses of deliveries and records."""

from django.urls import path

from schakel.intake import views

app_name = "intake"
urlpatterns = [
    path("aanleveringen/", views.deliveries, name="deliveries"),
    path("aanleveringen/<int:delivery_id>/", views.delivery, name="delivery"),
    path("aanleveringen/<int:delivery_id>/bevindingen/", views.findings, name="findings"),
    path("bestanden/<int:file_id>/", views.file, name="file"),
    path("records/<slug:kind>/<int:record_id>/", views.record, name="record"),
]
