"""The secretariat opens, moves and closes years, makes exceptions, and notes whom it spoke to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.intake import kinds, reminding, writing
from schakel.intake.models import CallNote, CollectionYear, Expectation
from schakel.intake.refusing import DeliveryRefused
from schakel.network.models import Party, PartyKind
from schakel.network.queries import members_in
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def open_year(*, actor: Actor, period: int, opens: dt.date | None = None, due: dt.date | None = None) -> CollectionYear:
    """Open ``period`` for every agency that is a member then, after the year that was opened last before it.

    Kinds and windows are those of that year, moved on; its exceptions are not taken over. A first year expects every
    kind that agencies deliver and that is not optional, from 1 January after it to 31 March. ``opens`` and ``due``
    replace the year's own dates.
    Raises DeliveryRefused where the year was opened already.
    """
    with acting(actor):
        _must_be_secretariat(actor)
        if CollectionYear.objects.filter(period=period).exists():
            raise DeliveryRefused(_("%(year)s was opened already; change its dates instead.") % {"year": period})
        last = CollectionYear.objects.filter(period__lt=period).first()
        year = CollectionYear.objects.create(
            owner_id=actor.owner,
            period=period,
            opens=opens or (_moved(last.opens, period - last.period) if last else dt.date(period + 1, 1, 1)),
            due=due or (_moved(last.due, period - last.period) if last else dt.date(period + 1, 3, 31)),
            opened_by_id=actor.person,
        )
        made = Expectation.objects.bulk_create(_expected(year, last, actor))
        note(actor=actor, verb="opened", kind="year", objects=[year.pk], period=period, expected=len(made))
    return year


def change_window(
    *, actor: Actor, period: int, opens: dt.date, due: dt.date, agency: Party | None = None, kind: str = ""
) -> None:
    """Move the window of a year, of one agency in it, or of one kind of that agency.

    Whoever has the dates of the year moves with it; who has dates of its own keeps them. Raises DeliveryRefused.
    """
    with acting(actor):
        year = _opened(actor, period)
        if due < opens:
            raise DeliveryRefused(_("The due date is before the day it opens; choose a later one."))
        expected = Expectation.objects.filter(period=period)
        if agency is None:
            expected = expected.filter(opens=year.opens, due=year.due)
            year.opens, year.due = opens, due
            year.save(update_fields=["opens", "due"])
        else:
            expected = expected.filter(owner=agency, **({"kind": kind} if kind else {}))
        moved = expected.update(opens=opens, due=due, changed_by_id=actor.person, changed_at=timezone.now())
        note(
            actor=actor,
            verb="moved",
            kind="year",
            objects=[year.pk],
            moved=moved,
            agency=agency.pk if agency else None,
            of=kind,
            opens=str(opens),
            due=str(due),
        )
        reminding.bring_up_to_date(actor=actor, period=period)


def make_exception(*, actor: Actor, agency: Party, period: int, kind: str, reason: str) -> Expectation:
    """Say that ``agency`` need not deliver ``kind`` for ``period``, and why. Raises DeliveryRefused."""
    with acting(actor):
        if not reason.strip():
            raise DeliveryRefused(_("Say why this need not be delivered; the agency reads it."))
        return _expect(actor, agency, period, kind, exempt=True, reason=reason.strip())


def end_exception(*, actor: Actor, agency: Party, period: int, kind: str) -> Expectation:
    """Expect ``kind`` of ``agency`` for ``period`` (again). Raises DeliveryRefused."""
    with acting(actor):
        return _expect(actor, agency, period, kind, exempt=False)


def close_year(*, actor: Actor, period: int) -> CollectionYear:
    """Close a year: nothing is delivered or changed in it until it is opened again. Raises DeliveryRefused."""
    with acting(actor):
        for agency in members_in(period):  # an acceptance that began comes first
            writing.one_at_a_time(agency.pk, period)
        year = _opened(actor, period)
        if year.closed_at is None:
            year.closed_at, year.closed_by_id = timezone.now(), actor.person
            year.save(update_fields=["closed_at", "closed_by"])
            note(actor=actor, verb="closed", kind="year", objects=[year.pk], period=period)
            reminding.bring_up_to_date(actor=actor, period=period)
    return year


def reopen_year(*, actor: Actor, period: int) -> CollectionYear:
    """Open a closed year again, with the dates it had. Raises DeliveryRefused."""
    with acting(actor):
        year = _opened(actor, period)
        if year.closed_at is not None:
            year.closed_at = year.closed_by = None
            year.save(update_fields=["closed_at", "closed_by"])
            note(actor=actor, verb="reopened", kind="year", objects=[year.pk], period=period)
    return year


def note_call(*, actor: Actor, agency: Party, period: int, how: str, text: str) -> CallNote:
    """Keep that the secretariat spoke with ``agency`` about ``period``, for itself alone. Raises DeliveryRefused."""
    with acting(actor):
        _must_be_secretariat(actor)
        made = CallNote.objects.create(
            owner_id=actor.owner, agency=agency, period=period, how=how, text=text, made_by_id=actor.person
        )
        note(actor=actor, verb="spoke", kind="year", objects=[made.pk], agency=agency.pk, period=period, how=how)
    return made


def remind_now(*, actor: Actor, agency: Party, period: int) -> bool:
    """Ask the stewards of ``agency`` today for what is not accepted; False where nothing is. Raises DeliveryRefused."""
    with acting(actor):
        _opened(actor, period)
        asked = reminding.ask_now(actor=actor, agency=agency, period=period, today=timezone.localdate())
        if asked:
            note(actor=actor, verb="reminded", kind="year", concerns=agency.pk, agency=agency.pk, period=period)
    return asked


def _must_be_secretariat(actor: Actor) -> None:
    if not Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists():
        raise DeliveryRefused(_("Only the secretariat does this; ask it."))


def _opened(actor: Actor, period: int) -> CollectionYear:
    _must_be_secretariat(actor)
    year = CollectionYear.objects.select_for_update().filter(period=period).first()
    if year is None:
        raise DeliveryRefused(_("%(year)s was not opened yet; open it first.") % {"year": period})
    return year


def _expect(actor: Actor, agency: Party, period: int, kind: str, *, exempt: bool, reason: str = "") -> Expectation:
    year = _opened(actor, period)
    kinds.kind(kind)
    values = {"exempt": exempt, "reason": reason, "changed_by_id": actor.person}
    made, _new = Expectation.objects.update_or_create(
        owner=agency,
        period=period,
        kind=kind,
        defaults=values,
        create_defaults={"opens": year.opens, "due": year.due, **values},
    )
    verb = "excepted" if exempt else "expected"
    whose = agency.pk
    note(actor=actor, verb=verb, kind="expectation", objects=[made.pk], reason=reason, concerns=whose, of=kind)
    reminding.bring_up_to_date(actor=actor, period=period)
    return made


def _expected(year: CollectionYear, last: CollectionYear | None, actor: Actor) -> Iterable[Expectation]:
    """What each member is expected to deliver; who was not there last year, all that anybody was but what is optional.

    An optional kind that one agency was asked for is expected of that agency again, and of no other.
    """
    before = list(Expectation.objects.filter(period=last.period)) if last else []
    every = {e.kind for e in before} or {kind.name for kind in kinds.kinds() if kind.delivered_by == "agency"}
    every -= set(kinds.optional_kinds())
    for agency in members_in(year.period):
        own = {e.kind: e for e in before if e.owner_id == agency.pk}
        for kind in sorted(own or every):
            opens, due = _window(year, last, own.get(kind))
            yield Expectation(
                owner=agency, period=year.period, kind=kind, opens=opens, due=due, changed_by_id=actor.person
            )


def _window(year: CollectionYear, last: CollectionYear | None, own: Expectation | None) -> tuple[dt.date, dt.date]:
    """The year's window, but for who had another one last year: that one, moved on."""
    if own is None or last is None or (own.opens, own.due) == (last.opens, last.due):
        return year.opens, year.due
    return _moved(own.opens, year.period - last.period), _moved(own.due, year.period - last.period)


def _moved(day: dt.date, years: int) -> dt.date:
    """The same day ``years`` later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
