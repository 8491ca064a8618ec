"""Addresses of what a party takes along."""

from django.urls import path

from schakel.documents import pages

app_name = "documents"
urlpatterns = [
    path("meenemen/", pages.packages, name="packages"),
    path("meenemen/<int:package_id>/bestand/", pages.package_file, name="package_file"),
    path("meenemen/<int:package_id>/weghalen/", pages.remove, name="package_remove"),
]
