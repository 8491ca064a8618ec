"""The page of a year's standing: its steps, its tables, and what was done when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakel.figures.editions import State, Vintage
from schakel.figures.models import Approval, Closing, ClosingState
from schakel.figures.standing import BodyStand, YearStanding
from schakel.network.models import Person
from schakel.web.formats import date_long, moment_long
from schakel.web.tables import Badge, Column, Table

STATES: dict[State, tuple[str, object]] = {
    "provisional": ("warning", gettext_lazy("provisional")),
    "certified": ("info", gettext_lazy("certified")),
    "embargoed": ("warning", gettext_lazy("under embargo")),
    "published": ("ok", gettext_lazy("published")),
    "revised": ("ok", gettext_lazy("published, revised")),
}
StepState = Literal["done", "current", "todo", "attention"]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a year: ``url`` leads to its part of the page."""

    key: str
    label: str
    url: str
    state: StepState
    note: str


def badge_of(state: State) -> Badge:
    """How a year, or the figures shown of it, stand."""
    kind, word = STATES[state]
    return Badge(kind, str(word))


def vintage_words(vintage: Vintage) -> str:
    """How figures stand, to be said wherever they are taken along: in an export, a document, a table."""
    if vintage.published_at is not None:
        said = _("Version %(version)s, published on %(moment)s")
        if vintage.superseded:
            said = _("Version %(version)s, published on %(moment)s, replaced by a later version")
        return said % {"version": vintage.version, "moment": moment_long(vintage.published_at)}
    if vintage.embargoed:
        hour = vintage.pending.publish_at if vintage.pending is not None else None
        if hour is None:
            return _("Under embargo; do not share")
        return _("Under embargo until %(moment)s; do not share") % {"moment": moment_long(hour)}
    if not vintage.live:
        return _("Closed, version %(version)s, not published; do not share") % {"version": vintage.version}
    if vintage.state == "certified":
        return _("Certified by the agencies, not published; do not share")
    return _("Provisional: as counted now, not published")


def steps_of(standing: YearStanding) -> list[Step]:
    """The steps of a year in order, each with how far it is."""
    steps = [_certified(standing), _closed(standing), _approved(standing), _hour(standing), _published(standing)]
    return steps + ([_revised(standing)] if len(standing.published) > 1 else [])


def _step(key: str, label: str, state: StepState, note: str) -> Step:
    return Step(key, label, f"#{key}", state, note)


def _certified(standing: YearStanding) -> Step:
    note = _("%(in)s of %(all)s agencies") % {"in": standing.certified, "all": standing.members}
    if standing.all_certified:
        return _step("certified", _("Certified"), "done", note)
    return _step("certified", _("Certified"), "attention" if standing.editions else "current", note)


def _closed(standing: YearStanding) -> Step:
    newest = standing.closings[0] if standing.closings else None
    if newest is None:
        state: StepState = "current" if standing.all_certified else "todo"
        return _step("closed", _("Closed"), state, _("not yet"))
    states: dict[str, StepState] = {ClosingState.MADE: "done", ClosingState.FAILED: "attention"}
    note = _("version %(version)s") % {"version": newest.version}
    if newest.state != ClosingState.MADE:
        note = f"{note}: {newest.get_state_display()}"
    return _step("closed", _("Closed"), states.get(newest.state, "current"), note)


def _approved(standing: YearStanding) -> Step:
    if standing.publication is None:
        return _step("approved", _("Approved"), "todo", _("not asked yet"))
    note = _("%(in)s of %(all)s bodies") % {"in": standing.approved, "all": len(standing.bodies)}
    if any(stand.refused for stand in standing.bodies):
        return _step("approved", _("Approved"), "attention", note)
    return _step("approved", _("Approved"), "done" if standing.approved == len(standing.bodies) else "current", note)


def _hour(standing: YearStanding) -> Step:
    held = standing.publication
    if held is None or held.publish_at is None:
        asked = held is not None and standing.approved == len(standing.bodies)
        return _step("hour", _("Hour set"), "current" if asked else "todo", _("not yet"))
    return _step("hour", _("Hour set"), "done", moment_long(held.publish_at))


def _published(standing: YearStanding) -> Step:
    if not standing.published:
        return _step("published", _("Published"), "todo", _("not yet"))
    _closing, since = standing.published[-1]
    return _step("published", _("Published"), "done", moment_long(since))


def _revised(standing: YearStanding) -> Step:
    closing, since = standing.published[0]
    note = _("version %(version)s, %(moment)s") % {"version": closing.version, "moment": moment_long(since)}
    return _step("published", _("Revised"), "done", note)


def bodies_table(standing: YearStanding) -> Table:
    """Each body that must approve, and what it said."""
    return Table(
        caption=_("Who must approve the figures of %(year)s") % {"year": standing.period},
        columns=[
            Column("party", _("Of whom"), heading=True),
            Column("body", _("Body")),
            Column("state", _("Decision")),
            Column("on", _("Decided on"), kind="date"),
            Column("reference", _("Written down in, or why not")),
            Column("by", _("Recorded")),
        ],
        rows=[_body_row(stand, asked=standing.publication is not None) for stand in standing.bodies],
        empty=_("No body need approve the figures of this year."),
        empty_how=_("They open at the hour that the secretariat sets."),
        caption_hidden=True,
    )


def _body_row(stand: BodyStand, *, asked: bool) -> dict[str, object]:
    row: dict[str, object] = {"body": stand.body.name, "party": stand.body.owner.name}
    said = stand.approval
    if said is None:
        return row | {"state": Badge("neutral", _("awaited") if asked else _("not asked yet"))}
    return row | {
        "state": Badge("ok", _("approved")) if said.approved else Badge("error", _("not approved")),
        "on": said.decided_on,
        "reference": said.reference if said.approved else said.reason,
        "by": ", ".join(filter(None, (_name(said.recorded_by), moment_long(said.recorded_at)))),
    }


def closings_table(standing: YearStanding) -> Table:
    """The closings of the year, newest first."""
    return Table(
        caption=_("Closings of %(year)s") % {"year": standing.period},
        columns=[
            Column("version", _("Version"), heading=True),
            Column("state", _("State")),
            Column("made", _("Made on"), kind="moment"),
            Column("reason", _("Why")),
            Column("digest", _("Digest")),
        ],
        rows=[_closing_row(standing, closing) for closing in standing.closings],
        empty=_("This year is not closed yet."),
        caption_hidden=True,
    )


def _closing_row(standing: YearStanding, closing: Closing) -> dict[str, object]:
    return {
        "version": _("version %(version)s") % {"version": closing.version},
        "state": _closing_badge(standing, closing),
        "made": closing.made_at,
        "reason": closing.failure or closing.reason,
        "digest": closing.digest[:12],
    }


def _closing_badge(standing: YearStanding, closing: Closing) -> Badge:
    if closing.state != ClosingState.MADE:
        return Badge("error" if closing.state == ClosingState.FAILED else "info", closing.get_state_display())
    if standing.is_open(closing):
        newest = standing.published[0][0].pk == closing.pk
        return Badge("ok", _("published")) if newest else Badge("neutral", _("replaced by a revision"))
    if standing.editions[closing.pk].publication is not None:
        return Badge("warning", _("under embargo"))
    return Badge("info", _("closed"))


@dataclass(frozen=True, slots=True)
class Act:
    """Something that was done, when and by whom."""

    at: dt.datetime
    text: str
    by: str = ""


def acts_of(standing: YearStanding) -> list[Act]:
    """What was done with the closings of a year and their publication, last first."""
    found = [act for closing in standing.closings for act in _acts(standing, closing)]
    return sorted(found, key=lambda act: act.at, reverse=True)


def _acts(standing: YearStanding, closing: Closing) -> Iterator[Act]:
    what = {"version": closing.version}
    yield Act(closing.ordered_at, _("Version %(version)s: the closing was ordered") % what, _name(closing.ordered_by))
    if closing.made_at is not None:
        yield Act(closing.made_at, _("Version %(version)s: closed") % what)
    held = getattr(closing, "publication", None)
    if held is None:
        return
    yield Act(held.prepared_at, _("Version %(version)s: under embargo") % what, _name(held.prepared_by))
    for approval in held.approvals.select_related("body", "body__owner", "recorded_by"):
        yield Act(approval.recorded_at, _said(closing, approval), _name(approval.recorded_by))
    if held.withdrawn_at is not None:
        text = _("Version %(version)s: publication called off: %(reason)s")
        text %= {**what, "reason": held.withdrawn_because}
        yield Act(held.withdrawn_at, text, _name(held.withdrawn_by))
    opened = standing.opens_at(closing)
    if opened is not None and standing.is_open(closing):
        yield Act(opened, _("Version %(version)s: published") % what)


def _said(closing: Closing, approval: Approval) -> str:
    words = _("Version %(version)s: %(body)s (%(party)s) approved on %(day)s: %(words)s")
    if not approval.approved:
        words = _("Version %(version)s: %(body)s (%(party)s) refused on %(day)s: %(words)s")
    return words % {
        "version": closing.version,
        "body": approval.body.name,
        "party": approval.body.owner.name,
        "day": date_long(approval.decided_on),
        "words": approval.reference if approval.approved else approval.reason,
    }


def _name(person: Person | None) -> str:
    return person.name if person is not None else ""
