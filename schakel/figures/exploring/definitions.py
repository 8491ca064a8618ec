"""The definitions that the cells of an answer were counted by: of each version that one of its years has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.exploring.explored import Explored
from schakel.figures.history import versions_of
from schakel.figures.pages.definition import display_words


@dataclass(frozen=True, slots=True)
class Definition:
    """A version of an indicator's definition in the reader's language, and the years counted by it."""

    indicator: Indicator
    version: int
    text: str
    years: tuple[int, ...]

    @property
    def current(self) -> bool:
        """Whether it is the definition of now, whose other words hold too."""
        return self.version == self.indicator.version

    def facts(self) -> Iterator[tuple[str, str]]:
        """What is to be known of it, in words."""
        language = get_language() or "nl"
        yield _("Definition"), self.text
        if self.current:
            yield _("What is counted"), self.indicator.counted.in_(language)
            yield _("What makes it one"), self.indicator.one.in_(language)
            yield _("Period"), self.indicator.period.in_(language)
        yield _("Stock or flow"), nature_words(self.indicator)
        yield _("Unit"), unit_words(self.indicator)
        yield _("Rule for saying it"), display_words(self.indicator.display, self.indicator.unit)
        yield _("Version of the definition"), str(self.version)


def definitions(explored: Explored) -> list[Definition]:
    """The definitions of the indicators asked, each version once; of one that has no figure that of now."""
    return [made for indicator in explored.asked.chosen() for made in _of(explored, indicator)]


def _of(explored: Explored, indicator: Indicator) -> Iterator[Definition]:
    used: dict[int, list[int]] = {}
    for year in explored.found.years:
        answer = explored.found.answer(indicator, year)
        if answer is not None:
            used.setdefault(answer["version"], []).append(year)
    texts = {each.number: each.definition for each in versions_of(indicator)}
    for version, years in (used or {indicator.version: []}).items():
        words = texts.get(version, indicator.definition)
        yield Definition(indicator, version, words.in_(get_language() or "nl"), tuple(years))


def heading(definition: Definition, *, several: bool) -> str:
    """The name above a definition, with its years where the indicator has several."""
    name = queries.name_of(definition.indicator)
    return f"{name}, {', '.join(map(str, definition.years))}" if several and definition.years else name


def nature_words(indicator: Indicator) -> str:
    """Whether it is a stock or a flow."""
    stock = indicator.nature == "stock"
    return _("stock: as of 31 December") if stock else _("flow: over the whole year")


def unit_words(indicator: Indicator) -> str:
    """What it is counted in."""
    return {
        "count": _("number"),
        "eur": _("euros"),
        "fte": _("full-time equivalents"),
        "tonne": _("tonnes"),
        "share": _("share, of 1"),
        "ratio": _("ratio"),
        "growth": _("growth, as the ratio to the year before"),
    }[indicator.unit]
