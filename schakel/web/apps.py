"""The page shell as a Django app; it knows no room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base template, components, static files, number formats, charts."""

    name = "schakel.web"
    label = "web"
