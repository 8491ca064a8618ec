"""An organisation's page: what the trade register says of it, beside the acting party's own entries of each year."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.intake import kinds
from schakel.intake.kinds import Field
from schakel.intake.records import RecordState
from schakel.intake.showing import shown
from schakel.register.facts.entries import Entry, current_entry, entry_of
from schakel.register.golden import Authority, Line, Own, golden
from schakel.register.knowing import Family, Step, entry_for, family_of, known_at, steps_of
from schakel.register.models import Organisation
from schakel.register.pages.known import gone
from schakel.sharing.acting import seeing_shared
from schakel.sharing.looking import saw
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web import formats
from schakel.web.cells import badge
from schakel.web.tables import Column, Link, Table


@for_parties()
def organisation(request: PartyRequest, record_id: int) -> HttpResponse:
    """The page of an organisation that the acting party knows, by one of its records."""
    record = Organisation.objects.select_related("owner").filter(pk=record_id).first()
    if record is None:
        return _shared(record_id)
    own = Organisation.objects.filter(owner_id=record.owner_id, number=record.number)
    entries = list(own.exclude(state=RecordState.WITHDRAWN).order_by("-period")) or [record]
    _noted(request, entries)
    entry, sure = entry_for(entries[0])
    mine = record.owner_id == request.actor.party
    return render(request, "register/organisation.html", _context(entry, entries, sure=sure, mine=mine))


@for_parties()
def published(request: PartyRequest, kvk: str) -> HttpResponse:
    """The page of an entry of the trade register, for everybody; with own records of that number, which others lack."""
    entry = entry_of(kvk)
    if entry is None:
        raise Http404
    own = Organisation.objects.filter(owner_id=request.actor.party, kvk=kvk).exclude(state=RecordState.WITHDRAWN)
    entries = list(own.order_by("-period", "pk"))
    _noted(request, entries)
    return render(request, "register/organisation.html", _context(entry, entries, sure=True, mine=True))


def _shared(record_id: int) -> HttpResponse:
    """What another party shares has no page here, but that of the record itself."""
    with seeing_shared():
        if not Organisation.objects.filter(pk=record_id).exists():
            raise Http404
    return redirect("intake:record", "organisation", record_id)


def _noted(request: PartyRequest, own: list[Organisation]) -> None:
    if own:
        saw(actor=request.actor, verb="opened", kind="organisation", seen=[(one.owner_id, one.pk) for one in own])


def _context(entry: Entry | None, own: list[Organisation], *, sure: bool, mine: bool) -> dict[str, Any]:
    lines = golden(entry, own)
    steps = steps_of(own)
    new = reverse("intake:new-record", args=["organisation"])
    return {
        # Until somebody decided that it is this entry, the organisation goes by its own name.
        "title": str(own[0]) if own and not (sure and entry) else entry.name if entry else "",
        "entry": entry,
        "sure": sure,
        "mine": mine,
        "facts": _facts(entry) if entry is not None else None,
        "gone": gone(entry) if entry is not None else "",
        "leads_to": succession(entry.kvk) if entry is not None else "",
        "values": _values(lines, own) if own else None,
        "years": _years(own) if own else None,
        "steps": _steps(steps) if own else None,
        "family": _family(family_of(own, entry)),
        "elsewhere": known_at([*(one.kvk or "" for one in own), entry.kvk if entry is not None else ""]),
        "add_url": f"{new}?uit={entry.table}:{entry.id}" if entry is not None and not own else "",
    }


def succession(kvk: str) -> SafeString:
    """Where a number leads now, as a sentence with links; empty where it leads nowhere else."""
    if not kvk:
        return SafeString("")
    now = current_entry(kvk)
    if len(now.numbers) == 1:
        return SafeString("")
    end = now.numbers[-1]
    if now.entry is None:
        said = _("This entry went on under KvK %(number)s, which the register here does not know.")
        return format_html("{}", said % {"number": end})
    link = format_html('<a class="nl-link" href="{}">{}</a>', reverse("register:published", args=[end]), now.entry.name)
    said = format_html("{}", _("This entry went on as: "))
    return format_html("{}{} (KvK {}).", said, link, " → ".join(now.numbers[1:]))


def _facts(entry: Entry) -> Table:
    rows = [
        (_("Statutory name"), entry.name),
        (_("Trade names"), ", ".join(entry.trade_names)),
        (_("Former names"), ", ".join(entry.former_names)),
        (_("KvK number"), entry.kvk),
        (_("Former KvK numbers"), ", ".join(entry.former_numbers)),
        (_("RSIN"), entry.rsin),
        (_("Legal form"), entry.legal_form),
        (_("Address"), ", ".join(filter(None, (entry.address, entry.postcode, entry.city)))),
        (_("Website"), entry.website),
        (_("Activity codes (SBI)"), ", ".join(entry.activities)),
        (_("Status"), gone(entry) or _("registered")),
    ]
    return Table(
        caption=_("What the trade register says"),
        columns=[Column("field", _("Field"), heading=True), Column("value", _("Value"))],
        rows=[{"field": field, "value": value} for field, value in rows if value],
        note=_told(entry),
    )


def _told(entry: Entry) -> str:
    when = formats.date_long(entry.as_of)
    if entry.source:
        return _("Published by %(source)s, as of %(day)s.") % {"source": entry.source, "day": when}
    return _("As the secretariat delivered it, as of %(day)s.") % {"day": when}


def _values(lines: list[Line], own: list[Organisation]) -> Table:
    language = formats.language()
    rows = [
        {
            "field": line.stated.labels.in_(language),
            "register": _shown(line.stated.name, line.register) or formats.NOTHING,
            "own": _own(line) if line.own else formats.NOTHING,
            "goes": _goes(line, language),
        }
        for line in lines
    ]
    return Table(
        caption=_("The register beside your own entries"),
        columns=[
            Column("field", _("Field"), heading=True),
            Column("register", _("Trade register")),
            Column("own", _("Own entry")),
            Column("goes", _("Which value counts")),
        ],
        rows=rows,
        note=_("Your own entries stay as they are; nothing is written over them.") if own else "",
    )


def _own(line: Line) -> SafeString:
    """Each own value with its years, and a mark where the register says otherwise."""
    return format_html_join(SafeString("<br>"), "{}{}", ((_value(line, said), _mark(said)) for said in line.own))


def _value(line: Line, said: Own) -> str:
    years = ", ".join(map(str, said.years))
    return f"{_shown(line.stated.name, said.value)} ({years})"


def _mark(said: Own) -> SafeString:
    if not said.differs:
        return SafeString("")
    return format_html(" {}", badge("warning", _("differs")))


def _goes(line: Line, language: str) -> SafeString:
    whose = line.stated.authority.value.in_(language)
    by_register = line.stated.authority is Authority.REGISTER
    said = whose if line.register or not by_register else _("the agency itself, as the register says nothing")
    return format_html("<strong>{}</strong><br>{}", said[:1].upper() + said[1:], line.stated.why.in_(language))


def _shown(name: str, value: str) -> str:
    field: Field = kinds.kind("organisation").fields_by_name[name]
    return shown(field, value) if value else ""


def _years(own: list[Organisation]) -> Table:
    rows = [
        {
            "year": Link(str(one.period), reverse("intake:record", args=["organisation", one.pk])),
            "number": one.number,
            "name": one.name,
            "place": one.city or "",
        }
        for one in own
    ]
    return Table(
        caption=_("Own entries, by year"),
        columns=[
            Column("year", _("Year"), heading=True),
            Column("number", _("Number")),
            Column("name", _("Name")),
            Column("place", _("City")),
        ],
        rows=rows,
    )


def _steps(steps: list[Step]) -> Table:
    language = formats.language()
    rows = [
        {
            "when": formats.moment_long(step.at),
            "what": step.what.in_(language),
            "record": step.record,
            "why": step.why.in_(language),
        }
        for step in steps
    ]
    return Table(
        caption=_("How it came to be counted as one"),
        columns=[
            Column("when", _("Since"), heading=True),
            Column("what", _("What")),
            Column("record", _("Own entry")),
            Column("why", _("By whom or by what rule")),
        ],
        rows=rows,
        empty=_("These entries have not been linked yet; that happens shortly after they are accepted."),
    )


def _family(family: list[Family]) -> Table | None:
    if not family:
        return None
    language = formats.language()
    rows = [{"name": Link(one.name, one.url) if one.url else one.name, "why": one.why.in_(language)} for one in family]
    return Table(
        caption=_("In the same corporate family"),
        columns=[Column("name", _("Name"), heading=True), Column("why", _("Why"))],
        rows=rows,
        note=_("A family is a relation: each of these counts as an organisation of its own."),
    )
