"""What is wrong with a mapping as it was filled in. Nothing wrong passes silently: each problem has its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake.interpreting.locating import normal
from schakel.intake.settling.answering import Answer, prefix
from schakel.intake.settling.questions import FieldAsked, TableAsked


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: ``place`` is the id of the control to go to."""

    place: str
    label: str
    message: str


def problems(answers: Sequence[Answer]) -> list[Problem]:
    """What keeps these answers from being a mapping, in the order of the page."""
    found = [problem for answer in answers for problem in _of_answer(answer)]
    if not any(answer.entry for answer in answers):
        found.append(Problem("tables", _("Tables"), _("No table is read. Say of at least one table what it holds.")))
    return found + list(_twice_read(answers))


def _of_answer(answer: Answer) -> Iterator[Problem]:
    asked = answer.asked
    if answer.entry is None or asked.found is None:
        return
    if "" in answer.unseen:
        yield _problem(asked, "kind", asked.entry.table, _("You chose another kind or header row. Look at the fields."))
        return
    yield from _of_header_row(asked)
    yield from _missing(asked)
    yield from _used_twice(asked)
    yield from _of_values(answer)
    if not answer.right and asked.state != "standing":
        yield _problem(asked, "right", asked.entry.table, _("Look at this table, and say that it is all right."))


def _of_header_row(asked: TableAsked) -> Iterator[Problem]:
    if asked.found is not None and not asked.found.headers:
        yield _problem(asked, "row", asked.entry.table, _("This row holds no headers. Choose another one."))


def _missing(asked: TableAsked) -> Iterator[Problem]:
    for field in asked.fields:
        source = field.source
        if source is not None and not source.header and not source.constant:
            yield _at(asked, field, _("Fill in the value that holds for every row."), part="constant")
        elif field.field.required and not field.column and not (source and source.constant):
            yield _at(asked, field, _("This field is required. Choose the column that it comes from."))


def _used_twice(asked: TableAsked) -> Iterator[Problem]:
    headers = [(normal(f.source.header), f) for f in asked.fields if f.source is not None and f.column]
    times = Counter(header for header, _field in headers)
    first: dict[str, str] = {}
    for header, field in headers:
        if times[header] > 1 and header in first:
            values = {"header": field.source.header if field.source else "", "field": first[header]}
            yield _at(asked, field, _("Column '%(header)s' is already read as %(field)s. Choose another one.") % values)
        first.setdefault(header, _label(field))


def _of_values(answer: Answer) -> Iterator[Problem]:
    for name in answer.unseen:
        field = answer.asked.field(name)
        if field is not None:
            yield _at(answer.asked, field, _("You chose another column. Look at what its values become."))
    unsaid = Counter(name for name, _text in answer.unsaid)
    for name in unsaid:
        field = answer.asked.field(name)
        if field is not None:
            texts = ", ".join(f"'{text}'" for of, text in answer.unsaid if of == name)
            yield _at(answer.asked, field, _("Say what these values become: %(values)s.") % {"values": texts})
    for field in answer.asked.fields:
        yield from _unknown_codes(answer.asked, field)


def _unknown_codes(asked: TableAsked, field: FieldAsked) -> Iterator[Problem]:
    if field.field.type != "code" or field.source is None:
        return
    known = {code.value for code in field.field.codes}
    for text, code in field.source.codes.items():
        if code and code not in known:
            message = _("'%(value)s' would become '%(code)s', which is no value of this field.")
            yield _at(asked, field, message % {"value": text, "code": code})


def _twice_read(answers: Sequence[Answer]) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for answer in answers:
        entry = answer.entry
        if entry is None:
            continue
        pair = (entry.kind, normal(entry.table))
        if pair in seen:
            yield _problem(answer.asked, "kind", entry.table, _("This table is read twice as the same kind."))
        seen.add(pair)


def _at(asked: TableAsked, field: FieldAsked, message: str, part: str = "column") -> Problem:
    label = f"{asked.entry.table}, {_label(field)}"
    return Problem(f"{prefix(asked.at)}-f-{field.field.name}-{part}", label, message)


def _problem(asked: TableAsked, part: str, label: str, message: str) -> Problem:
    return Problem(f"{prefix(asked.at)}-{part}", label, message)


def _label(field: FieldAsked) -> str:
    return field.field.labels.in_(get_language() or "nl")
