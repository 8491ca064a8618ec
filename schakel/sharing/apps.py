from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SharingConfig(AppConfig):
    name = "schakel.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Say what helps on these pages, and where agreements stand in the navigation."""
        import_module("schakel.sharing.helping")
        navigation = import_module("schakel.web.navigation")
        pages = import_module("schakel.sharing.agreement_pages")
        visible_to = import_module("schakel.sharing.requests").visible_to
        also = ("sharing:received", "sharing:given")
        entry = navigation.Entry(_("Agreements"), "sharing:agreements", 40, visible_to(*pages.PARTIES), also)
        navigation.register(entry)
