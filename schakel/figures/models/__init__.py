"""The nouns of figures."""

from __future__ import annotations

from schakel.figures.models.auditing import Conclusion, Method, Outcome, Sample, SampleItem
from schakel.figures.models.closing import Closing, ClosingFile, ClosingState
from schakel.figures.models.lists import CompanyOutcome, MarketRound, Staff
from schakel.figures.models.pipeline import PipelineEntry, PipelineStage
from schakel.figures.models.publishing import Approval, ApprovingBody, BodyKind, Publication
from schakel.figures.models.reading import Alert, AlertTold, FigureComment, SavedView
from schakel.figures.models.targets import Target, TargetNature

__all__ = [
    "Alert",
    "AlertTold",
    "Approval",
    "ApprovingBody",
    "BodyKind",
    "Closing",
    "ClosingFile",
    "ClosingState",
    "CompanyOutcome",
    "Conclusion",
    "FigureComment",
    "MarketRound",
    "Method",
    "Outcome",
    "PipelineEntry",
    "PipelineStage",
    "Publication",
    "Sample",
    "SampleItem",
    "SavedView",
    "Staff",
    "Target",
    "TargetNature",
]
