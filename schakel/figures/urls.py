"""Addresses of this room."""

from django.urls import URLPattern

app_name = "figures"
urlpatterns: list[URLPattern] = []
