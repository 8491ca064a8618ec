"""Targets beside the figures that they are about, as pages show them.

Invariant: a target of the network is the secretariat's and one of an agency its own; what another party says of them
is not shown. The actual figure is one that the reader may see, of the vintage that the reader reads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel import prepared
from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.models import Target, TargetNature
from schakel.figures.pages.answers import Answer, complete, coverage_words
from schakel.figures.progress import Aim, Standing
from schakel.figures.vintages import NotPublishedError
from schakel.network.models import Party
from schakel.web import formats
from schakel.web.tables import Badge

_CURRENT = """
SELECT {columns} FROM figures_target target JOIN network_party owner ON owner.id = target.owner_id
WHERE target.ended_at IS NULL
    AND CASE WHEN target.about_id IS NULL THEN owner.kind = 'secretariat'
        ELSE owner.kind = 'agency' AND target.about_id = target.owner_id END
    AND (%(period)s::integer IS NULL OR target.period = %(period)s)
    AND (%(indicators)s::text[] IS NULL OR target.indicator = ANY(%(indicators)s))
ORDER BY target.indicator, target.period, target.id
"""
_ADDS_UP = ("count", "eur", "fte", "tonne")


@dataclass(frozen=True, slots=True)
class TargetShown:
    """A target as a page shows it, in words.

    ``actual``: a dash where there is none that the reader may see, and ``why_none`` says why. ``done``: how far on its
    way, in thousandths, for a bar; None where there is no way to show. ``rule``: how its state is decided.
    ``short``: its value where there is little room, money in millions.
    """

    target: Target
    name: str
    of: str
    value: str
    short: str
    baseline: str
    actual: str
    why_none: str
    difference: str
    standing: Standing
    state: Badge
    done: int | None
    bar: str
    rule: str
    coverage: str

    @property
    def counts(self) -> str:
        """What is counted, and whether in the year or at its end."""
        return f"{counted_words(self.target)}, {self.target.get_nature_display()}"


def current(period: int | None = None, indicators: Iterable[str] | None = None) -> list[Target]:
    """The targets that hold now and are of who set them: the network's, and the agencies' own.

    Of one year where ``period`` says so, and of some ``indicators``. In SQL, as each page of figures asks for them:
    working it out from a queryset took a tenth of a page, most often of a figure without a target.
    """
    asked = {"period": period, "indicators": None if indicators is None else list(indicators)}
    found = prepared.records(Target, "target", _CURRENT, asked)
    prefetch_related_objects(found, "owner", "about")
    return found


def for_figure(
    party: Party, indicator: str, year: int, *, agency: str = "", found: Answer | None = None, stand: str | Vintage = ""
) -> TargetShown | None:
    """The target of an indicator in ``year``: the network's, or that of ``agency``; None where none is set.

    ``found``: the figure asked by agency, where the page has it already. Raises CountingError, QuestionError.
    """
    known = {indicator: found} if found is not None else None
    return for_figures(party, [indicator], year, agency=agency, known=known, stand=stand).get(indicator)


def for_figures(
    party: Party,
    indicators: Iterable[str],
    year: int,
    *,
    agency: str = "",
    known: Mapping[str, Answer] | None = None,
    stand: str | Vintage = "",
) -> dict[str, TargetShown]:
    """As ``for_figure`` for several indicators, with one question to the database; without those that have none."""
    of = [each for each in current(year, indicators) if not each.programme and _about(each) == agency]
    return {shown.target.indicator: shown for shown in told(party, of, known=known, stand=stand)}


def of_figure(
    party: Party, indicator: str, year: int, *, found: Answer | None = None, stand: str | Vintage = ""
) -> list[TargetShown]:
    """All targets of an indicator in ``year`` that ``party`` may see: the network's, then its own, then others'."""
    known = {indicator: found} if found is not None else None
    return sorted(
        told(party, current(year, [indicator]), known=known, stand=stand), key=lambda shown: _order(shown.target, party)
    )


def told(
    party: Party, targets: Iterable[Target], *, known: Mapping[str, Answer] | None = None, stand: str | Vintage = ""
) -> list[TargetShown]:
    """Targets, each with the figure that ``party`` reads. ``known``: figures of their year, by indicator.

    A target of an indicator that is no more is left out. Raises CountingError, QuestionError.
    """
    listed, today = list(targets), timezone.localdate()
    answers = {target.period: dict(known) for target in listed} if known is not None else {}
    for year in {target.period for target in listed} - set(answers):
        wanted = {target.indicator for target in listed if target.period == year}
        answers[year] = _figures(party, year, tuple(sorted(wanted)), stand)
    found = ((target, queries.indicator(target.indicator)) for target in listed)
    return [
        _shown(party, target, indicator, answers[target.period].get(target.indicator), today)
        for target, indicator in found
        if indicator is not None
    ]


def aim_of(target: Target, unit: str) -> Aim:
    """A target as its progress is reckoned."""
    adds_up = target.nature == TargetNature.FLOW and unit in _ADDS_UP
    return Aim(target.value, target.period, adds_up, target.baseline, target.baseline_period)


def counted_words(target: Target) -> str:
    """What a target counts, in the reader's language: the indicator's own word for it, where that is the same."""
    indicator = queries.indicator(target.indicator)
    if indicator is None or indicator.counted.en != target.counts:
        return target.counts
    return indicator.counted.in_(get_language() or "nl")


def _figures(party: Party, year: int, indicators: tuple[str, ...], stand: str | Vintage) -> dict[str, Answer]:
    known = tuple(name for name in indicators if queries.indicator(name) is not None)
    try:
        return dict(queries.figures(party, year=year, indicators=known, by=("agency",), stand=stand)) if known else {}
    except NotPublishedError:
        return {}


def _about(target: Target) -> str:
    """The agency that a target is about; empty for the network."""
    return target.about.slug if target.about else ""


def _order(target: Target, party: Party) -> tuple[object, ...]:
    return (target.about_id is not None, target.about_id != party.pk, target.owner.order, target.programme)


def _shown(party: Party, target: Target, indicator: Indicator, found: Answer | None, today: dt.date) -> TargetShown:
    actual, why_none = _actual(party, target, found)
    aim = aim_of(target, indicator.unit)
    standing, done = aim.standing(actual, today), aim.done(actual)
    value = queries.exact(indicator.unit, target.value)
    return TargetShown(
        target=target,
        name=queries.name_of(indicator),
        of=target.about.name if target.about else _("Network"),
        value=value,
        short=formats.money(int(target.value * 100)) if indicator.unit == "eur" else value,
        baseline=_baseline(target, indicator),
        actual="–" if actual is None else queries.exact(indicator.unit, actual),
        why_none=why_none,
        difference=_difference(aim, actual, indicator),
        standing=standing,
        state=_badge(standing),
        done=None if done is None else int(done * 1000),
        bar=""
        if actual is None
        else _("%(actual)s of %(target)s") % {"actual": queries.exact(indicator.unit, actual), "target": value},
        rule=_rule(aim, indicator, today),
        coverage="" if found is None or complete(found) else coverage_words(found),
    )


def _actual(party: Party, target: Target, found: Answer | None) -> tuple[Decimal | None, str]:
    """The figure that a target is held against, and where there is none, why."""
    if target.programme:
        return None, _("Figures are not counted by programme.")
    if found is None:
        return None, _("There are no figures of this year for you to read yet.")
    cell: Answer | None = found["total"]
    if target.about is not None:
        if not queries.audience_of(party).sees(target.about.slug):
            return None, _("Only this agency and the secretariat read its own figure.")
        cell = next((each for each in found["cells"] if each["place"] == [target.about.slug]), None)
    if cell is not None and cell.get("suppressed"):
        return None, _("The figure is withheld: too few organisations stand behind it.")
    if cell is None or cell["value"] is None:
        return None, _("Nothing was delivered for this yet.")
    return Decimal(cell["value"]), ""


def _baseline(target: Target, indicator: Indicator) -> str:
    if target.baseline is None:
        return ""
    value = queries.exact(indicator.unit, target.baseline)
    return _("%(value)s in %(year)s") % {"value": value, "year": target.baseline_period}


def _difference(aim: Aim, actual: Decimal | None, indicator: Indicator) -> str:
    if actual is None:
        return ""
    apart = queries.apart(indicator.unit, abs(actual - aim.value))
    if actual == aim.value:
        return _("exactly the target")
    return (_("%(value)s above the target") if actual > aim.value else _("%(value)s below the target")) % {
        "value": apart
    }


def _badge(standing: Standing) -> Badge:
    return {
        "reached": Badge("ok", _("reached")),
        "on_course": Badge("info", _("on course")),
        "behind": Badge("warning", _("behind")),
        "missed": Badge("error", _("not reached")),
        "open": Badge("neutral", _("cannot be said yet")),
    }[standing]


def _rule(aim: Aim, indicator: Indicator, today: dt.date) -> str:
    """How the state is decided, with the numbers of today."""
    due, part = aim.due(today), aim.part_passed(today)
    if due is None:
        return _("Without a baseline it is only at the end of the year that this can be said.")
    said = {
        "due": queries.exact(indicator.unit, _rounded(indicator, due)),
        "part": f"{part * 100:.0f}",
        "year": aim.period,
    }
    if part == 1:
        return _("The year is over: reached is at the target or past it.")
    if aim.adds_up:
        return (
            _("It begins the year at nothing; %(part)s%% of %(year)s has passed, so it should be %(due)s by now.")
            % said
        )
    return (
        _("In a straight line from the baseline, of which %(part)s%% has passed, it should be %(due)s by now.") % said
    )


def _rounded(indicator: Indicator, value: Decimal) -> Decimal:
    return value if indicator.unit in ("share", "ratio", "growth", "fte", "tonne") else round(value, 0)
