from importlib import import_module

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "schakel.search"
    label = "search"

    def ready(self) -> None:
        """Say what helps on its page."""
        for part in ("acts", "helping", "personal"):
            import_module(f"schakel.search.{part}")
