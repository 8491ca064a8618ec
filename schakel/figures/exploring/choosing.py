"""What can be chosen on the explorer's form: indicators in groups, dimensions, years, and values to limit to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.exploring.asked import COLUMNS, FIRST, INDICATOR, LAST, ROWS, Asked
from schakel.figures.exploring.crossing import Crossed
from schakel.figures.exploring.dimensions import (
    COUNTRIES,
    NOT_SAID,
    YEAR,
    dimension_label,
    has,
    known_dimensions,
    value_label,
    values_of,
)
from schakel.figures.facts import facts
from schakel.intake.kinds import kind


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Values of one parameter. ``used``: how many are chosen."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def used(self) -> int:
        """How many are chosen."""
        return sum(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a form offers. ``selects``: one of each; ``indicators`` and ``limits``: any number."""

    selects: tuple[Choice, ...]
    indicators: tuple[Choice, ...]
    limits: tuple[Choice, ...]
    chosen: int
    limited: int


def choices(asked: Asked, known: Sequence[int], found: Crossed | None) -> Choices:
    """What can be chosen after ``asked``; ``known``: the years there are; ``found``: what the answer had."""
    indicators = tuple(_indicators(asked))
    limits = tuple(_limits(asked, found))
    return Choices(
        tuple(_selects(asked, known)),
        indicators,
        limits,
        sum(group.used for group in indicators),
        sum(limit.used for limit in limits),
    )


def _selects(asked: Asked, known: Sequence[int]) -> Iterator[Choice]:
    dimensions = _dimensions(asked)
    yield Choice(ROWS, _("Rows"), tuple(Option(d, dimension_label(d), d == asked.rows) for d in dimensions))
    none = Option("", _("The indicators"), not asked.columns)
    columns = tuple(Option(d, dimension_label(d), d == asked.columns) for d in dimensions)
    yield Choice(COLUMNS, _("Columns"), (none, *columns))
    years = asked.years(known)
    for name, label, year in ((FIRST, _("From"), years[:1]), (LAST, _("Up to"), years[-1:])):
        yield Choice(name, label, tuple(Option(str(each), str(each), [each] == year) for each in sorted(known)))


def _dimensions(asked: Asked) -> list[str]:
    """Those that some chosen indicator has, and those asked for; all where nothing is chosen."""
    chosen = asked.chosen() or list(catalogue().values())
    return [d for d in known_dimensions() if d in asked.shown or any(has(each, d) for each in chosen)]


def _indicators(asked: Asked) -> Iterator[Choice]:
    """The indicators in the groups of the rooms whose records they are of."""
    groups: dict[str, list[Indicator]] = {}
    for indicator in catalogue().values():
        groups.setdefault(_room(indicator), []).append(indicator)
    for room, members in groups.items():
        options = tuple(Option(each.id, queries.name_of(each), each.id in asked.indicators) for each in members)
        yield Choice(INDICATOR, _rooms().get(room, room), options)


def _room(indicator: Indicator) -> str:
    fact = next(fact for fact in facts() if fact.name == indicator.parts[0].fact)
    return kind(fact.record_kind).room if fact.of_records else "figures"


def _rooms() -> dict[str, str]:
    return {
        "innovate": _("Innovation"),
        "invest": _("Investment"),
        "internationalise": _("International"),
        "figures": _("Organisation and market"),
    }


def _limits(asked: Asked, found: Crossed | None) -> Iterator[Choice]:
    for dimension in _dimensions(asked):
        if dimension == YEAR:
            continue
        limited = asked.filters.get(dimension, ())
        labels = values_of(dimension, asked.chosen() or catalogue().values())
        there = found.values(dimension) if found is not None else set()
        listed = [value for value in labels if dimension not in COUNTRIES or value in {*there, *limited}]
        values = [*listed, *sorted({*there, *limited} - labels.keys() - {NOT_SAID})]
        options = tuple(Option(v, value_label(v, labels), v in limited) for v in values)
        if options:
            yield Choice(dimension, dimension_label(dimension), options)


def lacking(asked: Asked) -> list[str]:
    """Which of the chosen indicators cannot be cut or limited as is asked, and by what they can be."""
    told = []
    for indicator in asked.chosen():
        dimensions = [d for d in (*asked.shown, *asked.hidden) if d != YEAR and not has(indicator, d)]
        if dimensions:
            told.append(_lacks(indicator, dimensions))
    return told


def _lacks(indicator: Indicator, dimensions: Sequence[str]) -> str:
    language = get_language() or "nl"
    possible = [dimension_label(d) for d in known_dimensions() if has(indicator, d)]
    return _("%(name)s has no breakdown by %(lacking)s. It has: %(possible)s.") % {
        "name": indicator.names.in_(language),
        "lacking": ", ".join(map(dimension_label, dimensions)),
        "possible": ", ".join(possible),
    }
