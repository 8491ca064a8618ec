from django.apps import AppConfig


class InnovateConfig(AppConfig):
    name = "schakel.innovate"
    label = "innovate"
