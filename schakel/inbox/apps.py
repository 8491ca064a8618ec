from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "schakel.inbox"
    label = "inbox"
