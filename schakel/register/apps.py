from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    name = "schakel.register"
    label = "register"

    def ready(self) -> None:
        """Declare what can be delivered here, how it is kept and what of it can be counted."""
        for part in (
            "kinds",
            "acts",
            "checks",
            "facts.checks",
            "unnamed.checks",
            "accepting",
            "agreed",
            "identities",
            "jobs",
            "finding",
            "helping",
            "open_work",
            "personal",
            "pages.afterwards",
            "pages.known",
            "pages.panel",
            "pages.helping",
        ):
            import_module(f"schakel.register.{part}")
        navigation = import_module("schakel.web.navigation")
        reviews = import_module("schakel.register.pages.gates").reviews
        navigation.register(
            navigation.Entry(_("Identity"), "register:doubts", 25, reviews, ("sharing:identity-review",))
        )
