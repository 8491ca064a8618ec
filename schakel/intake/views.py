"""Pages of deliveries and of the records they made."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from schakel.intake import kinds, queries
from schakel.intake.checks import check
from schakel.intake.models import DeliveredFile, Delivery, Receipt, RowOutcome
from schakel.intake.showing import shown
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.tables import Badge, Column, Link, Table

_STATES = {"accepted": "ok", "checked": "info", "received": "neutral", "failed": "error"}
_SEVERITIES = {"error": gettext_lazy("error"), "warning": gettext_lazy("warning"), "notice": gettext_lazy("notice")}
_PAGE = 50


@for_parties("agency", "secretariat")
def deliveries(request: PartyRequest) -> HttpResponse:
    """The acting party's deliveries."""
    rows = [
        {
            "delivery": Link(_("Delivery %(number)s") % {"number": d.pk}, reverse("intake:delivery", args=[d.pk])),
            "period": str(d.period),
            "received": d.received_at,
            "state": Badge(_STATES[d.state], d.get_state_display()),
        }
        for d in queries.deliveries()
    ]
    table = Table(
        caption=_("Deliveries of %(party)s") % {"party": request.role_held.party},
        columns=[
            Column("delivery", _("Delivery"), heading=True),
            Column("period", _("Year")),
            Column("received", _("Received"), kind="moment"),
            Column("state", _("State")),
        ],
        rows=rows,
        empty=_("There are no deliveries yet."),
        empty_how=_("Deliver a file or folder on the command line: schakel deliver AGENCY YEAR FOLDER."),
    )
    return render(request, "intake/deliveries.html", {"table": table})


@for_parties("agency", "secretariat")
def delivery(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """One delivery: its files, what became of its rows, and what the checks found."""
    found = get_object_or_404(Delivery.objects.select_related("owner", "sender"), pk=delivery_id)
    receipt = Receipt.objects.filter(delivery=found).first()
    context = {
        "delivery": found,
        "state": _STATES[found.state],
        "files": found.files.order_by("name").only("pk", "name", "size"),
        "receipt": receipt,
        "outcomes": _outcomes(receipt) if receipt else None,
        "checks": _checks(found),
    }
    return render(request, "intake/delivery.html", context)


def _outcomes(receipt: Receipt) -> Table:
    counts: dict[str, dict[str, int]] = receipt.content["rows"]
    language = get_language() or "nl"
    rows = [
        {"kind": kinds.kind(name).plural.in_(language).capitalize()}
        | {outcome.value: by_outcome.get(outcome.value, 0) for outcome in RowOutcome}
        for name, by_outcome in counts.items()
    ]
    return Table(
        caption=_("What became of each row"),
        columns=[
            Column("kind", _("Kind"), heading=True),
            *(Column(outcome.value, str(outcome.label).capitalize(), kind="number") for outcome in RowOutcome),
        ],
        rows=rows,
    )


def _title(check_id: str) -> str:
    """What a check is called in the reader's language; its id where a later version no longer has it."""
    try:
        return check(check_id).title.in_(get_language() or "nl")
    except KeyError:
        return check_id


def _checks(found: Delivery) -> Table:
    url = reverse("intake:findings", args=[found.pk])
    rows = [
        {
            "check": Link(_title(line["check_id"]), f"{url}?check={line['check_id']}"),
            "severity": Badge(line["severity"].replace("notice", "info"), _SEVERITIES[line["severity"]]),
            "count": line["count"],
        }
        for line in queries.findings_by_check(found)
    ]
    return Table(
        caption=_("What the checks found"),
        columns=[
            Column("check", _("Check"), heading=True),
            Column("severity", _("Severity")),
            Column("count", _("How often"), kind="number"),
        ],
        rows=rows,
        empty=_("The checks found nothing."),
    )


@for_parties("agency", "secretariat")
def findings(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """The findings of a delivery, of one check or all, each with its cell."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    listed = queries.findings_of(found)
    chosen = request.GET.get("check", "")
    if chosen:
        listed = listed.filter(check_id=chosen)
    page = Paginator(listed, _PAGE).get_page(request.GET.get("page"))
    english = (get_language() or "nl").startswith("en")
    shown_findings = [
        {
            "severity": item.severity,
            "place": " ".join(part for part in (item.file, item.cell) if part),
            "message": item.message_en if english else item.message_nl,
            "remedy": item.remedy_en if english else item.remedy_nl,
            "value": item.value,
            "expected": item.expected,
        }
        for item in page
    ]
    return render(
        request,
        "intake/findings.html",
        {"delivery": found, "check": _title(chosen) if chosen else "", "page": page, "findings": shown_findings},
    )


@for_parties("agency", "secretariat")
def file(request: PartyRequest, file_id: int) -> HttpResponse:
    """The original file, as it was sent."""
    found = get_object_or_404(DeliveredFile, pk=file_id)
    note(actor=request.actor, verb="opened", kind="file", objects=[found.pk])
    response = HttpResponse(bytes(found.content), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return response


@for_parties()
def record(request: PartyRequest, kind: str, record_id: int) -> HttpResponse:
    """One record, each value with the cell it came from."""
    view = queries.record_view(kind, record_id)
    if view is None:
        raise Http404
    note(actor=request.actor, verb="opened", kind=kind, objects=[record_id])
    language = get_language() or "nl"
    context: dict[str, Any] = {
        "view": view,
        "kind_label": view.kind.labels.in_(language),
        "values": _values_table(view, language),
        "related": [_related_table(*part, language=language) for part in view.related],
        "years": [(period, reverse("intake:record", args=[kind, pk])) for period, pk in view.years],
    }
    return render(request, "intake/record.html", context)


def _values_table(view: queries.RecordView, language: str) -> Table:
    rows = []
    for value in view.values:
        text: object = shown(value.field, value.value)
        if value.record:
            kind, pk, title = value.record
            text = Link(title, reverse("intake:record", args=[kind, pk]))
        if text or value.raw:
            rows.append(
                {"field": value.field.labels.in_(language), "value": text, "cell": value.cell, "raw": value.raw}
            )
    return Table(
        caption=_("Values, and the cells they came from"),
        columns=[
            Column("field", _("Field"), heading=True),
            Column("value", _("Value")),
            Column("cell", _("Cell")),
            Column("raw", _("As it was sent")),
        ],
        rows=rows,
    )


def _related_table(kind: kinds.RecordKind, records: list[Any], count: int, *, language: str) -> Table:
    rows = [
        {"record": Link(str(found), reverse("intake:record", args=[kind.name, found.pk])), "period": str(found.period)}
        for found in records
    ]
    more = _("%(count)s in all; the first %(shown)s are shown.") % {"count": count, "shown": len(records)}
    return Table(
        caption=kind.plural.in_(language).capitalize(),
        columns=[Column("record", kind.labels.in_(language).capitalize(), heading=True), Column("period", _("Year"))],
        rows=rows,
        note=more if count > len(records) else "",
    )
