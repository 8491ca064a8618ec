"""The command line as a Django app: it has commands and background work, and no tables."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """Names the app."""

    name = "schakel.cli"
    label = "cli"
