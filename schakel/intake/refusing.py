"""Why something is not done to a delivery or to what it made."""

from __future__ import annotations


class DeliveryRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A delivery cannot be taken or changed; the message says why and what to do."""
