"""The overview as a whole: what it asks of the counting process and what it shows, on the page and on paper alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.figures.catalogue import catalogue
from schakel.figures.editions import Vintage
from schakel.figures.lenses import Lens
from schakel.figures.pages.answers import Answer
from schakel.figures.pages.cards import Answers, Card, Seen, cards
from schakel.figures.pages.cuts import Cut, cut
from schakel.figures.pages.labels import province_labels, theme_labels
from schakel.figures.pages.regions import agencies_in, agencies_map
from schakel.figures.queries import Wanted
from schakel.figures.targeting import TargetShown, for_figures
from schakel.network.models import Party
from schakel.network.queries import member_numbers

YEARS = 10  # of which the small lines tell
MAPPED = ("innovation_projects", "companies_in_projects", "invested_eur", "portfolio_companies", "foreign_companies")
_THEMED = "innovation_projects"


@dataclass(frozen=True, slots=True)
class Overview:
    """An overview as it is read."""

    title: str
    lead: str
    why: tuple[str, ...]
    cards: tuple[Card, ...]
    maps: tuple[Cut, ...]
    themes: Cut | None


def wanted(lens: Lens, read: Mapping[int, Vintage], year: int, mapped: str) -> list[Wanted]:
    """All that an overview of ``year`` asks, in the order in which ``taken`` takes it; ``read``: the years told of."""
    now = read[year]
    asked = [
        Wanted(now, lens.first, (lens.by,)),
        Wanted(now, ("coverage", mapped), ("agency",)),
        Wanted(now, (mapped,), ("province",)),
        *([Wanted(now, (_THEMED,), ("theme",))] if lens.kind == "ministry" else []),
    ]
    before = () if lens.whole else (lens.by,)  # a line of the network's needs no columns
    return asked + [Wanted(vintage, lens.first, before) for vintage in others(read, year)]


def others(read: Mapping[int, Vintage], year: int) -> list[Vintage]:
    """The other years that the lines tell of, newest first."""
    return [read[y] for y in sorted(read, reverse=True) if y != year][: YEARS - 1]


@dataclass(frozen=True, slots=True)
class Taken:
    """The answers of an overview."""

    seen: Seen
    by_agency: Answers
    by_province: Answers
    by_theme: Answers


def taken(
    party: Party, lens: Lens, read: Mapping[int, Vintage], *, year: int, answers: Sequence[Answers], stand: str
) -> Taken:
    """The answers to ``wanted``, each in its place."""
    now, by_agency, by_province, *before = answers
    by_theme = before.pop(0) if lens.kind == "ministry" else {}
    by_year = {year: now} | {v.period: found for v, found in zip(others(read, year), before, strict=True)}
    targets = _targets(party, lens, read[year], now)
    seen = Seen(party, lens, year, by_year, member_numbers(by_year), targets, stand)
    return Taken(seen, by_agency, by_province, by_theme)


def _targets(party: Party, lens: Lens, vintage: Vintage, now: Answers) -> dict[str, TargetShown]:
    """The targets of the key figures; nobody sets them for what lies in a province."""
    if lens.kind == "province":
        return {}
    agency = lens.code if lens.kind == "agency" else ""
    return for_figures(party, lens.first, vintage.period, agency=agency, known=now, stand=vintage)


def overview_of(
    found: Taken, vintage: Vintage, agencies: Sequence[Party], mapped: str, signed: tuple[int, int]
) -> Overview:
    """What the overview shows. ``signed``: how many agencies signed the year, and how many there were."""
    seen = found.seen
    return Overview(
        title=_title(seen.lens, seen.year),
        lead=_lead(seen, agencies),
        why=tuple(_why(found, vintage, agencies, signed)),
        cards=tuple(cards(seen)),
        maps=tuple(_maps(found, agencies, mapped)),
        themes=_themes(found) if seen.lens.kind == "ministry" else None,
    )


def _title(lens: Lens, year: int) -> str:
    if lens.kind == "network":
        return _("Figures of the network, %(year)s") % {"year": year}
    if lens.kind == "ministry":
        return _("Figures for the ministry, %(year)s") % {"year": year}
    return _("Figures of %(name)s, %(year)s") % {"name": lens.label, "year": year}


def _lead(seen: Seen, agencies: Sequence[Party]) -> str:
    count = seen.members[seen.year]
    if seen.lens.kind == "agency":
        return _("What %(name)s took part in, by its own statement.") % {"name": seen.lens.label}
    if seen.lens.kind == "province":
        said = _(
            "What lies in %(name)s by the place of each thing, whichever agency it is of. Agencies here: %(agencies)s."
        )
        return said % {"name": seen.lens.label, "agencies": ", ".join(agencies_in(seen.lens.code, agencies))}
    return ngettext(
        "%(count)s agency, each thing counted once. Every figure opens down to the records behind it.",
        "%(count)s agencies, each thing counted once. Every figure opens down to the records behind it.",
        count,
    ) % {"count": count}


def _why(found: Taken, vintage: Vintage, agencies: Sequence[Party], signed: tuple[int, int]) -> Iterator[str]:
    """Why the figures are not final: who has yet to deliver, and to sign; names only to who sees their columns."""
    delivered = found.by_agency["coverage"]
    whole = delivered["total"]["amount"] == delivered["total"]["base"]
    missing = {cell["place"][0] for cell in delivered["cells"] if cell["amount"] != cell["base"]}
    names = ", ".join(agency.name for agency in agencies if agency.slug in missing)
    if not whole:
        yield _("Not every agency has delivered all of %(year)s.") % {"year": vintage.period}
    if names:
        yield _("Not complete yet: %(names)s.") % {"names": names}
    if vintage.state == "provisional" and signed[1]:
        yield _("%(signed)s of %(all)s agencies have signed the year.") % {"signed": signed[0], "all": signed[1]}


def _maps(found: Taken, agencies: Sequence[Party], mapped: str) -> Iterator[Cut]:
    seen, indicator = found.seen, catalogue()[mapped]
    own = seen.lens.code if seen.lens.kind == "agency" else seen.party.slug
    if mapped in found.by_agency:
        yield agencies_map(indicator, found.by_agency[mapped], agencies, seen.year, own)
    if mapped in found.by_province:
        yield cut(indicator, found.by_province[mapped], "province", seen.year, province_labels())


def _themes(found: Taken) -> Cut | None:
    answer: Answer | None = found.by_theme.get(_THEMED)
    return None if answer is None else cut(catalogue()[_THEMED], answer, "theme", found.seen.year, theme_labels())
