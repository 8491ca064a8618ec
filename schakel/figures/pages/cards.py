"""The key figures on top of the overview: what is said in public, exactly, how it moved, and how it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.lenses import Lens
from schakel.figures.pages.addresses import page_url
from schakel.figures.pages.answers import Answer, bounds_words, exact_words, not_kept, own_cell, said_words
from schakel.figures.pages.series import Cell, Change, cell_at, change, columns, network_cell, series
from schakel.figures.targeting import TargetShown
from schakel.network.models import Party
from schakel.web.charts.years import Year, year_line

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure as the overview shows it.

    ``said``: in public words; ``exact``: to the unit, empty where that is the same; ``bounds``: between what it lies
    while some records are doubtful. ``change``: since the year before, or why it cannot be said. ``beside``: the
    network's figure beside a part's, one's own beside the network's.
    """

    indicator: str
    label: str
    said: str
    exact: str
    bounds: str
    change: Change
    beside: str
    years: tuple[Year, ...]
    line: SafeString
    href: str
    target: TargetShown | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What an overview is of: for whom, by which view, of which year, with the answers of the years by indicator.

    ``members``: how many agencies the network had in each year. ``targets``: by indicator. ``stand``: which figures of
    the year were asked for.
    """

    party: Party
    lens: Lens
    year: int
    by_year: Mapping[int, Answers]
    members: Mapping[int, int]
    targets: Mapping[str, TargetShown]
    stand: str = ""

    @property
    def now(self) -> Answers:
        """The answers of the year itself."""
        return self.by_year[self.year]

    @property
    def cell(self) -> Cell:
        """Which cell of an answer the view shows."""
        return network_cell if self.lens.whole else cell_at(self.lens.code)

    def over_years(self, indicator: str) -> dict[int, Answer]:
        """The answers of an indicator by year."""
        return {year: found[indicator] for year, found in self.by_year.items() if indicator in found}


def cards(seen: Seen) -> Iterator[Card]:
    """The key figures of a view; none of lists that nobody keeps."""
    found = (catalogue()[name] for name in seen.lens.first if name in seen.now)
    return (_card(seen, each) for each in found if not not_kept(each, seen.now[each.id]["total"]))


def _card(seen: Seen, indicator: Indicator) -> Card:
    found = seen.now[indicator.id]
    cell = seen.cell(found)
    members = seen.members if seen.lens.kind != "agency" else {}
    entries = series(indicator, seen.over_years(indicator.id), members, cell=seen.cell)
    drawn = columns(indicator, entries)
    label, said, exact = queries.name_of(indicator), said_words(indicator, cell), exact_words(indicator, cell)
    title = _("%(name)s over the years") % {"name": label}
    return Card(
        indicator=indicator.id,
        label=label,
        said=said,
        exact=exact if exact != said else "",
        bounds=bounds_words(indicator, cell),
        change=change(indicator, entries, seen.year),
        beside=_beside(seen, indicator, found),
        years=tuple(drawn),
        line=year_line(f"line-{indicator.id}", title, drawn),
        href=page_url(indicator.id, seen.year, stand=seen.stand),
        target=seen.targets.get(indicator.id),
    )


def _beside(seen: Seen, indicator: Indicator, found: Answer) -> str:
    if not seen.lens.whole:
        return _("Network: %(value)s") % {"value": said_words(indicator, found["total"])}
    own = own_cell(found, seen.party)
    return f"{seen.party.name}: {exact_words(indicator, own)}" if own else ""
