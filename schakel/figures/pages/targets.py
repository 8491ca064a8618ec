"""Targets in tables, and one in facts."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.models import Target
from schakel.figures.pages.addresses import page_url
from schakel.figures.targeting import TargetShown
from schakel.web.formats import date_long
from schakel.web.tables import Column, Link, Table


def targets_table(targets: Iterable[TargetShown], year: int) -> Table:
    """The targets of a year and how they stand: the network's first, then each agency's."""
    ordered = sorted(targets, key=lambda each: (each.target.about_id is not None, each.target.owner.order, each.name))
    return Table(
        caption=_("Targets for %(year)s") % {"year": year},
        columns=[
            Column("name", _("Indicator"), heading=True),
            Column("of", _("Of")),
            Column("baseline", _("From"), kind="number"),
            Column("value", _("Target"), kind="number"),
            Column("actual", _("Now"), kind="number"),
            Column("state", _("State")),
        ],
        rows=[_row(each) for each in ordered],
        empty=_("No target is set for this year."),
        empty_how=_("The secretariat sets those of the network, each agency its own."),
        caption_hidden=True,
    )


def ended_table(targets: Iterable[Target]) -> Table:
    """Targets that hold no more, and why."""
    return Table(
        caption=_("Targets that ended"),
        columns=[
            Column("name", _("Indicator"), heading=True),
            Column("of", _("Of")),
            Column("period", _("Year")),
            Column("value", _("Target"), kind="number"),
            Column("ended", _("Ended on"), kind="date"),
            Column("why", _("Why")),
        ],
        rows=[_ended_row(each) for each in targets if queries.indicator(each.indicator) is not None],
        caption_hidden=True,
    )


def facts_of(shown: TargetShown) -> list[tuple[str, object]]:
    """All that one target says, and how it stands."""
    target = shown.target
    facts: list[tuple[str, object]] = [
        (
            _("Indicator"),
            Link(shown.name, page_url(target.indicator, target.period)),
        ),
        (_("Of"), shown.of),
        (_("Target"), f"{shown.value} ({target.period})"),
        (_("Baseline"), shown.baseline or _("not stated")),
        (_("Counted"), shown.counts),
        (_("Now"), shown.actual if shown.actual != "–" else shown.why_none),
        (_("Difference"), shown.difference or "–"),
        (_("State"), shown.state),
        (_("How the state is decided"), shown.rule),
        (_("Source"), target.source),
        (_("Who reads it"), _("everybody") if target.shared else _("your own organisation")),
        (_("Set on"), f"{date_long(target.set_at)}, {target.owner}"),
    ]
    if target.programme:
        facts.insert(2, (_("Programme"), target.programme))
    if target.ended_at:
        facts.append((_("Ended on"), f"{date_long(target.ended_at)}: {target.ended_because}"))
    return facts


def _row(shown: TargetShown) -> dict[str, object]:
    programme = f" ({shown.target.programme})" if shown.target.programme else ""
    return {
        "name": Link(f"{shown.name}{programme}", reverse("figures:target", args=[shown.target.pk])),
        "of": shown.of,
        "baseline": shown.baseline,
        "value": shown.value,
        "actual": shown.actual,
        "state": shown.state,
    }


def _ended_row(target: Target) -> dict[str, object]:
    indicator = queries.indicator(target.indicator)
    assert indicator is not None  # noqa: S101 - left out above
    return {
        "name": Link(queries.name_of(indicator), reverse("figures:target", args=[target.pk])),
        "of": target.about.name if target.about else _("Network"),
        "period": str(target.period),
        "value": queries.exact(indicator.unit, target.value),
        "ended": target.ended_at,
        "why": target.ended_because,
    }
