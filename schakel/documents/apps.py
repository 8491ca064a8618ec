from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "schakel.documents"
    label = "documents"

    def ready(self) -> None:
        """Say what helps on the page of packages, where it stands in the navigation, and what files hold of people."""
        for part in ("acts", "helping", "personal"):
            import_module(f"schakel.documents.{part}")
        navigation = import_module("schakel.web.navigation")
        administers = import_module("schakel.sharing.people.gates").administers
        navigation.register(navigation.Entry(_("Take along"), "documents:packages", 85, administers))
