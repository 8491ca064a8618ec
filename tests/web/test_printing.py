"""Pictures for paper: whole by themselves, in the colours of the page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from schakel.web.charts.bars import Bar, bar_chart
from schakel.web.charts.printing import printed
from schakel.web.charts.regions import Region, region_map
from schakel.web.charts.years import Year, year_columns, year_line

REGIONS = [
    Region("NOM", "NOM", ("GR", "FR", "DR"), 4.0, "4", marked=True),
    Region("BOM", "BOM", ("NB",), 1.0, "1"),
    Region("LIOF", "LIOF", ("LI",)),
]
PICTURES = [
    bar_chart("b", "Staven", [Bar("A & B", 1, "1")]),
    year_columns("y", "Jaren", [Year(2022, 1, "1"), Year(2023, 2, "2", broken="anders", cited=True)]),
    year_line("l", "Lijn", [Year(2022, 1, "1"), Year(2023, 2, "2")]),
    region_map("m", "Kaart", REGIONS),
]


@pytest.mark.parametrize("picture", PICTURES)
def test_a_printed_picture_stands_alone(picture: str) -> None:
    svg = ElementTree.fromstring(printed(picture))  # type: ignore[arg-type]
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("viewBox")
    style = svg.findtext("{http://www.w3.org/2000/svg}style") or ""
    assert "var(" not in style
    assert re.search(r"\.chart__bar \{ fill: #[0-9a-f]{6}", style)
    assert re.search(r"\.map__value--light \{ fill: #fff", style)


def test_a_region_is_one_shape_with_its_name_and_its_figure_where_it_may_be_seen() -> None:
    svg = ElementTree.fromstring(region_map("m", "Kaart", REGIONS))
    shapes = [each for each in svg.iter() if "map__area" in each.get("class", "").split()]
    assert len(shapes) == 3
    assert [each.get("class") for each in shapes if "map__area--own" in each.get("class", "")] == [
        "map__area map__area--4 map__area--own"
    ]
    assert svg.findtext("desc") == "NOM: 4; BOM: 1; LIOF."
    names = [each.text for each in svg.iter() if (each.get("class") or "").startswith("map__name")]
    assert names == ["NOM", "BOM", "LIOF"]
    assert sum("map__area--plain" in each.get("class", "") for each in shapes) == 1
