from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "schakel.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Say what helps on the pages, and where agreements and the people of a party stand in the navigation."""
        for part in ("acts", "helping", "people.helping", "logbook.helping"):
            import_module(f"schakel.sharing.{part}")
        navigation = import_module("schakel.web.navigation")
        pages = import_module("schakel.sharing.agreement_pages")
        visible_to = import_module("schakel.sharing.requests").visible_to
        also = ("sharing:received", "sharing:given")
        entry = navigation.Entry(_("Agreements"), "sharing:agreements", 40, visible_to(*pages.PARTIES), also)
        navigation.register(entry)
        reads = import_module("schakel.sharing.logbook.gates").reads_the_log
        navigation.register(navigation.Entry(_("Audit log"), "logbook:lines", 83, reads))
        administers = import_module("schakel.sharing.people.gates").administers
        navigation.register(navigation.Entry(_("People"), "people:people", 80, administers))
