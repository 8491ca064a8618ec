from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "schakel.events"
    label = "events"
