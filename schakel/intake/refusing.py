"""Why something is not done to a delivery or to what it made."""

from __future__ import annotations

from schakel.refusals import Refusal


class DeliveryRefused(Refusal):
    """A delivery cannot be taken or changed; the message says why and what to do."""
