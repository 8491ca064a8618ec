"""Who works where: the agencies on a map, with the figure of each whose column may be seen."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from schakel.figures import queries
from schakel.figures.catalogue import Indicator
from schakel.figures.lenses import CROSSES
from schakel.figures.pages.answers import Answer, exact_words
from schakel.figures.pages.cuts import Cut
from schakel.network.models import Party
from schakel.network.places import PROVINCES
from schakel.web.charts.regions import Region, region_map
from schakel.web.tables import Column, Table


def agencies_map(indicator: Indicator, found: Answer, agencies: Sequence[Party], year: int, own: str = "") -> Cut:
    """The agencies over the provinces; ``own``: the agency that stands out."""
    cells = {cell["place"][0]: cell for cell in found["cells"]} if "agency" in found["by"] else {}
    regions = [_region(indicator, agency, cells.get(agency.slug), own) for agency in agencies if agency.provinces]
    name = queries.name_of(indicator)
    title = _("The agencies and their provinces: %(name)s, %(year)s") % {"name": name, "year": year}
    rows = [
        {
            "agency": agency.name,
            "provinces": ", ".join(PROVINCES[code] for code in agency.provinces),
            "value": region.shown or _("not for you to see"),
        }
        for agency, region in zip((each for each in agencies if each.provinces), regions, strict=True)
    ]
    columns = [
        Column("agency", _("Agency"), heading=True),
        Column("provinces", _("Provinces")),
        Column("value", name, kind="number"),
    ]
    table = Table(caption=title, columns=columns, rows=rows)
    picture = region_map("map-agencies", title, regions, both_ways=queries.both_ways(indicator))
    return Cut("agency", _("The agencies"), picture, table, _note(agencies))


def agencies_in(province: str, agencies: Sequence[Party]) -> list[str]:
    """The agencies that work in a province, in a part of it too."""
    whole = [agency.name for agency in agencies if province in agency.provinces]
    parts = [
        _("%(agency)s (%(part)s)") % {"agency": agency.name, "part": CROSSES[agency.slug][1]}
        for agency in agencies
        if CROSSES.get(agency.slug, ("", ""))[0] == province
    ]
    return whole + parts


def _region(indicator: Indicator, agency: Party, cell: Answer | None, own: str) -> Region:
    value = None if cell is None else queries.drawn(indicator, cell["value"])
    shown = "" if cell is None else _short(indicator, cell)
    names = (agency.name, *agency.also_written)
    return Region(agency.name, min(names, key=len), tuple(agency.provinces), value, shown, agency.slug == own)


def _short(indicator: Indicator, cell: Answer) -> str:
    """A figure with room on a map: money in millions, else exact."""
    if indicator.unit == "eur" and cell["value"] is not None:
        return queries.shown(indicator, cell).said.removeprefix(_("more than %(value)s") % {"value": ""})
    return exact_words(indicator, cell)


def _note(agencies: Sequence[Party]) -> str:
    """Which region is more than its provinces: its agency's figure is by agency, that of the province by place."""
    said = [
        _("%(agency)s also works in %(part)s, in %(province)s: its column counts that too, its province does not.")
        % {"agency": agency.name, "part": CROSSES[agency.slug][1], "province": PROVINCES[CROSSES[agency.slug][0]]}
        for agency in agencies
        if agency.slug in CROSSES
    ]
    return " ".join(said)
