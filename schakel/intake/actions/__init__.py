"""The verbs of intake. Each is one transaction for a named actor, and writes its line in the trail."""

from __future__ import annotations

from schakel.intake.actions.accepting import accept, ask_acceptance, settle_vanished
from schakel.intake.actions.comparing import keep_difference
from schakel.intake.actions.examining import (
    keep_examination,
    keep_findings,
    keep_reading,
    say_progress,
    stored_finding,
)
from schakel.intake.actions.mapping import MappingMoved, confirm_mapping, settle_mapping, use_mapping
from schakel.intake.actions.receiving import (
    Received,
    add_file,
    ask_examination,
    begin_delivery,
    discard_delivery,
    finish_delivery,
    receive,
)
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.actions.sending import add_piece, add_whole_files, begin_file, take_out_file

__all__ = [
    "DeliveryRefused",
    "MappingMoved",
    "Received",
    "accept",
    "add_file",
    "add_piece",
    "add_whole_files",
    "ask_acceptance",
    "ask_examination",
    "begin_delivery",
    "begin_file",
    "confirm_mapping",
    "discard_delivery",
    "finish_delivery",
    "keep_difference",
    "keep_examination",
    "keep_findings",
    "keep_reading",
    "receive",
    "say_progress",
    "settle_mapping",
    "settle_vanished",
    "stored_finding",
    "take_out_file",
    "use_mapping",
]
