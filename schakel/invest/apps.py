from django.apps import AppConfig


class InvestConfig(AppConfig):
    name = "schakel.invest"
    label = "invest"
