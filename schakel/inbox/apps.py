from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InboxConfig(AppConfig):
    name = "schakel.inbox"
    label = "inbox"

    def ready(self) -> None:
        """Put mail that could not be sent in the navigation of who sees to it; the header has the inbox itself."""
        import_module("schakel.inbox.acts")
        import_module("schakel.inbox.helping")
        import_module("schakel.inbox.agreements")
        import_module("schakel.inbox.carrying")
        import_module("schakel.inbox.open_work")
        import_module("schakel.inbox.personal")
        navigation = import_module("schakel.web.navigation")
        visible_to = import_module("schakel.sharing.requests").visible_to
        navigation.register(
            navigation.Entry(_("Mail"), "inbox-mail", 91, visible_to("secretariat", administration=True))
        )
