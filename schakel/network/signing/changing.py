"""What follows whenever somebody changes how they sign in."""

from __future__ import annotations

from django.http import HttpRequest

from schakel.network.jobs import write_change_letter
from schakel.network.signing.sessions import end_others
from schakel.network.signing.writing import signed_in


def changed(request: HttpRequest) -> None:
    """End all sessions of the person but this one, and have them told by mail."""
    end_others(request)
    write_change_letter.defer(person=signed_in(request).pk)
