"""What became of an agreement: how its draft changed, who signed, suspended and ended it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.network.models import Party
from schakel.sharing.clauses import clauses_told
from schakel.sharing.logbook.history import Changed, Step, history, lines_of
from schakel.sharing.logbook.telling import Told, told, who, why
from schakel.sharing.models import Agreement, Clause, Signatory
from schakel.sharing.requests import PartyRequest
from schakel.trail.acts import act
from schakel.trail.models import Entry
from schakel.web.formats import language, moment_long

_DRAFTS = 50  # drafts in the place of each other that are gone back through


def agreement_history(request: PartyRequest, found: Agreement) -> SafeString:
    """A part of the page of an agreement: each act of the acting party, and what the others did with their part."""
    party = request.actor.owner
    lines = told(list(_lines(found.pk)))
    steps = [Step(one.line.at, who(one, party), one.verb, tuple(_changed(one)), why(one)) for one in lines]
    noted = {one.line.owner_id for one in lines}
    others = [part for part in found.signatories.all() if part.owner_id not in noted]
    steps += [step for part in others for step in _of_another(part)]
    return history(request, kind="agreement", number=found.pk, steps=steps, sights=None)


def _lines(number: int) -> Iterator[Entry]:
    """The lines about an agreement, and about the drafts that it took the place of."""
    for _turn in range(_DRAFTS):
        acts, _sights = lines_of("agreement", number)
        yield from acts
        earlier = next((line.detail["instead_of"] for line in acts if line.verb == "redrafted"), None)
        if earlier is None:
            return
        number = earlier


def _changed(one: Told) -> Iterator[Changed]:
    said: dict[str, list[Any]] = one.line.detail.get("changed", {})
    words = {"parties": _("Parties"), "clauses": _("What it opens"), "since": _("From"), "until": _("Until")}
    tell = {"parties": _parties, "clauses": _clauses}
    for name, label in words.items():
        if name in said:
            before, after = (tell.get(name, _moment)(value) for value in said[name])
            yield Changed(label, before, after)
    texts = {"title": _("Name"), "purpose": _("Purpose"), "legal_ground": _("Legal ground")}
    for name in one.line.detail.get("texts", ()):
        yield Changed(texts[name], _("an earlier text"), _("another text"))


def _parties(listed: list[list[Any]]) -> str:
    names = dict(Party.objects.filter(pk__in=[party for party, *_sides in listed]).values_list("pk", "name"))
    sides = {(True, True): _("shares and receives"), (True, False): _("shares"), (False, True): _("receives")}
    return ", ".join(f"{names.get(party, party)} ({sides[gives, receives]})" for party, gives, receives in listed)


def _clauses(listed: list[list[Any]]) -> str:
    clauses = [Clause(kind=kind, depth=depth, reach=reach, things=things) for kind, depth, reach, things in listed]
    return " · ".join(clauses_told(clauses))


def _moment(text: str) -> str:
    return moment_long(dt.datetime.fromisoformat(text))


def _of_another(part: Signatory) -> Iterator[Step]:
    """What another party did with its part, as the agreement itself says; its lines are its own."""
    person = f"{part.signed_by}, {part.owner}" if part.signed_by else str(part.owner)
    if part.signed_at is not None:
        yield Step(part.signed_at, person, _did("signed"), why=part.signed_as)
    if part.suspended_at is not None:
        yield Step(part.suspended_at, str(part.owner), _did("suspended"))
    if part.ended_at is not None:
        yield Step(
            part.ended_at, str(part.owner), _did("ended" if part.signed_at else "declined"), why=part.ended_because
        )


def _did(verb: str) -> str:
    known = act(verb, "agreement")
    return known.words.in_(language()) if known is not None else verb
