from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "schakel.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Say what helps on the pages, and put the people of a party in the navigation of its administrator."""
        for part in ("helping", "people.helping"):
            import_module(f"schakel.sharing.{part}")
        navigation = import_module("schakel.web.navigation")
        administers = import_module("schakel.sharing.people.gates").administers
        navigation.register(navigation.Entry(_("People"), "people:people", 80, administers))
