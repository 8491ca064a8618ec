"""Tables of an auditor's pages: figures of a year, a sample's records, and what stands behind one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures.auditing.concluding import scale_of
from schakel.figures.auditing.mandated import NETWORK
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting.cut import Value
from schakel.figures.models import Conclusion, Outcome, Sample, SampleItem
from schakel.figures.queries import exact, name_of
from schakel.intake.around import Around
from schakel.intake.kinds import kind as record_kind
from schakel.intake.models import DeliveredFile, Override
from schakel.intake.queries import RecordView
from schakel.intake.showing import shown
from schakel.network.models import Party
from schakel.register.models import Decision, IdentityMember
from schakel.web import formats
from schakel.web.tables import Badge, Column, Link, Table

BADGES = {Outcome.AGREES: "ok", Outcome.DEVIATES: "error", Outcome.UNKNOWN: "warning"}


def figures_table(
    told: Mapping[str, Mapping[str, dict[str, Any]]], names: Mapping[str, str], *, year: int, stand: str
) -> Table:
    """A row an indicator, a column for the network and each agency under mandate; each figure leads to drawing."""
    columns = [Column("indicator", _("Indicator"), heading=True)]
    columns += [Column(giver or "network", names[giver], kind="number") for giver in told]
    rows = []
    for indicator in catalogue().values():
        cells = {
            giver or "network": _cell(indicator, figures.get(indicator.id), giver, year, stand)
            for giver, figures in told.items()
        }
        rows.append({"indicator": name_of(indicator), **cells})
    return Table(
        caption=_("Figures of %(year)s under mandate") % {"year": year},
        columns=columns,
        rows=rows,
        note=_("Choose a figure to draw a sample of the records behind it."),
    )


def _cell(indicator: Indicator, figure: Mapping[str, Any] | None, giver: str, year: int, stand: str) -> object:
    value = None if figure is None else figure["total"]["value"]
    if value is None:
        return formats.NOTHING
    asked = {"indicator": indicator.id, "year": year, "stand": stand, "agency": giver}
    kept = {name: said for name, said in asked.items() if said != NETWORK}
    name = format_html(
        '{}<span class="visually-hidden"> {}</span>', exact(indicator.unit, Decimal(value)), name_of(indicator)
    )
    return Link(name, f"{reverse('figures:audit_draw')}?{urlencode(kept)}")


def files_table(files: Iterable[DeliveredFile]) -> Table:
    """Files as they were sent, each with its delivery and its digest."""
    rows = [
        {
            "file": Link(one.name, reverse("intake:file", args=[one.pk])),
            "giver": str(one.owner),
            "delivery": str(one.delivery_id),
            "state": one.delivery.get_state_display(),
            "received": one.delivery.received_at,
            "digest": one.digest,
        }
        for one in files
    ]
    return Table(
        caption=_("Files as they were sent"),
        columns=[
            Column("file", _("File"), heading=True),
            Column("giver", _("Of whom")),
            Column("delivery", _("Delivery")),
            Column("state", _("State")),
            Column("received", _("Received"), kind="moment"),
            Column("digest", "SHA-256"),
        ],
        rows=rows,
        empty=_("Nothing was delivered for this year by who gave you a mandate."),
        wide=True,
    )


def items_table(sample: Sample, items: Iterable[SampleItem], done: Mapping[int, Conclusion]) -> Table:
    """The records of a sample, in the order drawn, with what was concluded of each."""
    amounts = any(item.amount is not None for item in items)
    columns = [Column("item", _("Record"), heading=True), Column("giver", _("Of whom"))]
    columns += [Column("amount", _("As counted"))] if amounts else []
    columns += [Column("outcome", _("Conclusion")), Column("found", _("Should be"))]
    return Table(
        caption=_("The records that were drawn"),
        columns=columns if amounts else columns[:-1],
        rows=[_item_row(sample, item, done.get(item.pk)) for item in items],
    )


def _item_row(sample: Sample, item: SampleItem, conclusion: Conclusion | None) -> dict[str, object]:
    language = get_language() or "nl"
    text = f"{item.position}. {record_kind(item.kind).labels.in_(language)} {item.record_id}"
    return {
        "item": Link(text, reverse("figures:audit_item", args=[sample.pk, item.position])),
        "giver": str(item.giver),
        "amount": counted_as(sample, item.amount),
        "outcome": badge_of(conclusion),
        "found": "" if conclusion is None else in_unit(sample, conclusion.found),
    }


def counted_as(sample: Sample, amount: int | None) -> str:
    """An amount as it is stored, in the sample's unit; empty where there is none."""
    return "" if amount is None else exact(sample.unit, Decimal(amount) / scale_of(sample))


def in_unit(sample: Sample, value: Decimal | str | None) -> str:
    """A value of the sample's unit, in words; empty where there is none."""
    return "" if value is None else exact(sample.unit, Decimal(value))


def badge_of(conclusion: Conclusion | None) -> Badge:
    """What was concluded, in a word."""
    if conclusion is None:
        return Badge("neutral", _("open"))
    outcome = Outcome(conclusion.outcome)
    return Badge(BADGES[outcome], str(outcome.label))


def values_table(view: RecordView) -> Table:
    """The record's values beside the cells that they came from, and what stood there."""
    language = get_language() or "nl"
    rows = []
    for value in view.values:
        text = value.record[2] if value.record else shown(value.field, value.value)
        if text or value.raw:
            row = {"field": value.field.labels.in_(language), "value": text, "cell": value.cell, "raw": value.raw}
            rows.append(row | {"header": value.header})
    columns = [
        Column("field", _("Field"), heading=True),
        Column("value", _("In the record")),
        Column("raw", _("As it was sent")),
        Column("cell", _("Cell")),
        Column("header", _("Column it was mapped from")),
    ]
    return Table(caption=_("The record beside its source"), columns=columns, rows=rows)


def around_table(found: Around) -> Table:
    """The row among its neighbours, as the sender sees them, with edits on top."""
    columns = [Column("row", _("Row"), heading=True)]
    columns += [Column(letter, f"{letter} {header}".strip()) for letter, header in found.columns]
    rows = [
        line.cells | {"row": _("%(row)s: this record") % {"row": line.row} if line.here else str(line.row)}
        for line in found.lines
    ]
    caption = _("Row and neighbours in %(table)s of %(file)s") % {"table": found.table, "file": found.file}
    return Table(caption=caption, columns=columns, rows=rows, wide=True)


def changes_table(found: Around | None, overrides: Sequence[Override]) -> Table:
    """Edits of the delivered cells, and values that people put in the place of delivered ones."""
    rows: list[dict[str, object]] = [
        {
            "what": _("edit of cell %(cell)s") % {"cell": f"{edit.column}{edit.row or ''}"},
            "before": edit.before,
            "after": edit.after,
            "who": str(edit.made_by or ""),
            "when": edit.made_at,
            "why": "",
        }
        for edit in (found.edits if found else ())
    ]
    rows += [
        {
            "what": _("override of %(field)s") % {"field": override.field},
            "before": override.delivered,
            "after": override.value,
            "who": str(override.made_by or ""),
            "when": override.made_at,
            "why": override.reason,
        }
        for override in overrides
    ]
    return Table(
        caption=_("What people changed"),
        columns=[
            Column("what", _("What"), heading=True),
            Column("before", _("It was")),
            Column("after", _("It became")),
            Column("who", _("Who")),
            Column("when", _("When"), kind="moment"),
            Column("why", _("Why")),
        ],
        rows=rows,
        empty=_("Nobody changed anything in this row or record."),
    )


def identity_table(members: Sequence[IdentityMember], decisions: Sequence[Decision]) -> Table:
    """Why the record counts as one thing with others, or by itself."""
    rows: list[dict[str, object]] = [
        {
            "what": _("%(thing)s, as it stands") % {"thing": member.thing},
            "rule": member.rule,
            "evidence": member.evidence,
            "when": None,
        }
        for member in members
    ]
    rows += [
        {"what": f"{one.thing}: {one.verb}", "rule": one.rule, "evidence": one.evidence, "when": one.at}
        for one in decisions
    ]
    return Table(
        caption=_("Decisions on identity"),
        columns=[
            Column("what", _("What was decided"), heading=True),
            Column("rule", _("By which rule")),
            Column("evidence", _("On what")),
            Column("when", _("When"), kind="moment"),
        ],
        rows=rows,
        empty=_("No decision joins this record with another."),
    )


def history(sample: Sample, conclusions: Iterable[Conclusion]) -> Table:
    """All that was signed, also what was corrected since."""
    rows = [
        {
            "when": one.signed_at,
            "who": str(one.signed_by or ""),
            "outcome": badge_of(one),
            "found": in_unit(sample, one.found),
            "remark": one.remark,
        }
        for one in conclusions
    ]
    return Table(
        caption=_("What was signed"),
        columns=[
            Column("when", _("When"), kind="moment", heading=True),
            Column("who", _("Who")),
            Column("outcome", _("Conclusion")),
            Column("found", _("Should be")),
            Column("remark", _("Remark")),
        ],
        rows=rows,
        empty=_("Nothing yet."),
    )


def said_cut(cut: Mapping[str, Sequence[Value]]) -> str:
    """Which part of the figure a sample is of."""
    names = dict(Party.objects.filter(slug__in=cut.get("agency", ())).values_list("slug", "name"))
    parts = [", ".join(names.get(str(value), str(value)) for value in values) for values in cut.values()]
    return "; ".join(parts) or _("the network")
