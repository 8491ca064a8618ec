"""Records that a later delivery no longer had: per record or all at once withdrawn or kept, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from schakel.intake import actions, kinds, writing
from schakel.intake.forms.accepting import VanishedForm
from schakel.intake.models import Delivery
from schakel.intake.queries import vanished_of
from schakel.intake.steps import steps_of
from schakel.intake.titles import titles
from schakel.intake.views.gates import for_stewards, may_change
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.tables import Column, Link, Table

_PAGE = 100


@for_parties("agency", "secretariat")
def vanished(request: PartyRequest, delivery_id: int) -> HttpResponseBase:
    """The records of the delivery's year that are proposed as withdrawn; a form to decide on them for stewards."""
    found = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    return _settle(request, found) if request.method == "POST" else _page(request, found, VanishedForm())


@for_stewards
def _settle(request: PartyRequest, found: Delivery) -> HttpResponse:
    form = VanishedForm(request.POST)
    chosen = _chosen(request.POST.getlist("record"))
    if form.is_valid() and not (chosen or form.cleaned_data["every"]):
        form.add_error(None, _("Choose at least one record, or tick that it is about all of them."))
    if not form.is_valid():
        return _page(request, found, form)
    said = form.cleaned_data
    try:
        done = actions.settle_vanished(
            actor=request.actor,
            period=found.period,
            withdraw=said["decision"] == "withdraw",
            reason=said["reason"],
            chosen=None if said["every"] else chosen,
        )
    except actions.DeliveryRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _told(done, withdrawn=said["decision"] == "withdraw"))
    return redirect("intake:vanished", found.pk)


def _told(done: int, *, withdrawn: bool) -> str:
    if withdrawn:
        return ngettext("%(count)s record was withdrawn.", "%(count)s records were withdrawn.", done) % {"count": done}
    return ngettext("%(count)s record was kept.", "%(count)s records were kept.", done) % {"count": done}


def _chosen(posted: Sequence[str]) -> dict[str, list[int]]:
    """Ids by kind from "kind:id"; what is neither is left out."""
    chosen: dict[str, list[int]] = {}
    for one in posted:
        kind, _colon, pk = one.partition(":")
        if pk.isdecimal():
            chosen.setdefault(kind, []).append(int(pk))
    return chosen


def _waiting(found: Delivery) -> Iterator[tuple[str, int]]:
    for table in writing.record_tables():
        listed = vanished_of(table, found.owner_id, found.period).order_by("number").values_list("pk", flat=True)
        yield from ((table.kind, pk) for pk in listed)


def _page(request: PartyRequest, found: Delivery, form: VanishedForm) -> HttpResponse:
    page = Paginator(list(_waiting(found)), _PAGE).get_page(request.GET.get("page"))
    context = {
        "delivery": found,
        "steps": steps_of(found),
        "page": page,
        "records": _records(list(page), choose=may_change(request)),
        "form": form,
        "may_change": may_change(request),
    }
    return render(request, "intake/vanished.html", context, status=422 if form.errors else 200)


def _records(waiting: Sequence[tuple[str, int]], *, choose: bool) -> Table:
    language = get_language() or "nl"
    called = {kind: titles(kind, [pk for of, pk in waiting if of == kind]) for kind in {kind for kind, _pk in waiting}}
    rows = []
    for kind, pk in waiting:
        number, title = called[kind][pk]
        name = f"{number} · {title}" if title and title != number else number
        rows.append(
            {
                "choose": format_html(
                    '<input class="utrecht-checkbox utrecht-checkbox--html-input" type="checkbox" name="record"'
                    ' value="{}:{}" aria-label="{}">',
                    kind,
                    pk,
                    _("Choose %(record)s") % {"record": name},
                ),
                "record": Link(name, reverse("intake:record", args=[kind, pk])),
                "kind": kinds.kind(kind).labels.in_(language),
            }
        )
    columns = [Column("record", _("Record"), heading=True), Column("kind", _("Kind"))]
    return Table(
        caption=_("No longer in the delivery"),
        columns=[Column("choose", _("Choose")), *columns] if choose else columns,
        rows=rows,
        empty=_("No record waits for your decision."),
        empty_how=_("Records that are missing from a later delivery of the same year appear here."),
    )
