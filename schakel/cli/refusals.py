"""What a command says when it cannot do what was asked."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - it is no fault: it tells the user what to do
    """The command was not done and changed nothing; the message says why and what to do."""
