"""Checks on references, of any kind: what a record points at must be there."""

from __future__ import annotations

from collections.abc import Iterator

from schakel.intake.checks.check import Blame, Check, Delivery, register_check
from schakel.intake.checks.examples import Rows
from schakel.intake.findings import Severity
from schakel.intake.interpreting import KindRows
from schakel.intake.interpreting.saying import nearest_words
from schakel.intake.kinds import Field
from schakel.words import Words

_SUGGESTIONS = 25  # looking for a near number takes time; after so many the sender sees what is going on


def _to_nothing(delivery: Delivery, *, required: bool) -> Iterator[Blame]:
    for rows in delivery.kinds.values():
        for field in rows.declared.fields:
            if field.type == "reference" and field.required == required:
                yield from _dangling(delivery, rows, field)


def _dangling(delivery: Delivery, rows: KindRows, field: Field) -> Iterator[Blame]:
    target = delivery.known(field.refers_to or "")
    if target is None:
        return
    numbers = target["_number"].drop_nulls().unique()
    value = rows.frame[field.name]
    lost = (value.is_not_null() & ~value.is_in(numbers.implode())).arg_true()
    for count, at in enumerate(lost):
        hint = nearest_words(value[at], numbers.to_list()) if count < _SUGGESTIONS else Words("", "")
        yield Blame(rows.kind, at, field.name, {"what": value[at], "hint_nl": hint.nl, "hint_en": hint.en})


_CASE = {"number": "F1", "organisation": "R1"}
_ORGANISATIONS = [{"number": "R1", "name": "Acme"}]

register_check(
    Check(
        "reference.nothing",
        Severity.ERROR,
        "delivery",
        Words("Verwijst naar niets", "Refers to nothing"),
        Words(
            "De rij noemt een record dat niet is aangeleverd; zonder dat record kan zij niet geteld worden.",
            "The row names a record that was not delivered; without it the row cannot be counted.",
        ),
        Words("'{what}' is niet aangeleverd{hint_nl}.", "'{what}' was not delivered{hint_en}."),
        Words(
            "Lever het record mee aan, of verbeter de verwijzing.", "Deliver the record too, or correct the reference."
        ),
        (Rows({"foreign_case": [_CASE | {"organisation": "R9"}], "organisation": _ORGANISATIONS}),),
        (Rows({"foreign_case": [_CASE], "organisation": _ORGANISATIONS}),),
        find=lambda delivery: _to_nothing(delivery, required=True),
    )
)
register_check(
    Check(
        "reference.nothing-optional",
        Severity.WARNING,
        "delivery",
        Words("Verwijst naar niets (niet verplicht)", "Refers to nothing (not required)"),
        Words(
            "De rij noemt een record dat niet is aangeleverd; zij telt, maar zonder dat verband.",
            "The row names a record that was not delivered; it counts, but without that link.",
        ),
        Words("'{what}' is niet aangeleverd{hint_nl}.", "'{what}' was not delivered{hint_en}."),
        Words(
            "Lever het record mee aan, of verbeter de verwijzing.", "Deliver the record too, or correct the reference."
        ),
        (Rows({"project": [{"number": "P1", "lead": "R9"}], "organisation": _ORGANISATIONS}),),
        (Rows({"project": [{"number": "P1", "lead": "R1"}], "organisation": _ORGANISATIONS}),),
        find=lambda delivery: _to_nothing(delivery, required=False),
    )
)
