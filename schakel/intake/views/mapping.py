"""The mapping page of a delivery: how its tables become records, what each value becomes, and settling it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions, settling
from schakel.intake.mapping import dump, parse
from schakel.intake.models import Delivery, DeliveryState
from schakel.intake.settling import Answer, Problem, version_of
from schakel.intake.steps import steps_of
from schakel.intake.views.gates import for_stewards, may_change
from schakel.intake.views.mapping_also import with_another
from schakel.intake.views.mapping_desk import Desk, base_of, composed
from schakel.intake.views.mapping_tables import one_field, preview, table_view
from schakel.intake.views.working import working
from schakel.network.models import Person
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.queries import entries_about
from schakel.web.formats import moment_long

_OPEN_TO_CHANGE = (DeliveryState.RECEIVED, DeliveryState.CHECKED, DeliveryState.FAILED)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A problem as the summary of errors shows a field."""

    label: str
    id_for_label: str
    errors: tuple[str, ...]
    auto_id: str = ""


@dataclass(slots=True)
class _Faults:
    """Problems as the summary of errors of a form shows them."""

    errors: list[_Fault] = field(default_factory=list)
    non_field_errors: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[_Fault]:
        return iter(self.errors)


@for_parties("agency", "secretariat")
def mapping(request: PartyRequest, delivery_id: int) -> HttpResponseBase:
    """How the tables of a delivery become records; a steward settles it here."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    if request.method == "POST":
        return _post(request, delivery)
    desk = Desk(delivery, delivery.mapping)
    answers = desk.as_they_stand()
    wanted = request.GET.get("open", "")
    if request.headers.get("HX-Request"):
        return _panel(request, desk, answers, _at(wanted), focused=True)
    opened = {_at(wanted)} if wanted else _first(answers)
    return _page(request, desk, answers, opened)


@for_stewards
def _post(request: PartyRequest, delivery: Delivery) -> HttpResponse:
    data = request.POST.dict()
    desk = Desk(delivery, base_of(delivery, data.get("base", "")))
    answers = desk.answers(data)
    opened = {answer.asked.at for answer in answers if answer.shown}
    if "also" in data and _may_settle(request, delivery):
        return _read_twice(request, desk, answers, _at(data["also"]), data)
    if "use" not in data or not _may_settle(request, delivery):
        return _page(request, desk, answers, opened | ({_at(data["open"])} if "open" in data else set()))
    faults = settling.problems(answers)
    if faults:
        return _page(request, desk, answers, opened | _concerned(answers, faults), faults)
    return _settle(request, desk, answers, opened)


def _read_twice(
    request: PartyRequest, desk: Desk, answers: Sequence[Answer], at: int, data: dict[str, str]
) -> HttpResponse:
    """The page with one more reading of a table, opened; nothing is settled by it."""
    made = with_another(desk, answers, at, data.get(f"t{at}-also", ""))
    if made is None:
        fault = Problem(f"t{at}-also", _("This table also holds"), _("Choose what else this table holds."))
        return _page(request, desk, answers, {at}, [fault])
    fresh, now, place = made
    entry = fresh.asked[place].entry
    kind = fresh.asked[place].kind
    told = _("%(table)s is read as %(kind)s too. Look at it, and settle the mapping below.")
    if not entry.fields:
        told = _("Nothing of this kind is found in %(table)s; choose the columns yourself.")
    called = kind.plural.in_(get_language() or "nl") if kind is not None else ""
    messages.success(request, told % {"table": entry.table, "kind": called})
    return _page(request, fresh, now, {place})


def _settle(request: PartyRequest, desk: Desk, answers: Sequence[Answer], opened: set[int]) -> HttpResponse:
    delivery, standing = desk.delivery, request.POST.get("for") != "this"
    text = dump(composed(delivery.owner.slug, answers))
    made_from = request.POST.get("made_from", "")
    try:
        actions.use_mapping(
            actor=request.actor, delivery=delivery, text=text, made_from=made_from or "-", standing=standing
        )
    except actions.MappingMoved:
        delivery.refresh_from_db()
        return _page(request, desk, answers, opened, moved=text)
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
        return redirect("intake:mapping", delivery.pk)
    messages.success(request, _("The mapping is settled. The delivery is checked again with it."))
    return redirect("intake:delivery", delivery.pk)


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def example(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """What a choice on the mapping page would do: the field's row, or the whole table, with examples anew."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    data = request.POST.dict()
    desk = Desk(delivery, base_of(delivery, data.get("base", "")))
    answers = desk.answers(data)
    at = _at(request.GET.get("table", ""))
    answer = next((answer for answer in answers if answer.asked.at == at), None)
    view = None if answer is None else one_field(desk, answer, answers, request.GET.get("field", ""))
    if answer is None or view is None:
        return _panel(request, desk, answers, at)
    context = {"field": view, "table": {"id": f"t{at}", "asked": answer.asked, "preview": preview(answer.asked)}}
    return render(request, "intake/mapping/example.html", context | {"delivery": delivery, "may_settle": True})


def _panel(
    request: PartyRequest, desk: Desk, answers: Sequence[Answer], at: int, *, focused: bool = False
) -> HttpResponse:
    answer = next((answer for answer in answers if answer.asked.at == at), None)
    if answer is None:
        raise Http404
    context = {
        "table": table_view(desk, answer, answers, opened=True),
        "delivery": desk.delivery,
        "may_settle": _may_settle(request, desk.delivery),
        "focused": focused,
    }
    return render(request, "intake/mapping/table.html", context)


def _page(
    request: PartyRequest,
    desk: Desk,
    answers: Sequence[Answer],
    opened: set[int],
    faults: Sequence[Problem] = (),
    *,
    moved: str = "",
) -> HttpResponse:
    delivery = desk.delivery
    tables = [table_view(desk, answer, answers, opened=answer.asked.at in opened, faults=faults) for answer in answers]
    context = working(request, delivery) | {
        "steps": steps_of(delivery),
        "tables": [table for table in tables if table.asked.state not in ("unread", "absent")],
        "unread": [table for table in tables if table.asked.state == "unread"],
        "absent": [table for table in tables if table.asked.state == "absent"],
        "waiting": sum(table.needs_right for table in tables),
        "faults": _Faults([_Fault(p.label, p.place, (p.message,)) for p in faults]),
        "base": desk.base,
        "made_from": version_of(delivery.mapping, settled=delivery.mapping_settled),
        "may_settle": _may_settle(request, delivery),
        "first": desk.confirmed is None,
        "only_this": request.POST.get("for") == "this",
        "settled": _last_settled(delivery),
        "moved": _moved(delivery, moved) if moved else None,
    }
    return render(request, "intake/mapping/page.html", context)


def _may_settle(request: PartyRequest, delivery: Delivery) -> bool:
    own = delivery.owner_id == request.role_held.party_id
    return own and may_change(request) and delivery.state in _OPEN_TO_CHANGE


def _first(answers: Sequence[Answer]) -> set[int]:
    """The table to begin with: the first with something to look at, else the first that is asked at all."""
    asked = [a.asked for a in answers if a.asked.state in ("proposed", "changed")]
    doubtful = [table for table in asked if table.doubtful]
    return {table.at for table in (doubtful or asked)[:1]}


def _concerned(answers: Sequence[Answer], faults: Sequence[Problem]) -> set[int]:
    """The tables with a problem inside: a tick that is missing stands in a closed table's head too."""
    places = {problem.place.partition("-")[0] for problem in faults if not problem.place.endswith("-right")}
    return {answer.asked.at for answer in answers if f"t{answer.asked.at}" in places}


def _last_settled(delivery: Delivery) -> str:
    """Who settled the mapping of this delivery last, and when; empty if nobody did."""
    entry = entries_about("mapping", delivery.pk).filter(verb="settled").first()
    if entry is None or not delivery.mapping_settled:
        return ""
    person = Person.objects.filter(pk=entry.person_id or 0).first()
    values = {"who": person.name if person else _("Somebody"), "moment": moment_long(entry.at)}
    return _("%(who)s settled this mapping on %(moment)s.") % values


def _moved(delivery: Delivery, mine: str) -> dict[str, object]:
    language = get_language() or "nl"
    told = settling.differences(parse(delivery.mapping), parse(mine))
    return {"differences": [words.in_(language) for words in told]}


def _at(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 4 else -1
