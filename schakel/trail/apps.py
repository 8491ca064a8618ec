from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "schakel.trail"
    label = "trail"
