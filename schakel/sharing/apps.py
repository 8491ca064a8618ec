from importlib import import_module

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "schakel.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Say what helps on the page of keys."""
        import_module("schakel.sharing.helping")
