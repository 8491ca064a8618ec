"""Addresses of deliveries and records."""

from django.urls import path

from schakel.intake.views import (
    deliveries,
    desk,
    difference,
    findings,
    mapping,
    mappings,
    pieces,
    receipts,
    records,
    returned,
    sending,
    vanished,
    working,
)

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
    path("aanleveringen/<int:delivery_id>/koppeling/", mapping.mapping, name="mapping"),
    path("aanleveringen/<int:delivery_id>/koppeling/voorbeeld/", mapping.example, name="mapping-example"),
    path("koppelingen/", mappings.mappings, name="mappings"),
    path("koppelingen/<int:version>/", mappings.version, name="mapping-version"),
    path("koppelingen/<int:version>/toml/", mappings.download, name="mapping-download"),
    path("koppelingen/<int:version>/terug/", mappings.bring_back, name="mapping-back"),
    path("aanleveringen/<int:delivery_id>/bevindingen/", findings.findings, name="findings"),
    path("aanleveringen/<int:delivery_id>/verschil/", difference.difference, name="difference"),
    path("aanleveringen/<int:delivery_id>/accepteren/", difference.accept, name="accept"),
    path("aanleveringen/<int:delivery_id>/verdwenen/", vanished.vanished, name="vanished"),
    path("aanleveringen/<int:delivery_id>/ontvangst/", receipts.receipt, name="receipt"),
    path("aanleveringen/<int:delivery_id>/ontvangst.<slug:ending>", receipts.taken_along, name="receipt-file"),
    path("aanleveringen/<int:delivery_id>/werkboek/", returned.returned, name="returned"),
    path("aanleveringen/<int:delivery_id>/werkboek/<int:returned_id>/", returned.returned_file, name="returned-file"),
    path("bestanden/<int:file_id>/", deliveries.file, name="file"),
    path("records/<slug:kind>/<int:record_id>/", records.record, name="record"),
]
