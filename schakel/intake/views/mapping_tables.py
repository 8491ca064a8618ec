"""One table on the mapping page: its own first rows, and which field each column goes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from schakel.intake.interpreting.locating import Located, normal
from schakel.intake.settling import Answer, Problem, TableAsked
from schakel.intake.views.mapping_also import kinds_beside
from schakel.intake.views.mapping_desk import Desk
from schakel.intake.views.mapping_fields import Control, FieldView, Option, field_view, short
from schakel.web.tables import Badge

_ABOVE, _BELOW = 2, 4  # rows shown above and below the header
_OF_TABLE = ("kind", "row", "right", "also")  # controls of a table as a whole
_CELL = 48  # characters of a cell that are shown


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the sheet with its own number."""

    number: int
    cells: tuple[str, ...]
    header: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The sheet's own first rows; ``fields``: which field each column goes to."""

    letters: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[PreviewRow, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """What the page shows of a table; without ``open`` only its head."""

    asked: TableAsked
    id: str
    title: str
    kind: str
    badge: Badge
    notes: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    right: bool
    needs_right: bool
    left: bool
    open: bool
    controls: tuple[Control, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    preview: Preview | None = None
    doubtful: tuple[FieldView, ...] = ()
    sure: tuple[FieldView, ...] = ()
    standing: tuple[FieldView, ...] = ()
    unused: tuple[FieldView, ...] = ()
    skipped: str = ""
    also: Control | None = None
    faults: tuple[str, ...] = ()


def table_view(
    desk: Desk, answer: Answer, answers: Sequence[Answer], *, opened: bool, faults: Sequence[Problem] = ()
) -> TableView:
    """A table as the page shows it; ``opened``: with its rows and fields, which asks more of the database."""
    asked = answer.asked
    own = [problem for problem in faults if problem.place.startswith(f"t{asked.at}-")]
    fields = [_field(desk, asked, name, answers, own) for name in _names(asked)] if opened else []
    return TableView(
        asked=asked,
        id=f"t{asked.at}",
        title=asked.entry.table,
        kind=_kind(asked),
        badge=_badge(desk, asked),
        notes=tuple(_notes(desk, asked)),
        pairs=_pairs(asked),
        right=answer.right,
        needs_right=asked.kind is not None and asked.state in ("proposed", "changed"),
        left=answer.left,
        open=opened,
        controls=_controls(desk, asked),
        hidden=tuple(_hidden(asked)),
        preview=preview(asked) if opened else None,
        doubtful=tuple(view for view in fields if view.doubtful),
        sure=tuple(view for view in fields if not view.doubtful and view.asked.asked),
        standing=tuple(view for view in fields if not view.doubtful and view.asked.state == "standing"),
        unused=tuple(view for view in fields if not view.doubtful and view.asked.state == "unused"),
        skipped=_skipped(desk, asked) if opened else "",
        also=_also(desk, asked, answers) if opened else None,
        faults=tuple(p.message for p in own if p.place.removeprefix(f"t{asked.at}-") in _OF_TABLE),
    )


def _names(asked: TableAsked) -> list[str]:
    return [field.field.name for field in asked.fields]


def _field(desk: Desk, asked: TableAsked, name: str, answers: Sequence[Answer], faults: Sequence[Problem]) -> FieldView:
    of = asked.field(name)
    assert of is not None  # noqa: S101 - a field of the very table
    own = [problem.message for problem in faults if problem.place.startswith(f"t{asked.at}-f-{name}-")]
    return field_view(asked, of, desk.examples(asked, of, answers), faults=own)


def one_field(desk: Desk, answer: Answer, answers: Sequence[Answer], name: str) -> FieldView | None:
    """One field of a table, where a page asks for it alone."""
    if answer.asked.field(name) is None:
        return None
    return _field(desk, answer.asked, name, answers, ())


def preview(asked: TableAsked) -> Preview | None:
    """The sheet's own rows round the header, and above each column the field that it goes to."""
    found = asked.found
    if found is None:
        return None
    letters = tuple(letter for letter in found.table.columns if _filled(found, letter))
    goes = {field.column: field.field.labels.in_(get_language() or "nl") for field in asked.fields if field.column}
    return Preview(letters, tuple(goes.get(letter, "") for letter in letters), tuple(_rows(found, letters)))


def _filled(found: Located, letter: str) -> bool:
    return letter in found.headers or found.table.frame[letter].is_not_null().any()


def _rows(found: Located, letters: Sequence[str]) -> list[PreviewRow]:
    frame = found.table.frame
    above = frame.filter(frame["row"] < found.header_row).tail(_ABOVE)
    rest = frame.filter(frame["row"] >= found.header_row).head(1 + _BELOW)
    rows = [*above.select("row", *letters).iter_rows(), *rest.select("row", *letters).iter_rows()]
    return [
        PreviewRow(int(row), tuple(short(cell or "", _CELL) for cell in cells), row == found.header_row)
        for row, *cells in rows
    ]


def _kind(asked: TableAsked) -> str:
    return asked.kind.plural.in_(get_language() or "nl") if asked.kind is not None else ""


def _badge(desk: Desk, asked: TableAsked) -> Badge:
    if asked.state == "absent":
        return Badge("neutral", _("not in this delivery"))
    if asked.kind is None:
        return Badge("neutral", _("is not read"))
    lost = desk.unread.get((normal(asked.entry.table), asked.entry.kind), 0)
    doubtful = len(asked.doubtful) + bool(lost and asked.state != "standing")
    if doubtful:
        return Badge(
            "warning", ngettext("%(count)s to look at", "%(count)s to look at", doubtful) % {"count": doubtful}
        )
    return Badge("ok", _("as last time") if asked.state == "standing" else _("certain"))


def _notes(desk: Desk, asked: TableAsked) -> list[str]:
    notes = []
    if asked.before:
        notes.append(_("Last time this table was called '%(name)s'.") % {"name": asked.before})
    lost = desk.unread.get((normal(asked.entry.table), asked.entry.kind), 0)
    if lost:
        words = ngettext(
            "%(count)s cell holds a value that is in no list.", "%(count)s cells hold a value that is in no list.", lost
        )
        notes.append(words % {"count": lost})
    if asked.left_out and asked.kind is not None:
        notes.append(_("Left out: %(columns)s.") % {"columns": ", ".join(asked.left_out)})
    return notes


def _pairs(asked: TableAsked) -> tuple[tuple[str, str], ...]:
    language = get_language() or "nl"
    return tuple(
        (field.source.header or field.source.constant, field.field.labels.in_(language))
        for field in asked.fields
        if field.source is not None and (field.column or field.source.constant)
    )


def _controls(desk: Desk, asked: TableAsked) -> tuple[Control, ...]:
    language, name = get_language() or "nl", f"t{asked.at}"
    kinds = [Option("", _("do not read this table"), not asked.entry.kind)]
    kinds += [
        Option(kind.name, kind.plural.in_(language).capitalize(), kind.name == asked.entry.kind)
        for kind in desk.looked_for
    ]
    found = [Control(f"{name}-kind", _("This table holds"), tuple(kinds))]
    if _by_rows(asked) and asked.found is not None:
        found.append(Control(f"{name}-row", _("Row with the headers"), value=str(asked.found.header_row)))
    if asked.kind is not None:
        found.append(Control(f"{name}-skip", _("Skip rows that begin with"), value=", ".join(asked.entry.skip)))
    if asked.kind is not None and asked.kind.numbering != "none":
        found.append(Control(f"{name}-numbering", _("The numbers"), _numbering(asked)))
    return tuple(found)


def _also(desk: Desk, asked: TableAsked, answers: Sequence[Answer]) -> Control | None:
    """What else a table may hold; None where there is nothing left."""
    language = get_language() or "nl"
    known = kinds_beside(desk, asked, answers)
    if not known:
        return None
    options = [Option("", _("nothing else"), True)]
    options += [Option(kind.name, kind.plural.in_(language).capitalize(), False) for kind in known]
    return Control(f"t{asked.at}-also", _("This table also holds"), tuple(options))


def _hidden(asked: TableAsked) -> Iterable[tuple[str, str]]:
    """What the fields in the form belong to, so that another kind or header row is noticed."""
    yield f"t{asked.at}-shown", "1"
    yield f"t{asked.at}-kind-was", asked.entry.kind
    if _by_rows(asked) and asked.found is not None:
        yield f"t{asked.at}-row-was", str(asked.found.header_row)


def _by_rows(asked: TableAsked) -> bool:
    return asked.kind is not None and asked.found is not None and asked.found.table.form != "json"


def _numbering(asked: TableAsked) -> tuple[Option, ...]:
    said = (("permanent", _("stay the same each year")), ("yearly", _("start again each year")))
    usual = dict(said).get(asked.kind.numbering if asked.kind else "", "")
    options = [("", _("%(numbers)s (usual)") % {"numbers": usual}), *said]
    return tuple(Option(value, label, value == asked.entry.numbering) for value, label in options)


def _skipped(desk: Desk, asked: TableAsked) -> str:
    if asked.found is None or asked.kind is None:
        return ""
    count, skipped = desk.counts(asked.found)
    said = ngettext("%(count)s row is read.", "%(count)s rows are read.", count) % {"count": count}
    if skipped:
        listed = ", ".join(str(row) for row in skipped[:8]) + (" …" if len(skipped) > 8 else "")
        said += " " + _("Skipped as totals or notes: row %(rows)s.") % {"rows": listed}
    return said
