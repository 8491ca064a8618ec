from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "schakel.figures"
    label = "figures"
