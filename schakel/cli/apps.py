"""The command line as a Django app: it has commands and background work, and no tables."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CliConfig(AppConfig):
    """Names the app."""

    name = "schakel.cli"
    label = "cli"

    def ready(self) -> None:
        """Put the failed jobs in the navigation of who sees to them, and say what helps there."""
        import_module("schakel.cli.acts")
        import_module("schakel.cli.helping")
        navigation = import_module("schakel.web.navigation")
        visible_to = import_module("schakel.sharing.requests").visible_to
        navigation.register(
            navigation.Entry(_("Failed jobs"), "cli:jobs", 90, visible_to("secretariat", administration=True))
        )
