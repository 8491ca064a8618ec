"""The nouns of intake, by subject."""

from __future__ import annotations

from schakel.intake.models.certifying import Certification, Verdict, VerdictKind
from schakel.intake.models.delivery import DeliveredFile, Delivery, DeliveryState, Origin, Receipt, ReturnedFile
from schakel.intake.models.expecting import CallMeans, CallNote, CollectionYear, DeliveryStand, Expectation
from schakel.intake.models.findings import Caretaker, DeliveryFinding, Handing, Remark, Waiver
from schakel.intake.models.mapping import ConfirmedMapping
from schakel.intake.models.mending import DifferenceLine, Edit, Override
from schakel.intake.models.rows import DeliveredRow, DeliveredTable, ReadRows, ReadTable, RowOutcome
from schakel.intake.models.sources import SourceSeen

__all__ = [
    "CallMeans",
    "CallNote",
    "Caretaker",
    "Certification",
    "CollectionYear",
    "ConfirmedMapping",
    "DeliveredFile",
    "DeliveredRow",
    "DeliveredTable",
    "Delivery",
    "DeliveryFinding",
    "DeliveryStand",
    "DeliveryState",
    "DifferenceLine",
    "Edit",
    "Expectation",
    "Handing",
    "Origin",
    "Override",
    "ReadRows",
    "ReadTable",
    "Receipt",
    "Remark",
    "ReturnedFile",
    "RowOutcome",
    "SourceSeen",
    "Verdict",
    "VerdictKind",
    "Waiver",
]
