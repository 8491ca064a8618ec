from django.apps import AppConfig


class InternationaliseConfig(AppConfig):
    name = "schakel.internationalise"
    label = "internationalise"
