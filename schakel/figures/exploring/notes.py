"""What must be known beside cells, as numbered footnotes: each is said once and stands where it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures.catalogue import Indicator
from schakel.figures.editions import Vintage
from schakel.figures.exploring.crossing import Cell, Crossed
from schakel.figures.exploring.dimensions import dimension_label, has
from schakel.figures.history import Point, breaks
from schakel.figures.pages.answers import Answer, complete
from schakel.figures.pages.standing import vintage_words
from schakel.figures.queries import name_of


@dataclass
class Notes:
    """The footnotes of a page, in the order in which they are met; the first has number 1."""

    texts: list[str] = field(default_factory=list)

    def number(self, text: str) -> int:
        """The number of a footnote; a new one where it was not said yet."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1

    def numbers(self, texts: Sequence[str]) -> tuple[int, ...]:
        """The numbers of several."""
        return tuple(self.number(text) for text in texts)


def of_cell(found: Crossed, cell: Cell) -> list[str]:
    """Why a cell has no number."""
    if cell.mark == "not_applicable":
        return [_not_applicable(found, cell.indicator)]
    said = {
        "withheld": _("Cells with too few organisations are not shown, nor what they could be computed from."),
        "not_yours": _("An agency's own figures are shown to itself and to the secretariat only."),
        "not_asked": _(
            "So small a part is shown to the agency itself and to the secretariat only;"
            " limit one thing less, or choose one value of it."
        ),
        "not_there": _("Not counted in the figures of %(year)s: the indicator is newer.") % {"year": cell.year},
    }
    return [said[cell.mark]] if cell.mark in said else []


def _not_applicable(found: Crossed, indicator: Indicator) -> str:
    asked = (*found.asked.breakdown, *found.asked.hidden)
    lacking = ", ".join(dimension_label(dimension) for dimension in asked if not has(indicator, dimension))
    return _("%(name)s has no breakdown by: %(dimensions)s.") % {"name": name_of(indicator), "dimensions": lacking}


def of_total(indicator: Indicator, dimension: str) -> list[str]:
    """Why cells along a dimension do not add to what they are together."""
    if not indicator.overlaps(dimension):
        return []
    if indicator.is_ratio:
        return [_("A share or ratio does not add up: it is that of all together.")]
    told = {"dimension": dimension_label(dimension)}
    return [_("What stands under several (%(dimension)s) counts once in the total, so the cells add to more.") % told]


def of_year(vintage: Vintage) -> list[str]:
    """How the figures of a year stand."""
    return [_("%(year)s: %(standing)s.") % {"year": vintage.period, "standing": vintage_words(vintage)}]


def of_indicator(found: Crossed, indicator: Indicator, year: int, members: Mapping[int, int]) -> Iterator[str]:
    """Who has not delivered what an indicator needs of a year, and why it does not compare with the year before."""
    answer = found.answer(indicator, year)
    if answer is None:
        return
    if not complete(answer):
        yield _("%(year)s: %(delivered)s of %(expected)s agencies have delivered all of it.") % {
            "year": year,
            **answer["coverage"],
        }
    earlier = [each for each in found.years if each < year]
    before = found.answer(indicator, earlier[-1]) if earlier else None
    if before is not None:
        yield from _breaks(indicator, _point(before, earlier[-1], members), _point(answer, year, members))


def _point(answer: Answer, year: int, members: Mapping[int, int]) -> Point:
    return Point(year, members.get(year, 0), answer["version"], complete(answer))


def _breaks(indicator: Indicator, before: Point, now: Point) -> Iterator[str]:
    why = "; ".join(each.in_(get_language() or "nl") for each in breaks(indicator.id, before, now))
    if why:
        told = {"year": now.year, "before": before.year, "why": why}
        yield _("%(year)s is not to be compared with %(before)s: %(why)s.") % told


def not_published(years: Sequence[int]) -> str:
    """That some years asked for are not there for this reader."""
    told = {"years": ", ".join(map(str, years))}
    return _("There are no figures of %(years)s that you may read yet.") % told
