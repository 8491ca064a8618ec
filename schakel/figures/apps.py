from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "schakel.figures"
    label = "figures"

    def ready(self) -> None:
        """Declare what can be delivered here, how it is kept and what of it can be counted."""
        declared = ("kinds", "checks", "accepting", "lists", "outcomes", "joining", "finding", "effects", "stated")
        for part in (*declared, "acts", "agreed", "following", "helping", "auditing.helping", "personal"):
            import_module(f"schakel.figures.{part}")
        navigation = import_module("schakel.web.navigation")
        visible_to = import_module("schakel.sharing.requests").visible_to
        navigation.register(navigation.Entry(_("Figures"), "figures:overview", 10, visible_to()))
        navigation.register(navigation.Entry(_("Audit"), "figures:audit", 15, visible_to("auditor")))
