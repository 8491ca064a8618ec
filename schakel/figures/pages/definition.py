"""What is to be known of an indicator: its definition, those before it, and agencies' own beside the national one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Display, Indicator, catalogue
from schakel.figures.editions import Vintage
from schakel.figures.history import Version, versions_of
from schakel.figures.own import OwnDefinition
from schakel.figures.pages.answers import Answer, bounds_words, coverage_words, exact_words, lists_words, said_words
from schakel.figures.pages.standing import vintage_words
from schakel.web.addresses import address
from schakel.web.formats import number
from schakel.web.tables import Badge, Column, Link, Table

RELATIONS = {
    "same": ("ok", gettext_lazy("the same")),
    "near": ("info", gettext_lazy("nearly the same")),
    "narrower": ("warning", gettext_lazy("narrower")),
    "wider": ("warning", gettext_lazy("wider")),
    "unit": ("info", gettext_lazy("another unit")),
}


def facts_of(indicator: Indicator) -> Iterator[tuple[str, str]]:
    """The definition, what is counted, what makes it one, and when it belongs to a year."""
    language = get_language() or "nl"
    yield _("Definition"), indicator.definition.in_(language)
    yield _("What is counted"), indicator.counted.in_(language)
    yield _("What makes it one"), indicator.one.in_(language)
    yield _("Period"), indicator.period.in_(language)
    stock = indicator.nature == "stock"
    yield _("Stock or flow"), _("stock: as of 31 December") if stock else _("flow: over the whole year")


def standing_of_figure(indicator: Indicator, found: Answer, vintage: Vintage) -> Iterator[tuple[str, str]]:
    """A figure's exact value, how it is said in public and by which rule, and of which moment it is: apart."""
    yield _("Exactly"), exact_words(indicator, found["total"])
    if words := bounds_words(indicator, found["total"]):
        why = _("the least and the most it can be, as long as it is doubtful which records are one thing")
        yield _("Lies"), f"{words} ({why})"
    yield _("In public"), said_words(indicator, found["total"])
    yield _("Rule for saying it"), display_words(indicator.display, indicator.unit)
    yield _("Vintage"), vintage_words(vintage)
    yield _("Version of the definition"), str(found["version"])
    if words := lists_words(indicator, found):
        yield _("Against the sum of the lists"), words
    if words := coverage_words(found):
        yield _("Coverage"), words


def display_words(display: Display, unit: str) -> str:
    """A display rule in words."""
    if display.rule == "exact":
        return _("as it is")
    if unit == "share":
        return _("rounded to whole per cents")
    said = _("more than the %(step)s below it") if display.rule == "more_than" else _("rounded to %(step)s")
    return said % {"step": number(display.step)}


def versions_table(indicator: Indicator) -> Table | None:
    """The definitions through the years, with what changed; None where there was only one."""
    versions = versions_of(indicator)
    if len(versions) < 2:
        return None
    columns = [
        Column("version", _("Version"), heading=True),
        Column("years", _("Years")),
        Column("definition", _("Definition")),
        Column("changed", _("What changed after it")),
    ]
    rows = [_version_row(version) for version in versions]
    return Table(caption=_("Definitions through the years"), columns=columns, rows=rows)


def _version_row(version: Version) -> dict[str, object]:
    language = get_language() or "nl"
    return {
        "version": str(version.number) if version.number else _("before Schakel"),
        "years": _years(version),
        "definition": version.definition.in_(language),
        "changed": version.changed.in_(language) if version.changed else "",
    }


def _years(version: Version) -> str:
    if version.until is None:
        return _("from %(year)s") % {"year": version.since} if version.since else _("now")
    return str(version.since) if version.since == version.until else f"{version.since}–{version.until}"


def own_table(found: Iterable[OwnDefinition], agencies: Mapping[str, str], *, of_one: bool) -> Table:
    """Agencies' own definitions beside the national ones; ``of_one``: of a single indicator, which is not named."""
    first = Column("agency", _("Agency"), heading=True) if of_one else Column("indicator", _("National"), heading=True)
    columns = [
        first,
        *([] if of_one else [Column("agency", _("Agency"))]),
        Column("own", _("Own name")),
        Column("definition", _("Own definition")),
        Column("relation", _("Against the national one")),
        Column("becomes", _("How it becomes the national figure")),
        Column("source", _("Where it says so")),
    ]
    rows = [_own_row(each, agencies) for each in found]
    return Table(
        caption=_("Own definitions of agencies beside the national one"),
        columns=columns,
        rows=rows,
        empty=_("No agency has a definition of its own here: all deliver by the national one."),
    )


def _own_row(each: OwnDefinition, agencies: Mapping[str, str]) -> dict[str, object]:
    language = get_language() or "nl"
    kind, word = RELATIONS[each.relation]
    page = address("figures:indicator", each.indicator)
    return {
        "indicator": Link(queries.name_of(catalogue()[each.indicator]), page),
        "agency": agencies.get(each.agency, each.agency),
        "own": each.names.in_(language),
        "definition": each.definition.in_(language),
        "relation": Badge(kind, word),
        "becomes": each.becomes.in_(language),
        "source": each.source,
    }
