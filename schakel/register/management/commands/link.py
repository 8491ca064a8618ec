"""Join records that are one thing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from schakel.register.actions import foresee, link
from schakel.register.following import call_followers
from schakel.sharing.roles import LINKER, database_role


class Command(BaseCommand):
    """``schakel link``: a round of joining over everybody's records."""

    help = "Join records of all agencies that are one thing; identities that stand keep their numbers."
    group = "counting"

    def handle(self, *args: Any, **options: Any) -> None:
        """Join, and say what changed."""
        with database_role(LINKER):
            for done in link(on_thing=lambda thing: self.stderr.write(f"joining: {thing}")):
                self.stdout.write(f"{done.thing}: {done.born} new, {done.linked} linked, {done.merged} merged")
            while foresee():
                self.stderr.write("foreseeing what is proposed")
            call_followers()
