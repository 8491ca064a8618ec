"""Setting and ending targets: the secretariat the network's, an agency its own.

Invariant: a target says what it counts and whether it is a number in the year or at its end, and both are the
indicator's own; it is not altered but ended, and followed by another.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.models import Target
from schakel.figures.queries import name_of
from schakel.network.models import Party, PartyKind
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_HIGHEST = Decimal(10) ** 13


class TargetRefused(ValueError):  # noqa: N818 - it is an answer to a person, not a fault
    """This is no target, or it cannot be ended; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a target says. ``value`` and ``baseline`` in the indicator's unit; ``counts``: its English word for that."""

    indicator: str
    period: int
    value: Decimal
    nature: str
    counts: str
    source: str
    baseline: Decimal | None = None
    baseline_period: int | None = None
    programme: str = ""
    shared: bool = True


def set_target(*, actor: Actor, wanted: Wanted) -> Target:
    """Set what a figure of the acting agency, or for the secretariat of the network, should become.

    Raises TargetRefused where it does not agree with its indicator, or one is set already.
    """
    with acting(actor):
        return _set(actor, wanted)


def end_target(*, actor: Actor, target: Target, reason: str) -> Target:
    """A target holds no more, for a reason. Raises TargetRefused for another's, or one that ended already."""
    with acting(actor):
        return _ended(actor, target.pk, reason)


def follow_target(*, actor: Actor, target: Target, wanted: Wanted, reason: str) -> Target:
    """End a target and set another in its place, at once. Raises TargetRefused, and then nothing is changed."""
    with acting(actor):
        ended = _ended(actor, target.pk, reason)
        if (ended.indicator, ended.programme) != (wanted.indicator, wanted.programme.strip()):
            raise TargetRefused(
                _("Only a target of the same indicator and programme follows; else end this one first.")
            )
        return _set(actor, wanted)


def _set(actor: Actor, wanted: Wanted) -> Target:
    owner = Party.objects.get(pk=actor.owner)
    indicator = catalogue().get(wanted.indicator)
    if indicator is None:
        raise TargetRefused(_("There is no such indicator; choose one of the list."))
    _must_be_theirs(owner, indicator)
    _must_agree(indicator, wanted)
    _must_be_sound(indicator, wanted)
    try:
        with transaction.atomic():
            made = _created(actor, owner, wanted)
    except IntegrityError as taken:
        said = _("There is a target for this in %(year)s already; end it, or have this one follow it.")
        raise TargetRefused(said % {"year": wanted.period}) from taken
    note(actor=actor, verb="set", kind="target", objects=[made.pk], indicator=made.indicator, period=made.period)
    return made


def _created(actor: Actor, owner: Party, wanted: Wanted) -> Target:
    return Target.objects.create(
        owner=owner,
        about=owner if owner.kind == PartyKind.AGENCY else None,
        indicator=wanted.indicator,
        programme=wanted.programme.strip(),
        period=wanted.period,
        value=wanted.value,
        baseline=wanted.baseline,
        baseline_period=wanted.baseline_period,
        nature=wanted.nature,
        counts=wanted.counts,
        source=wanted.source.strip(),
        shared=wanted.shared,
        set_by_id=actor.person,
    )


def _ended(actor: Actor, number: int, reason: str) -> Target:
    mine = Target.objects.filter(pk=number, owner_id=actor.owner)
    if not mine.exists():
        raise TargetRefused(_("Only the organisation that set a target ends it."))
    held = mine.select_for_update().first()  # what has ended cannot be held: nothing of it can be changed
    if held is None:
        raise TargetRefused(_("This target has ended already."))
    if not reason.strip():
        raise TargetRefused(_("Say why the target ends; it stays to be read."))
    held.ended_at, held.ended_because = timezone.now(), reason.strip()
    held.save(update_fields=["ended_at", "ended_because"])
    note(actor=actor, verb="ended", kind="target", objects=[held.pk], reason=held.ended_because)
    return held


def _must_be_theirs(owner: Party, indicator: Indicator) -> None:
    if owner.kind not in (PartyKind.AGENCY, PartyKind.SECRETARIAT):
        raise TargetRefused(_("Agencies and the secretariat set targets; ask one of them."))
    if owner.kind == PartyKind.AGENCY and "agency" not in indicator.breakdowns:
        said = _("“%(name)s” is counted for the network alone, so that the secretariat sets its target.")
        raise TargetRefused(said % {"name": name_of(indicator)})


def _must_agree(indicator: Indicator, wanted: Wanted) -> None:
    """Trap 11: "from 40 to 60 investments" says neither stock nor flow, nor companies nor transactions."""
    if wanted.nature != indicator.nature:
        raise TargetRefused(_nature_refused(indicator))
    if wanted.counts != indicator.counted.en:
        raise TargetRefused(_counts_refused(indicator, wanted.counts))


def _nature_refused(indicator: Indicator) -> str:
    name = {"name": name_of(indicator)}
    if indicator.nature == "flow":
        return _("“%(name)s” is a number in the year; state the target as what is to come about in that year.") % name
    return _("“%(name)s” is a number at the end of the year; state the target as what there is to be then.") % name


def _counts_refused(indicator: Indicator, said: str) -> str:
    language = _language()
    others = [each for each in catalogue().values() if each.counted.en == said]
    words = {
        "name": name_of(indicator),
        "counts": indicator.counted.in_(language),
        "said": others[0].counted.in_(language) if others else said,
        "others": ", ".join(name_of(each) for each in others),
    }
    refused = _("“%(name)s” counts %(counts)s, and the target is stated in %(said)s: state it in %(counts)s") % words
    if not others:
        return f"{refused}."
    return f"{refused}, " + _("or choose an indicator that counts %(said)s: %(others)s.") % words


def _must_be_sound(indicator: Indicator, wanted: Wanted) -> None:
    for value in (wanted.value, wanted.baseline):
        _must_be_possible(indicator, value)
    if (wanted.baseline is None) != (wanted.baseline_period is None):
        raise TargetRefused(_("A baseline needs its number and its year."))
    if wanted.baseline_period is not None and wanted.baseline_period >= wanted.period:
        raise TargetRefused(_("The year of the baseline comes before that of the target."))
    if not wanted.source.strip():
        raise TargetRefused(_("Say where the target comes from, such as the annual plan and its page."))


def _must_be_possible(indicator: Indicator, value: Decimal | None) -> None:
    if value is None:
        return
    if indicator.unit == "share" and not 0 <= value <= 1:
        raise TargetRefused(_("A share lies between 0 and 100 per cent."))
    if not 0 <= value < _HIGHEST:
        raise TargetRefused(_("This number is below zero, or too large."))
    if indicator.unit == "count" and value != value.to_integral_value():
        raise TargetRefused(_("A number of %(counts)s is whole.") % {"counts": indicator.counted.in_(_language())})


def _language() -> str:
    return get_language() or "nl"
