from importlib import import_module

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "schakel.register"
    label = "register"

    def ready(self) -> None:
        """Declare what can be delivered here, how it is kept and what of it can be counted."""
        for part in (
            "kinds",
            "checks",
            "facts.checks",
            "accepting",
            "identities",
            "jobs",
            "finding",
            "pages.known",
            "pages.panel",
            "pages.helping",
        ):
            import_module(f"schakel.register.{part}")
