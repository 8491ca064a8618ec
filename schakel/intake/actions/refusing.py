"""Why a delivery is not taken."""

from __future__ import annotations


class DeliveryRefused(Exception):  # noqa: N818 - what happened, as users would say it
    """A delivery cannot be taken; the message says why and what to do."""
