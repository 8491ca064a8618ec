"""The list of deliveries, one delivery, and its files as they were sent."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.documents.queries import content_of
from schakel.intake import kinds, queries
from schakel.intake.models import DeliveredFile, Delivery, Receipt, RowOutcome
from schakel.intake.views.naming import SEVERITIES, STATES, check_title
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.tables import Badge, Column, Link, Table


@for_parties("agency", "secretariat")
def deliveries(request: PartyRequest) -> HttpResponse:
    """The acting party's deliveries."""
    rows = [
        {
            "delivery": Link(_("Delivery %(number)s") % {"number": d.pk}, reverse("intake:delivery", args=[d.pk])),
            "period": str(d.period),
            "received": d.received_at,
            "state": Badge(STATES[d.state], d.get_state_display()),
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
        "state": STATES[found.state],
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


def _checks(found: Delivery) -> Table:
    url = reverse("intake:findings", args=[found.pk])
    rows = [
        {
            "check": Link(check_title(line["check_id"]), f"{url}?check={line['check_id']}"),
            "severity": Badge(line["severity"].replace("notice", "info"), SEVERITIES[line["severity"]]),
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
def file(request: PartyRequest, file_id: int) -> HttpResponse:
    """The original file, as it was sent."""
    found = get_object_or_404(DeliveredFile.objects.select_related("stored"), pk=file_id)
    note(actor=request.actor, verb="opened", kind="file", objects=[found.pk])
    response = HttpResponse(content_of(found.stored), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return response
