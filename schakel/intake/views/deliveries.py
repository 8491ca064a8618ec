"""The list of deliveries, one delivery, and its files as they were sent."""

from __future__ import annotations

from urllib.parse import quote

from django.core.paginator import Page, Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.documents.actions import LARGEST
from schakel.documents.queries import streamed
from schakel.intake import kinds, queries
from schakel.intake.forms.listing import ListForm
from schakel.intake.models import DeliveredFile, Delivery, DeliveryState, Receipt, RowOutcome
from schakel.intake.panels import panels
from schakel.intake.steps import next_of, steps_of
from schakel.intake.views.gates import may_change
from schakel.intake.views.history import acts_on, looking_at
from schakel.intake.views.naming import SEVERITIES, STATES, check_title
from schakel.intake.views.working import working
from schakel.sharing.looking import saw
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.formats import moment_long
from schakel.web.tables import Badge, Column, Link, Table

_KEPT = (DeliveryState.ACCEPTED, DeliveryState.ACCEPTING, DeliveryState.DISCARDED)
_PAGE = 25


@for_parties("agency", "secretariat")
def deliveries(request: PartyRequest) -> HttpResponse:
    """The acting party's deliveries, by year and state; a page at a time."""
    found = queries.deliveries()
    form = ListForm(
        request.GET or None, years=list(found.order_by("-period").values_list("period", flat=True).distinct())
    )
    page = Paginator(form.chosen(found), _PAGE).get_page(request.GET.get("page"))
    context = {"table": _listed(request, page), "page": page, "form": form, "may_change": may_change(request)}
    return render(request, "intake/deliveries.html", context)


def _listed(request: PartyRequest, page: Page[Delivery]) -> Table:
    begin = _("Deliver files from your own system: choose “New delivery”.")
    return Table(
        caption=_("Deliveries of %(party)s") % {"party": request.role_held.party},
        columns=[
            Column("delivery", _("Delivery"), heading=True),
            Column("period", _("Year")),
            Column("state", _("State")),
            Column("sender", _("Sent by")),
            Column("origin", _("By way of")),
            Column("received", _("Received"), kind="moment"),
        ],
        rows=[
            {
                "delivery": Link(_("Delivery %(number)s") % {"number": d.pk}, reverse("intake:delivery", args=[d.pk])),
                "period": str(d.period),
                "state": Badge(STATES[d.state], d.get_state_display()),
                "sender": d.sender.name if d.sender else "",
                "origin": d.get_origin_display(),
                "received": d.received_at,
            }
            for d in page
        ],
        empty=_("No delivery is like that.") if request.GET else _("There are no deliveries yet."),
        empty_how=begin if may_change(request) else _("A data steward of your organisation delivers."),
    )


@for_parties("agency", "secretariat")
def delivery(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """One delivery: how far it is, what to do next, its files, and who did what with it."""
    found = get_object_or_404(Delivery.objects.select_related("owner", "sender", "accepted_by"), pk=delivery_id)
    receipt = Receipt.objects.filter(delivery=found).first()
    steps = steps_of(found)
    context = working(request, found) | {
        "steps": steps,
        "next": next_of(found, steps),
        "state": STATES[found.state],
        "facts": _facts(found),
        "files": found.files.select_related("stored").order_by("name"),
        "half_sent": found.files.filter(stored__kept_at=None).exists(),
        "largest": LARGEST,
        "receipt": receipt,
        "outcomes": _outcomes(receipt) if receipt else None,
        "checks": _checks(found),
        "looking": looking_at(request, found),
        "acts": acts_on(found),
        "panels": panels(found),
        "may_discard": may_change(request) and found.state not in _KEPT,
    }
    return render(request, "intake/delivery.html", context)


def _facts(found: Delivery) -> list[tuple[str, object]]:
    sender = found.sender.name if found.sender else _("nobody in person")
    said = _("all there is of this year") if found.whole else _("additions and changes only")
    facts: list[tuple[str, object]] = [
        (_("Sent by"), f"{sender}, {found.get_origin_display()}"),
        (_("Begun") if found.state == DeliveryState.UPLOADING else _("Received"), moment_long(found.received_at)),
        (_("Holds"), said),
    ]
    if found.examined_at:
        facts.append((_("Checked"), moment_long(found.examined_at)))
    if found.accepted_at:
        by = f", {found.accepted_by.name}" if found.accepted_by else ""
        facts.append((_("Accepted"), f"{moment_long(found.accepted_at)}{by}"))
    return facts


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


@for_parties("agency", "secretariat", "auditor")
def file(request: PartyRequest, file_id: int) -> StreamingHttpResponse:
    """The original file, as it was sent; read part by part while it goes out."""
    found = get_object_or_404(DeliveredFile.objects.select_related("stored"), pk=file_id)
    saw(actor=request.actor, verb="opened", kind="file", seen=[(found.owner_id, found.pk)])
    parts = streamed(found.stored, actor=request.actor)
    response = StreamingHttpResponse(parts, content_type="application/octet-stream")
    response.headers["Content-Length"] = str(found.size)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    return response
