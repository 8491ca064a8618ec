"""What became of one thing: who changed what of it, from what to what, and who looked.

Rooms say what changed, as only they know old and new values; looks are lines of the trail. Of something of another
party the reader is told of the looks of their own people alone: the database holds the others back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.network.models import Role
from schakel.sharing.logbook.searching import Asked, lines_about
from schakel.sharing.logbook.telling import Told, told, who, why
from schakel.sharing.requests import PartyRequest
from schakel.trail.acts import Family, act
from schakel.trail.models import Entry
from schakel.web import formats
from schakel.web.tables import Column, Table

SHOWN = 25
_READ = 400  # lines about a thing that are gone through for what is shown
_SIGHTS = (Family.LOOK, Family.EXPORT)


@dataclass(frozen=True, slots=True)
class Changed:
    """One value: what it is called, what it was and what it became, as people read them."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """One act on a thing: when, by whom (empty for nobody who is known), what, what changed, and why."""

    at: dt.datetime
    who: str
    what: str | SafeString
    changed: tuple[Changed, ...] = ()
    why: str = ""


def steps_of(lines: Sequence[Entry], *, party: int) -> list[Step]:
    """Lines of the trail as steps; for rooms that keep no old values beside it."""
    return [Step(one.line.at, who(one, party), one.verb, why=why(one)) for one in told(lines)]


def lines_of(kind: str, number: int) -> tuple[list[Entry], list[Entry]]:
    """The acts on a thing and the sights of it, of the last lines about it that the acting party may read."""
    acts, sights = list[Entry](), list[Entry]()
    for line in lines_about(kind, number)[:_READ]:
        said = act(line.verb, line.kind)
        (sights if said is not None and said.family in _SIGHTS else acts).append(line)
    return acts, sights


def history(
    request: PartyRequest,
    *,
    kind: str,
    number: int,
    steps: Iterable[Step],
    sights: Sequence[Entry] | None,
    mine: bool = True,
) -> SafeString:
    """A part of a page: the steps, the last first, and who looked (None: nothing is said of that).

    ``mine``: the thing is of the acting party.
    """
    listed = sorted(steps, key=lambda step: step.at, reverse=True)
    party = request.actor.owner
    reads_all = request.role_held.role == Role.ADMINISTRATOR
    context = {
        "steps": _steps_table(listed[:SHOWN]) if mine else None,
        "left": max(0, len(listed) - SHOWN),
        "looks": None if sights is None else _looks_table(told(sights[:SHOWN]), party, mine=mine),
        "log_url": f"{reverse('logbook:lines')}?{Asked(kind=kind, number=number).query()}" if reads_all else "",
    }
    return SafeString(render_to_string("logbook/history.html", context, request))


def _steps_table(steps: Sequence[Step]) -> Table:
    return Table(
        caption=_("What became of it"),
        columns=[
            Column("at", _("When"), kind="moment", heading=True),
            Column("who", _("Who")),
            Column("what", _("What was done")),
            Column("changed", _("From what to what")),
            Column("why", _("Why")),
        ],
        rows=[
            {"at": step.at, "who": step.who, "what": step.what, "changed": _changed(step.changed), "why": step.why}
            for step in steps
        ],
        empty=_("Nothing was done with it yet."),
    )


def _changed(changed: Sequence[Changed]) -> SafeString:
    """Each value on a line of its own: what it was, struck, and what it became."""
    if not changed:
        return SafeString("")
    nothing = formats.NOTHING
    listed = format_html_join(
        "",
        "<li>{}: <del>{}</del> → <ins>{}</ins></li>",
        ((one.field, one.before or nothing, one.after or nothing) for one in changed),
    )
    return format_html('<ul class="changed">{}</ul>', listed)


def _looks_table(looks: Sequence[Told], party: int, *, mine: bool) -> Table:
    said = _("Who looked at it") if mine else _("Who of your organisation looked at it")
    return Table(
        caption=said,
        columns=[
            Column("at", _("When"), kind="moment", heading=True),
            Column("who", _("Who")),
            Column("what", _("What was done")),
            Column("why", _("Why")),
        ],
        rows=[{"at": one.line.at, "who": who(one, party), "what": one.verb, "why": why(one)} for one in looks],
        empty=_("Nobody looked at it yet."),
    )
