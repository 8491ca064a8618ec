from importlib import import_module

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "schakel.network"
    label = "network"

    def ready(self) -> None:
        """Say what helps on the page of signing in."""
        import_module("schakel.network.helping")
