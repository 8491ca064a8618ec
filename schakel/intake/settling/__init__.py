"""Settling how tables become records: what is to be asked, what a form answers, what each value becomes.

    asked = ask(mapping, heads, confirmed=last_years, proposal=delivery.proposal, settled=False)
    answer = answered(asked[0], data, afresh=...)
    problems(asked, answers)

Pure: no database, no request. Invariant: a form that is sent back as it was shown gives the mapping that it was
made from.
"""

from __future__ import annotations

from schakel.intake.settling.answering import Answer, answered, shown_in
from schakel.intake.settling.differing import differences
from schakel.intake.settling.examples import Example, Examples, examples_of, records_in
from schakel.intake.settling.faults import Problem, problems
from schakel.intake.settling.questions import FieldAsked, TableAsked, again, ask, placed
from schakel.intake.settling.versions import version_of
from schakel.intake.settling.writing import Afresh, codes_meant, written_as

__all__ = [
    "Afresh",
    "Answer",
    "Example",
    "Examples",
    "FieldAsked",
    "Problem",
    "TableAsked",
    "again",
    "answered",
    "ask",
    "codes_meant",
    "differences",
    "examples_of",
    "placed",
    "problems",
    "records_in",
    "shown_in",
    "version_of",
    "written_as",
]
