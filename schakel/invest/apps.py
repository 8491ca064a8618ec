from importlib import import_module

from django.apps import AppConfig


class InvestConfig(AppConfig):
    name = "schakel.invest"
    label = "invest"

    def ready(self) -> None:
        """Declare what can be delivered here, how it is kept and what of it can be counted."""
        for part in ("kinds", "checks", "accepting", "facts", "identities", "agreed", "personal"):
            import_module(f"schakel.invest.{part}")
