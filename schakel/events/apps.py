from importlib import import_module

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "schakel.events"
    label = "events"

    def ready(self) -> None:
        """Say what it holds of people."""
        import_module("schakel.events.personal")
