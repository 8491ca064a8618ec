"""Why a delivery is not taken."""

from __future__ import annotations

from schakel.intake.refusing import DeliveryRefused

__all__ = ["DeliveryRefused"]
