"""Talking about a delivery: all that was said, and saying more, here or from a finding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions
from schakel.intake.forms.findings import RemarkForm
from schakel.intake.models import Delivery, DeliveryFinding, Remark
from schakel.intake.steps import steps_of
from schakel.intake.views.finding import about_choices
from schakel.intake.views.naming import check_title
from schakel.intake.views.remarks import Said, people_of, said
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties("agency", "secretariat")
def talk(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """All that was said about a delivery, its rows and its findings; saying something about it as a whole."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    form = RemarkForm(request.POST or None, people=people_of(request))
    if request.method == "POST" and form.is_valid():
        made = _say(request, delivery, form, {})
        if made is not None:
            return redirect(reverse("intake:talk", args=[delivery.pk]) + f"#opmerking-{made.pk}")
    context: dict[str, Any] = {
        "delivery": delivery,
        "steps": steps_of(delivery),
        "threads": _threads(said(delivery.remarks.all(), delivery.owner_id), delivery),
        "remark_form": form,
    }
    return render(request, "intake/talk.html", context)


@require_POST
@for_parties("agency", "secretariat")
def talk_here(request: PartyRequest, delivery_id: int, finding_id: int) -> HttpResponse:
    """Say something about a finding, or its row, or the whole delivery, from the finding's page."""
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    found = get_object_or_404(DeliveryFinding, delivery=delivery, pk=finding_id)
    form = RemarkForm(request.POST, people=people_of(request), about=about_choices(found))
    if not form.is_valid():
        messages.error(request, _("Write what you want to say first."))
    elif _say(request, delivery, form, _place(found, form.cleaned_data["about"])) is not None:
        messages.success(request, _("Your remark is there for your colleagues to read."))
    return redirect(reverse("intake:finding", args=[delivery.pk, found.pk]) + "#gesprek")


def _say(request: PartyRequest, delivery: Delivery, form: RemarkForm, place: dict[str, Any]) -> Remark | None:
    words = form.cleaned_data
    mentioned = [int(words["person"])] if words["person"] else []
    try:
        return actions.remark(actor=request.actor, delivery=delivery, text=words["text"], mentioned=mentioned, **place)
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
        return None


def _place(found: DeliveryFinding, about: str) -> dict[str, Any]:
    if about == "delivery":
        return {}
    row = {"file": found.file, "table": found.table, "row": found.row}
    return row if about == "row" else row | {"check_id": found.check_id}


def _threads(remarks: list[Said], delivery: Delivery) -> list[dict[str, Any]]:
    """What was said, together by what it is about; the thread that was spoken in last comes first."""
    threads: dict[tuple[object, ...], list[Said]] = {}
    for one in remarks:
        about = one.remark
        threads.setdefault((about.check_id, about.file, about.table, about.row), []).append(one)
    found = _findings(delivery)
    told = [{"about": _about(key), "url": _url(delivery, key, found), "remarks": part} for key, part in threads.items()]
    return sorted(told, key=lambda thread: -thread["remarks"][-1].remark.pk)


def _findings(delivery: Delivery) -> dict[tuple[object, ...], int]:
    """The findings of rows that were talked about, by what they are about."""
    rows = delivery.remarks.exclude(check_id="").values("row")
    listed = DeliveryFinding.objects.filter(delivery=delivery, row__in=rows).order_by("-pk")
    return {(f.check_id, f.file, f.table, f.row): f.pk for f in listed.only("check_id", "file", "table", "row")}


def _about(key: tuple[object, ...]) -> str:
    check_id, _file, table, row = key
    if row is None and not check_id:
        return _("The delivery")
    place = _("%(table)s, row %(row)s") % {"table": table, "row": row} if row is not None else str(table)
    return f"{check_title(str(check_id))}: {place}" if check_id else place


def _url(delivery: Delivery, key: tuple[object, ...], found: dict[tuple[object, ...], int]) -> str:
    return reverse("intake:finding", args=[delivery.pk, found[key]]) if key in found else ""
