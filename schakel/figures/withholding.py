"""What an answer withholds from who asks (``deciding`` says why, and docs/developers/disclosure.md against whom)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from schakel.figures.asking import Question
from schakel.figures.catalogue import Indicator
from schakel.figures.counting import Extract
from schakel.figures.deciding import Group, rank
from schakel.sharing.disclosure import Place

HUB = "province"
"""The dimension that every cross has: crosses that share one cannot be put together to say more than each does."""

MOST = 2
"""By how many dimensions, beside year and agency, others than the secretariat may ask."""

Known = Mapping[str, Indicator]


@dataclass(frozen=True, slots=True)
class Withheld:
    """``total``: whether the total is; ``places``: the cells; ``lists``: what the agencies' columns add up to."""

    total: bool = False
    places: AbstractSet[Place] = frozenset()
    lists: bool = False


def dimensions(by: tuple[str, ...]) -> tuple[str, ...]:
    """Those that small cells can come of: a year is a table of its own, and an agency sees its own column only."""
    return tuple(dimension for dimension in by if dimension not in {"year", "agency"})


def withheld(indicator: Indicator, question: Question, by: tuple[str, ...], extract: Extract, known: Known) -> Withheld:
    """What is withheld of the figures of ``indicator`` by ``by``.

    Nothing from who sees all columns, nor of one's own column, nor of an indicator that is open.
    """
    own = "agency" in question.filters and "agency" in indicator.breakdowns  # another's was refused before
    if own or question.audience.all_agencies or indicator.disclosure == "open":
        return Withheld()
    years = _years(indicator, question, extract)
    seen = tuple(sorted({question.audience.agency, *question.audience.agencies} - {""}))
    each = {year: group_of(indicator, extract, known, year, seen) for year in years}
    last = {year: each[year] for year in years[-1:]}
    together = last if indicator.nature == "stock" else each
    united = len(together) > 1 and any(part.overlaps("year") for part in indicator.parts)
    total = united or any(group.total() for group in together.values())
    return Withheld(
        total=total,
        places=_places(by, each if "year" in by else together, all_of_it=united and "year" not in by),
        lists=total or any(group.lists(indicator.parts[0]) for group in together.values()),
    )


def group_of(indicator: Indicator, extract: Extract, known: Known, year: int, seen: tuple[str, ...] = ()) -> Group:
    """What is decided together with ``indicator``, for who sees the columns of the agencies ``seen``, by name."""
    fact = indicator.parts[0].fact
    members = tuple(one for one in known.values() if one.disclosure != "open" and one.parts[0].fact == fact)
    return Group(extract, members, rank(indicator), year, seen)


def _years(indicator: Indicator, question: Question, extract: Extract) -> list[int]:
    asked = question.filters.get("year")
    if asked:
        return sorted({int(year) for year in asked})
    return extract.ask(f'SELECT DISTINCT year FROM "{indicator.parts[0].fact}" ORDER BY 1')["year"].to_list()  # noqa: S608


def _places(by: tuple[str, ...], groups: Mapping[int, Group], *, all_of_it: bool) -> set[Place]:
    """The withheld places; of several years together those that are withheld in one of them."""
    narrow = dimensions(by)
    if not narrow or "agency" in by:
        return set()
    found: set[Place] = set()
    for year, group in groups.items():
        for place in _every(narrow, group) if all_of_it else _hidden(narrow, group):
            values = dict(zip(narrow, place, strict=True)) | {"year": year}
            found.add(tuple(values[dimension] for dimension in by))
    return found


def _hidden(by: tuple[str, ...], group: Group) -> AbstractSet[Place]:
    if len(by) == 1:
        return group.line(*by).hidden
    if HUB not in by:
        return _every(by, group)
    crossed = (HUB, *(dimension for dimension in by if dimension != HUB))
    if any(other.cross(crossed) is None for other in _ranks(group, by)):
        return _every(by, group)
    places = group.cross(crossed) or set()
    return places if crossed == by else {(column, row) for row, column in places}


def _ranks(group: Group, by: tuple[str, ...]) -> Iterator[Group]:
    """All of the list that have this cross: where one is closed, the others would say which of its cells are empty."""
    found = {rank(member) for member in group.members if set(by) <= set(member.breakdowns)}
    return (replace(group, rank=each) for each in sorted(found))


def _every(by: tuple[str, ...], group: Group) -> set[Place]:
    """All places that could have anything in them."""
    places: set[Place] = {()}
    for dimension in by:
        places = {(*place, *value) for place in places for value in group.line(dimension).places}
    return places
