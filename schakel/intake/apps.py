from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "schakel.intake"
    label = "intake"

    def ready(self) -> None:
        """Put deliveries in the navigation of who delivers; say what search finds and what helps on the pages."""
        for part in ("acts", "finding", "helping", "helping_after", "open_work", "personal"):
            import_module(f"schakel.intake.{part}")
        navigation = import_module("schakel.web.navigation")
        visible_to = import_module("schakel.sharing.requests").visible_to
        also = ("intake:mappings", "intake:kept-here", "sharing:tokens")
        seen_by = visible_to("agency", "secretariat")
        entry = navigation.Entry(_("Deliveries"), "intake:deliveries", 20, seen_by, also)
        navigation.register(entry)
