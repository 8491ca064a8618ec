"""What accepting a delivery would do, and accepting it."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions, kinds
from schakel.intake.canonical import said
from schakel.intake.differing import STATE, lines_of, overtaken
from schakel.intake.forms.accepting import AcceptForm, DifferenceFilter
from schakel.intake.models import Delivery, DeliveryState, DifferenceLine
from schakel.intake.records import RecordState
from schakel.intake.steps import awaits_mapping, steps_of
from schakel.intake.views.gates import for_stewards, may_change
from schakel.intake.views.working import working
from schakel.intake.worded import change_said, figure_said
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web import formats
from schakel.web.tables import Badge, Column, Link, Table

_PAGE = 50
_BADGES = {"new": "ok", "changed": "info", "vanished": "warning"}
_OUTCOMES = ("new", "changed", "unchanged", "refused", "vanished")


@for_parties("agency", "secretariat")
def difference(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """What would be new, changed and vanished, field by field, and what it does to one's own figures."""
    return _page(request, _delivery(delivery_id))


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def accept(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Have the delivery accepted; the page says so where somebody was first, or something must be done before."""
    found = _delivery(delivery_id)
    form = AcceptForm(request.POST, refused=_total(found, "refused"))
    if found.state == DeliveryState.CHECKED and not form.is_valid():
        return _page(request, found, form)
    try:
        actions.ask_acceptance(actor=request.actor, delivery=found)
    except actions.DeliveryRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("This delivery is being accepted. You may leave this page; the work goes on."))
    return redirect("intake:difference", found.pk)


def _delivery(delivery_id: int) -> Delivery:
    return get_object_or_404(Delivery.objects.select_related("owner", "accepted_by"), pk=delivery_id)


def _page(request: PartyRequest, found: Delivery, form: AcceptForm | None = None) -> HttpResponse:
    chosen = DifferenceFilter(request.GET, names=found.compared)
    asked = chosen.cleaned_data if chosen.is_valid() else {}
    page = Paginator(lines_of(found, **asked), _PAGE).get_page(request.GET.get("page"))
    context = {
        **working(request, found),
        "steps": steps_of(found),
        "counts": _counts(found),
        "changes": _changes(list(page)),
        "page": page,
        "filter": chosen,
        "effects": _effects(found, moved=True),
        "unmoved": _effects(found, moved=False),
        "accept": form or AcceptForm(refused=_total(found, "refused")),
        "words": _words(found),
        "awaits_mapping": awaits_mapping(found),
        "overtaken": overtaken(found),
        "open": found.state == DeliveryState.CHECKED and not found.progress and may_change(request),
    }
    return render(request, "intake/difference.html", context, status=422 if form else 200)


def _total(found: Delivery, outcome: str) -> int:
    return sum(int(counts.get(outcome, 0)) for counts in found.compared.values())


def _words(found: Delivery) -> dict[str, int]:
    return {outcome: _total(found, outcome) for outcome in _OUTCOMES}


def _counts(found: Delivery) -> Table:
    language = get_language() or "nl"
    url = reverse("intake:difference", args=[found.pk])
    rows = [
        {"kind": kinds.kind(name).plural.in_(language).capitalize()}
        | {outcome: _count(counts.get(outcome, 0), outcome, f"{url}?kind={name}") for outcome in _OUTCOMES}
        for name, counts in found.compared.items()
    ]
    return Table(
        caption=_("What accepting would do, by kind"),
        columns=[
            Column("kind", _("Kind"), heading=True),
            Column("new", _("New"), kind="number"),
            Column("changed", _("Changed"), kind="number"),
            Column("unchanged", _("Unchanged"), kind="number"),
            Column("refused", _("Refused"), kind="number"),
            Column("vanished", _("Vanished"), kind="number"),
        ],
        rows=rows,
        empty=_("This delivery was not compared yet."),
    )


def _count(count: int, outcome: str, url: str) -> object:
    return Link(count, f"{url}&outcome={outcome}#changes") if count and outcome in _BADGES else count


def _changes(lines: list[DifferenceLine]) -> Table:
    words = {"new": _("new"), "changed": _("changed"), "vanished": _("vanished")}
    rows = [
        {
            "record": f"{line.number} · {line.title}" if line.title and line.title != line.number else line.number,
            "kind": kinds.kind(line.kind).labels.in_(get_language() or "nl"),
            "outcome": Badge(_BADGES[line.outcome], words[line.outcome]),
            "place": _("%(table)s, row %(row)s") % {"table": line.table, "row": line.row} if line.row else "",
            **change,
        }
        for line in lines
        for change in _fields(line)
    ]
    return Table(
        caption=_("Record by record"),
        columns=[
            Column("record", _("Record"), heading=True),
            Column("kind", _("Kind")),
            Column("outcome", _("What would happen")),
            Column("field", _("Field")),
            Column("before", _("Stands now")),
            Column("after", _("Becomes")),
            Column("place", _("Where it stands in the file")),
        ],
        rows=rows,
        empty=_("Nothing would change here."),
    )


def _fields(line: DifferenceLine) -> Iterator[dict[str, str]]:
    declared = kinds.kind(line.kind).fields_by_name
    for change in line.fields or [{}]:
        name = change.get("field", "")
        if name == STATE:
            states = {str(value): str(label) for value, label in RecordState.choices}
            before, after = states[change["before"]], states[change["after"]]
            yield {"field": _("State"), "before": before, "after": after}
        elif name in declared:
            before, after = (said(declared[name], change[side]) or formats.NOTHING for side in ("before", "after"))
            yield {"field": declared[name].labels.in_(get_language() or "nl"), "before": before, "after": after}
        else:
            yield {"field": "", "before": "", "after": ""}


def _effects(found: Delivery, *, moved: bool) -> Table:
    english = (get_language() or "nl").startswith("en")
    rows = [
        {
            "figure": effect["en" if english else "nl"],
            "now": figure_said(effect["unit"], effect["now"]),
            "after": figure_said(effect["unit"], effect["after"]),
            "change": change_said(effect["unit"], effect["now"], effect["after"]),
        }
        for effect in found.effects
        if (effect["now"] != effect["after"]) == moved
    ]
    return Table(
        caption=_("Your own figures of %(year)s") % {"year": found.period},
        columns=[
            Column("figure", _("Indicator"), heading=True),
            Column("now", _("Now"), kind="number"),
            Column("after", _("After accepting"), kind="number"),
            Column("change", _("Change"), kind="number"),
        ],
        rows=rows,
        note=_("Counted from your own records, before they are joined with those of other agencies."),
        empty=_("None of your figures changes."),
    )
