"""The receipt of a delivery: what happened to each of its rows, on a page and to take along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import accounting, kinds
from schakel.intake.effects import counted_in
from schakel.intake.forms.receipts import ReceiptFilter
from schakel.intake.models import Delivery, DeliveryState, Receipt, RowOutcome
from schakel.intake.queries import vanished_count
from schakel.intake.steps import steps_of
from schakel.intake.views.gates import may_change
from schakel.intake.views.working import working
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.sheets import Value, csv_response, xlsx_response
from schakel.web.tables import Badge, Column, Link, Table

_PAGE = 50
_BADGES = {"new": "ok", "changed": "info", "unchanged": "neutral", "refused": "error"}


@for_parties("agency", "secretariat")
def receipt(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """What happened to each row, with totals that add up, and in which figures the rows count."""
    found = get_object_or_404(Delivery.objects.select_related("owner", "sender", "accepted_by"), pk=delivery_id)
    counts = accounting.totals(found)
    chosen = ReceiptFilter(request.GET, names=counts)
    rows = accounting.rows_of(found, **_asked(chosen))
    page = Paginator(rows, _PAGE).get_page(request.GET.get("page"))
    context = {
        **working(request, found),
        "steps": steps_of(found),
        "accepted": found.state == DeliveryState.ACCEPTED,
        "kept": Receipt.objects.filter(delivery=found).first(),
        "totals": _totals(counts),
        "uses": _uses(counts),
        "filter": chosen,
        "rows": _rows(accounting.fates(found, list(page))),
        "page": page,
        "vanished": vanished_count(found.owner_id, found.period),
        "query": request.GET.urlencode(),
        "may_change": may_change(request),
    }
    return render(request, "intake/receipt.html", context)


@for_parties("agency", "secretariat")
def taken_along(request: PartyRequest, delivery_id: int, ending: str) -> HttpResponseBase:
    """The rows of the receipt, filtered as on the page, as csv or xlsx."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    if ending not in ("csv", "xlsx"):
        raise Http404
    chosen = ReceiptFilter(request.GET, names=accounting.totals(found))
    told = accounting.fates(found, accounting.rows_of(found, **_asked(chosen)))
    note(actor=request.actor, verb="exported", kind="delivery", objects=[found.pk], form=ending)
    name = _("receipt-%(number)s.%(ending)s") % {"number": found.pk, "ending": ending}
    heading, rows = _heading(), _plain(told)
    return csv_response(name, heading, rows) if ending == "csv" else xlsx_response(name, _("Receipt"), heading, rows)


def _asked(chosen: ReceiptFilter) -> dict[str, str]:
    return chosen.cleaned_data if chosen.is_valid() else {}


def _totals(counts: dict[str, dict[str, int]]) -> Table:
    language = get_language() or "nl"
    rows: list[dict[str, Any]] = [
        {"kind": kinds.kind(name).plural.in_(language).capitalize(), **of_kind} for name, of_kind in counts.items()
    ]
    columns = ["read", *RowOutcome.values]
    footer = {"kind": _("All rows")} | {name: sum(of_kind[name] for of_kind in counts.values()) for name in columns}
    return Table(
        caption=_("Rows by what became of them"),
        columns=[
            Column("kind", _("Kind"), heading=True),
            Column("read", _("Rows read"), kind="number"),
            *(Column(outcome.value, str(outcome.label).capitalize(), kind="number") for outcome in RowOutcome),
        ],
        rows=rows,
        footer=footer if len(rows) > 1 else {},
        note=_("New, changed, unchanged and refused together are all rows that were read."),
        empty=_("No row was taken in yet."),
    )


def _uses(names: Iterable[str]) -> list[tuple[str, list[Link]]]:
    """Each kind with the figures in which its rows count."""
    language = get_language() or "nl"
    return [
        (
            kinds.kind(name).plural.in_(language).capitalize(),
            [Link(use.name.in_(language), use.url) for use in counted_in(name)],
        )
        for name in names
    ]


def _rows(told: Iterable[accounting.Fate]) -> Table:
    return Table(
        caption=_("Row by row"),
        columns=[
            Column("record", _("Record"), heading=True),
            Column("place", _("Row")),
            Column("outcome", _("What became of it")),
            Column("counts", _("Counts in the figures")),
            Column("remarks", _("Particulars")),
        ],
        rows=[_row(fate) for fate in told],
        empty=_("There are no such rows."),
    )


def _row(fate: accounting.Fate) -> dict[str, object]:
    name = " · ".join(dict.fromkeys(part for part in (fate.number, fate.title) if part)) or _("without number")
    url = reverse("intake:record", args=[fate.kind, fate.record]) if fate.record else ""
    return {
        "record": Link(name, url) if url else name,
        "place": _("%(table)s, row %(row)s") % {"table": fate.table, "row": fate.row},
        "outcome": Badge(_BADGES[fate.outcome], RowOutcome(fate.outcome).label),
        "counts": _yes(said=fate.counts),
        "remarks": " ".join(_remarks(fate)),
    }


def _yes(*, said: bool) -> str:
    return _("yes") if said else _("no")


def _remarks(fate: accounting.Fate) -> Iterator[str]:
    english = (get_language() or "nl").startswith("en")
    if fate.edited:
        yield _("Edited here before it was accepted.")
    if fate.overridden:
        yield _("A value of it is overridden.")
    for finding in fate.findings:
        yield finding.message_en if english else finding.message_nl


def _heading() -> list[str]:
    return [
        *(_("Kind"), _("Number"), _("Name"), _("File"), _("Table"), _("Row"), _("What became of it")),
        *(_("Counts"), _("In figures"), _("Edited"), _("Overridden"), _("Findings")),
    ]


def _plain(told: Iterable[accounting.Fate]) -> Iterator[list[Value]]:
    language = get_language() or "nl"
    uses: dict[str, str] = {}
    for fate in told:
        if fate.kind not in uses:
            uses[fate.kind] = ", ".join(use.name.in_(language) for use in counted_in(fate.kind))
        findings = [f.message_en if language.startswith("en") else f.message_nl for f in fate.findings]
        yield [
            kinds.kind(fate.kind).labels.in_(language),
            *(fate.number, fate.title, fate.file, fate.table, fate.row),
            str(RowOutcome(fate.outcome).label),
            _yes(said=fate.counts),
            uses[fate.kind] if fate.counts else "",
            _yes(said=fate.edited),
            _yes(said=fate.overridden),
            " ".join(findings),
        ]
