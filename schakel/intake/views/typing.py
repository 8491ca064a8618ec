"""Records that an agency keeps here: added, edited and withdrawn on screen, with the checks of a delivery."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import actions, kinds, writing
from schakel.intake.beside import aid_for
from schakel.intake.canonical import canonical
from schakel.intake.findings import Finding
from schakel.intake.forms.typing import ReasonForm, RecordForm
from schakel.intake.kinds import RecordKind
from schakel.intake.models import Origin
from schakel.intake.records import Record, RecordState
from schakel.intake.standing import value_of
from schakel.intake.typed import of_kind, text_of
from schakel.intake.views.gates import for_stewards
from schakel.intake.views.helped import asks_help, helped, texts_of
from schakel.intake.views.overriding import own_record
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.formats import moment_long
from schakel.web.tables import Column, Link, Table

_FIRST, _LAST = 2000, 2100
_LISTED = 50


@for_parties("agency", "secretariat")
@for_stewards
def kept_here(request: PartyRequest) -> HttpResponse:
    """Which kinds of record can be added on screen, for a year."""
    language, year = get_language() or "nl", _year(request)
    known = [kind for kind in kinds.kinds() if kind.delivered_by == _delivered_by(request) and _kept(kind)]
    links = [
        (kind.labels.in_(language), f"{reverse('intake:new-record', args=[kind.name])}?jaar={year}") for kind in known
    ]
    books = [(kind.plural.in_(language), reverse("intake:blank", args=[year, kind.name])) for kind in known]
    context = {"links": links, "books": books, "year": year, "here": _kept_table(request, known, year)}
    return render(request, "intake/kept_here.html", context)


def _kept_table(request: PartyRequest, known: list[RecordKind], year: int) -> Table:
    """What was typed here for a year, of each kind the last first."""
    here = [(kind, found) for kind in known for found in _typed(request, kind, year)]
    language = get_language() or "nl"
    rows = [
        {
            "record": Link(str(found), reverse("intake:record", args=[kind.name, found.pk])),
            "kind": kind.labels.in_(language),
            "who": found.delivery.sender.name if found.delivery.sender else "",
            "when": moment_long(found.delivery.received_at),
        }
        for kind, found in here
    ]
    return Table(
        caption=_("Kept here for %(year)s") % {"year": year},
        columns=[
            Column("record", _("Record"), heading=True),
            Column("kind", _("Kind")),
            Column("who", _("By")),
            Column("when", _("When")),
        ],
        rows=rows,
        note=_("The last %(count)s of each kind are shown.") % {"count": _LISTED} if len(rows) >= _LISTED else "",
        empty=_("No record is kept here for %(year)s yet.") % {"year": year},
        empty_how=_("Choose below what you want to add."),
    )


def _typed(request: PartyRequest, kind: RecordKind, year: int) -> list[Record]:
    table = next(table for table in writing.record_tables() if table.kind == kind.name)
    mine = table.model._default_manager.filter(owner_id=request.actor.owner, period=year, delivery__origin=Origin.FORM)
    return list(mine.select_related("delivery__sender").order_by("-delivery_id")[:_LISTED])


@for_parties("agency", "secretariat")
@for_stewards
def new(request: PartyRequest, kind: str) -> HttpResponse:
    """A form for a new record of a kind, for the year in the address."""
    found, year = _kind(request, kind), _year(request)
    aid = aid_for(kind)
    if aid is not None and asks_help(request):
        form, beside = helped(request, aid, found, year)
        return _page(request, form, found, year, **beside)
    form = RecordForm(_posted(request), kind=found, owner=request.actor.owner, period=year)
    if form.is_valid():
        made = _keep(request, form, found, year, fresh=True)
        if made is not None:
            messages.success(request, _("The record is kept."))
            return redirect("intake:record", kind, made.pk)
    return _page(request, form, found, year)


@for_parties("agency", "secretariat")
@for_stewards
def edit(request: PartyRequest, kind: str, record_id: int) -> HttpResponse:
    """The form of a record that is kept here; of a delivered one single values are overridden instead."""
    table, record = own_record(request, kind, record_id)
    if record.delivery.origin != Origin.FORM:
        raise Http404
    found = kinds.kind(kind)
    texts = {field.name: _text(table, record, field) for field in found.fields}
    form = RecordForm(
        _posted(request),
        kind=found,
        owner=record.owner_id,
        period=record.period,
        texts=texts,
        fixed=True,
    )
    if form.is_valid() and _keep(request, form, found, record.period, fresh=False) is not None:
        messages.success(request, _("The record is changed."))
        return redirect("intake:record", kind, record_id)
    return _page(request, form, found, record.period, record)


@for_parties("agency", "secretariat")
@for_stewards
def withdraw(request: PartyRequest, kind: str, record_id: int) -> HttpResponse:
    """Withdraw a record with a reason, or let it count again."""
    _table, record = own_record(request, kind, record_id)
    back = record.state == RecordState.WITHDRAWN
    form = ReasonForm(_posted(request))
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.withdraw_record(actor=request.actor, kind=kind, record_id=record_id, reason=reason, back=back)
        except actions.DeliveryRefused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("The record counts again.") if back else _("The record is withdrawn."))
        return redirect("intake:record", kind, record_id)
    context = {"form": form, "record": record, "kind": kind, "back": back}
    return render(request, "intake/withdraw.html", context, status=422 if form.errors else 200)


def _posted(request: PartyRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _text(table: writing.RecordTable, record: Record, field: kinds.Field) -> str:
    value = value_of(table, record, field)
    return canonical(field, value) if field.type == "date" else text_of(field, value)


def _keep(request: PartyRequest, form: RecordForm, kind: RecordKind, year: int, *, fresh: bool) -> Record | None:
    try:
        return actions.keep_record(actor=request.actor, kind=kind, period=year, texts=form.texts(), fresh=fresh)
    except actions.RecordRefused as refused:
        _tell(form, refused.findings)
    except actions.DeliveryRefused as refused:
        form.add_error(None, str(refused))
    return None


def _tell(form: RecordForm, findings: list[Finding]) -> None:
    """Put what the checks found beside its field, once each; what is about no field on top."""
    language = get_language() or "nl"
    told = {(found.field, found.message.in_(language), found.remedy.in_(language)) for found in findings}
    for field, message, remedy in sorted(told):
        form.add_error(field if field in form.fields else None, f"{message} {remedy}")
    if not told:
        form.add_error(None, _("Nothing that makes a record was filled in."))


def _page(
    request: PartyRequest,
    form: RecordForm,
    kind: RecordKind,
    year: int,
    record: Record | None = None,
    **beside: object,
) -> HttpResponse:
    context = {"form": form, "kind": kind.labels.in_(get_language() or "nl"), "year": year, "record": record} | beside
    aid = aid_for(kind.name)
    if record is None and aid is not None:
        context |= {"known_url": reverse("intake:known", args=[kind.name])}
        context.setdefault("known", aid.look(request, texts_of(request, kind)))
    context["url"] = reverse("intake:record", args=[kind.name, record.pk]) if record else reverse("intake:kept-here")
    return render(request, "intake/typing.html", context, status=422 if form.errors else 200)


def _kind(request: PartyRequest, name: str) -> RecordKind:
    found = of_kind(name, delivered_by=_delivered_by(request))
    if found is None or not _kept(found):
        raise Http404
    return found


def _kept(kind: RecordKind) -> bool:
    return any(table.kind == kind.name for table in writing.record_tables())


def _delivered_by(request: PartyRequest) -> str:
    return "network" if request.role_held.party.kind == PartyKind.SECRETARIAT else "agency"


def _year(request: PartyRequest) -> int:
    """The year asked for; last year where there is none, as that is what is delivered."""
    asked = request.GET.get("jaar", "")
    if asked.isdecimal() and _FIRST <= int(asked) <= _LAST:
        return int(asked)
    return dt.date.today().year - 1
