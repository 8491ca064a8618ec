"""The nouns of intake, by subject."""

from __future__ import annotations

from schakel.intake.models.delivery import DeliveredFile, Delivery, DeliveryState, Origin, Receipt
from schakel.intake.models.findings import Caretaker, DeliveryFinding, Remark, Waiver
from schakel.intake.models.mapping import ConfirmedMapping
from schakel.intake.models.mending import DifferenceLine, Edit, Override
from schakel.intake.models.rows import DeliveredRow, DeliveredTable, ReadRows, ReadTable, RowOutcome

__all__ = [
    "Caretaker",
    "ConfirmedMapping",
    "DeliveredFile",
    "DeliveredRow",
    "DeliveredTable",
    "Delivery",
    "DeliveryFinding",
    "DeliveryState",
    "DifferenceLine",
    "Edit",
    "Origin",
    "Override",
    "ReadRows",
    "ReadTable",
    "Receipt",
    "Remark",
    "RowOutcome",
    "Waiver",
]
