from importlib import import_module

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "schakel.figures"
    label = "figures"

    def ready(self) -> None:
        """Declare what can be delivered here, how it is kept and what of it can be counted."""
        for part in ("kinds", "checks", "accepting", "lists", "joining"):
            import_module(f"schakel.figures.{part}")
