"""How good a delivery of one kind is, as a ladder of seven steps; each says why it is not reached and what to do.

For the agency itself, and for the secretariat's own overview. Never an order of agencies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schakel.intake.models import DeliveryStand
from schakel.web.formats import date_long

Key = Literal["delivered", "readable", "complete", "consistent", "linked", "certified", "on_time"]
LABELS = {
    "delivered": gettext_lazy("Delivered"),
    "readable": gettext_lazy("Readable"),
    "complete": gettext_lazy("Complete"),
    "consistent": gettext_lazy("Consistent"),
    "linked": gettext_lazy("Linked"),
    "certified": gettext_lazy("Certified"),
    "on_time": gettext_lazy("On time"),
}
MEANINGS = {
    "delivered": gettext_lazy("There is a delivery that holds this."),
    "readable": gettext_lazy("Schakel could read rows of it."),
    "complete": gettext_lazy("It was accepted, and no row was left out: nothing that is required is missing."),
    "consistent": gettext_lazy("The checks found no error, and each warning was mended or explained."),
    "linked": gettext_lazy("Everything that a row refers to was found."),
    "certified": gettext_lazy("A data steward has signed for the year."),
    "on_time": gettext_lazy("It was accepted for the first time on the due date or before."),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step: ``reached`` is None where nobody can say yet; then ``why``, and ``what`` to do, may be empty."""

    key: Key
    reached: bool | None
    why: str = ""
    what: str = ""

    @property
    def label(self) -> str:
        """What the step is called in the reader's language."""
        return str(LABELS[self.key])

    @property
    def meaning(self) -> str:
        """What it takes, in the reader's language."""
        return str(MEANINGS[self.key])


@dataclass(frozen=True, slots=True)
class _Known:
    stand: DeliveryStand | None
    certified: bool
    due: dt.date | None
    today: dt.date


def ladder_of(stand: DeliveryStand | None, *, certified: bool, due: dt.date | None, today: dt.date) -> list[Rung]:
    """The seven steps for one kind; ``due`` is None where no date was set. Reads nothing."""
    known = _Known(stand, certified, due, today)
    return [rung(known) for rung in _RUNGS]


def height(ladder: Sequence[Rung]) -> int:
    """How many steps from the bottom are reached without one missing."""
    for at, rung in enumerate(ladder):
        if not rung.reached:
            return at
    return len(ladder)


def _delivered(known: _Known) -> Rung:
    if known.stand is not None and known.stand.received_at is not None:
        return Rung("delivered", True)
    return Rung("delivered", False, _("No delivery holds this yet."), _("Deliver it, or ask for an exception."))


def _readable(known: _Known) -> Rung:
    if known.stand is not None and known.stand.readable:
        return Rung("readable", True)
    why = _("Schakel has read no rows of it yet.")
    return Rung("readable", False, why, _("Look at the findings about the files, and settle the mapping."))


def _complete(known: _Known) -> Rung:
    stand = known.stand
    if stand is None or stand.accepted_at is None:
        return Rung("complete", False, _("It has not been accepted yet."), _("Look at the findings and accept it."))
    if not stand.refused:
        return Rung("complete", True)
    why = ngettext("%(count)s row was left out.", "%(count)s rows were left out.", stand.refused)
    what = _("Mend these rows and deliver again; they count as missing.")
    return Rung("complete", False, why % {"count": stand.refused}, what)


def _consistent(known: _Known) -> Rung:
    stand = known.stand
    if stand is None or stand.checked_at is None:
        return Rung("consistent", False, _("It has not been checked yet."), _("Wait for the checks to end."))
    open_warnings = stand.warnings - stand.waived
    if not stand.errors and not open_warnings:
        return Rung("consistent", True)
    why = [ngettext("%(count)s error", "%(count)s errors", stand.errors) % {"count": stand.errors}]
    said = ngettext("%(count)s warning without a reason", "%(count)s warnings without a reason", open_warnings)
    why.append(said % {"count": open_warnings})
    shown = [words for words, count in zip(why, (stand.errors, open_warnings), strict=True) if count]
    return Rung("consistent", False, ", ".join(shown), _("Mend what is wrong, and say why a warning may stay."))


def _linked(known: _Known) -> Rung:
    stand = known.stand
    if stand is None or stand.accepted_at is None:
        return Rung("linked", False, _("It has not been accepted yet."), _("Look at the findings and accept it."))
    loose = stand.references - stand.resolved
    if not loose:
        return Rung("linked", True)
    why = ngettext("%(count)s reference leads nowhere.", "%(count)s references lead nowhere.", loose)
    return Rung("linked", False, why % {"count": loose}, _("Deliver what they refer to, or mend the number."))


def _certified(known: _Known) -> Rung:
    if known.certified:
        return Rung("certified", True)
    return Rung("certified", False, _("The year has not been certified."), _("Certify the year when all is accepted."))


def _on_time(known: _Known) -> Rung:
    if known.due is None:
        return Rung("on_time", None, _("No due date was set for this."))
    day = {"day": date_long(known.due)}
    first = known.stand.first_accepted_at if known.stand is not None else None
    if first is None:
        if known.today <= known.due:
            return Rung("on_time", None, _("There is time until %(day)s.") % day)
        return Rung("on_time", False, _("It was due on %(day)s.") % day, _("Deliver it as soon as you can."))
    if timezone.localdate(first) <= known.due:
        return Rung("on_time", True)
    said = day | {"first": date_long(timezone.localdate(first))}
    why = _("It was due on %(day)s and first accepted on %(first)s.") % said
    return Rung("on_time", False, why, _("Nothing can change this any more; deliver earlier next year."))


_RUNGS: tuple[Callable[[_Known], Rung], ...] = (
    _delivered,
    _readable,
    _complete,
    _consistent,
    _linked,
    _certified,
    _on_time,
)
