"""The verbs of intake. Each is one transaction for a named actor, and writes its line in the trail."""

from __future__ import annotations

from schakel.intake.actions.accepting import accept, ask_acceptance, ask_acceptance_again, give_back, settle_vanished
from schakel.intake.actions.caring import hand, hand_over_care, hand_over_handings, set_caretaker, settle_handings
from schakel.intake.actions.certifying import (
    accept_year,
    ask_recheck,
    certify,
    restore_certified,
    return_year,
    withdraw_certification,
)
from schakel.intake.actions.comparing import keep_difference
from schakel.intake.actions.examining import (
    keep_examination,
    keep_findings,
    keep_reading,
    say_progress,
    say_stopped,
    stored_finding,
)
from schakel.intake.actions.expecting import (
    change_window,
    close_year,
    end_exception,
    make_exception,
    note_call,
    open_year,
    remind_now,
    reopen_year,
)
from schakel.intake.actions.mapping import MappingMoved, confirm_mapping, settle_mapping, use_mapping
from schakel.intake.actions.mending import (
    StaleEdit,
    carry_edit,
    edit_alike,
    edit_cell,
    redo_edit,
    take_along,
    undo_edit,
)
from schakel.intake.actions.overriding import ValueRefused, override_value, take_back_override
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
from schakel.intake.actions.returning import ask_returned, keep_returned
from schakel.intake.actions.sending import add_piece, add_whole_files, begin_file, take_out_file
from schakel.intake.actions.talking import remark
from schakel.intake.actions.typing import RecordRefused, keep_record, withdraw_record
from schakel.intake.actions.waiving import carry_waiver, end_waiver, waive

__all__ = [
    "DeliveryRefused",
    "MappingMoved",
    "Received",
    "RecordRefused",
    "StaleEdit",
    "ValueRefused",
    "accept",
    "accept_year",
    "add_file",
    "add_piece",
    "add_whole_files",
    "ask_acceptance",
    "ask_acceptance_again",
    "ask_examination",
    "ask_recheck",
    "ask_returned",
    "begin_delivery",
    "begin_file",
    "carry_edit",
    "carry_waiver",
    "certify",
    "change_window",
    "close_year",
    "confirm_mapping",
    "discard_delivery",
    "edit_alike",
    "edit_cell",
    "end_exception",
    "end_waiver",
    "finish_delivery",
    "give_back",
    "hand",
    "hand_over_care",
    "hand_over_handings",
    "keep_difference",
    "keep_examination",
    "keep_findings",
    "keep_reading",
    "keep_record",
    "keep_returned",
    "make_exception",
    "note_call",
    "open_year",
    "override_value",
    "receive",
    "redo_edit",
    "remark",
    "remind_now",
    "reopen_year",
    "restore_certified",
    "return_year",
    "say_progress",
    "say_stopped",
    "set_caretaker",
    "settle_handings",
    "settle_mapping",
    "settle_vanished",
    "stored_finding",
    "take_along",
    "take_back_override",
    "take_out_file",
    "undo_edit",
    "use_mapping",
    "waive",
    "withdraw_certification",
    "withdraw_record",
]
