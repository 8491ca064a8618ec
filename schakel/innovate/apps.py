from importlib import import_module

from django.apps import AppConfig


class InnovateConfig(AppConfig):
    name = "schakel.innovate"
    label = "innovate"

    def ready(self) -> None:
        """Declare what can be delivered here, how it is kept and what of it can be counted."""
        for part in ("kinds", "checks", "accepting", "facts", "identities", "agreed", "personal"):
            import_module(f"schakel.innovate.{part}")
