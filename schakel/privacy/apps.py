from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    name = "schakel.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Declare what the floors below hold of people; put requests in the navigation of who answers them."""
        for part in ("acts", "helping", "below", "below_retention"):
            import_module(f"schakel.privacy.{part}")
        navigation = import_module("schakel.web.navigation")
        administers = import_module("schakel.sharing.people.gates").administers
        also = ("privacy:retention", "privacy:processing")
        navigation.register(navigation.Entry(_("Personal data"), "privacy:requests", 82, administers, also))
