"""Charts and maps: true to their values, told in words, and free of inline style."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from schakel.web.charts.bars import Bar, bar_chart
from schakel.web.charts.provinces import NAMES, Area, province_map
from schakel.web.charts.regions import Region, region_map
from schakel.web.charts.shades import Shades, step
from schakel.web.charts.years import Year, year_columns, year_line

VALUES = st.one_of(st.none(), st.floats(min_value=0, max_value=1e12))
LABELS = st.text(st.characters(exclude_categories=["C"]), max_size=30)


def drawn(svg: str, part: str) -> list[ElementTree.Element]:
    """The elements of a class; also proof that the picture is well-formed."""
    return [found for found in ElementTree.fromstring(svg).iter() if part in found.get("class", "").split()]


def told(svg: str) -> str:
    return ElementTree.fromstring(svg).findtext("desc") or ""


@given(bars=st.lists(st.tuples(LABELS, VALUES), max_size=15))
def test_bars_are_as_long_as_their_values(bars: list[tuple[str, float | None]]) -> None:
    svg = bar_chart("b", "Titel", [Bar(label, value, "x") for label, value in bars])
    highest = max((value for _label, value in bars if value), default=0)
    lengths = [float((bar.get("width") or "").rstrip("%")) for bar in drawn(svg, "chart__bar")]
    wanted = [100 * value / highest for _label, value in bars if value]
    assert lengths == pytest.approx(wanted, rel=1e-3)
    assert [text.text or "" for text in drawn(svg, "chart__label")] == [label for label, _value in bars]


@given(text=LABELS)
def test_no_text_becomes_markup(text: str) -> None:
    svg = bar_chart("b", text, [Bar(text, 1, text)], text)
    assert ElementTree.fromstring(svg).findtext("title") == text


def test_a_picture_has_name_description_and_role() -> None:
    svg = ElementTree.fromstring(bar_chart("per-rom", "Projecten", [Bar("BOM", 84, "84"), Bar("LIOF", None, "–")]))
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "per-rom-title"
    assert svg.findtext("title") == "Projecten"
    assert svg.findtext("desc") == "BOM: 84; LIOF: –."


@pytest.mark.parametrize(
    "svg",
    [
        bar_chart("b", "Titel", [Bar("A", 1, "1", marked=True)]),
        year_columns("y", "Titel", [Year(2023, 1, "1", broken="anders", cited=True)]),
        year_line("l", "Titel", [Year(2022, 1, "1"), Year(2023, 2, "2")]),
        province_map("m", "Titel", {"GR": Area(1, "1", "1")}),
        bar_chart("b", "Titel", []),
        year_columns("y", "Titel", []),
        year_line("l", "Titel", []),
        province_map("m", "Titel", {}),
    ],
)
def test_the_strict_policy_has_nothing_to_refuse(svg: str) -> None:
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script|href=", svg)
    assert ElementTree.fromstring(svg).get("role") == "img"


def test_a_break_is_drawn_between_the_years_and_said() -> None:
    with translation.override("nl"):
        svg = year_columns("y", "Titel", [Year(2021, 4, "4"), Year(2022, 5, "5", broken="andere definitie")])
    assert [line.get("x1") for line in drawn(svg, "chart__break")] == ["50%"]
    assert told(svg) == "2021: 4; 2022: 5, niet te vergelijken met het jaar ervoor: andere definitie."


def test_a_line_never_bridges_a_break_or_a_missing_year() -> None:
    years = [Year(2019, 1, "1"), Year(2020, 2, "2"), Year(2021, 3, "3", broken="anders"), Year(2022, 4, "4")]
    assert len(drawn(year_line("l", "Titel", years), "chart__line")) == 2
    gap = [Year(2019, 1, "1"), Year(2020, 2, "2"), Year(2021, None, "–"), Year(2022, 4, "4")]
    assert len(drawn(year_line("l", "Titel", gap), "chart__line")) == 1


def test_a_cited_year_is_drawn_open_and_said() -> None:
    with translation.override("nl"):
        svg = year_columns("y", "Titel", [Year(2015, 310, "310", cited=True)])
    assert len(drawn(svg, "chart__bar--cited")) == 1
    assert "310 (aangehaald)" in told(svg)


def test_the_map_has_all_twelve_and_leaves_none_out_unsaid() -> None:
    with translation.override("nl"):
        svg = province_map("m", "Titel", {"GR": Area(10, "€ 10"), "LI": Area(0, "€ 0")})
    areas = drawn(svg, "map__area")
    paths = [area for area in areas if area.tag == "path"]
    assert len(paths) == len(NAMES) == 12
    assert len(drawn(svg, "map__area--unknown")) == 10
    assert "Groningen: € 10; Fryslân: –;" in told(svg)
    assert "Drenthe: niet bekend" in svg


@given(value=st.floats(0, 1e9), highest=st.floats(0, 1e9))
def test_darker_is_never_less(value: float, highest: float) -> None:
    low, high = step(min(value, highest), highest), step(highest, highest)
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 4
    assert step(None, highest) is None


@given(value=st.floats(-1e3, 1e3), furthest=st.floats(0, 1e3))
def test_what_falls_has_another_colour_than_what_rises_as_much(value: float, furthest: float) -> None:
    shades = Shades.of([value, furthest, None], both_ways=True)
    name, other = shades.name(value, "unknown"), shades.name(-value, "unknown")
    assert name.replace("more", "less") == other.replace("more", "less")
    assert (name == other) == (name == "middle")
    assert name == "middle" or name.startswith("more" if value > 0 else "less")
    assert shades.name(None, "unknown") == "unknown"


def test_a_map_about_nought_has_its_middle_in_the_legend_and_light_names_on_dark_shades() -> None:
    areas = {"NB": Area(0.05, "+5%", "+5%"), "GR": Area(-0.05, "-5%", "-5%"), "LI": Area(0, "0%", "0%")}
    svg = province_map("m", "Titel", areas, legend=lambda bound: f"{bound:.2f}", both_ways=True)
    assert [text.text for text in drawn(svg, "map__legend")] == [
        "-0.05 – -0.03", "-0.03 – -0.01", "-0.01 – 0.01", "0.01 – 0.03", "0.03 – 0.05",
    ]  # fmt: skip
    assert {text.text for text in drawn(svg, "map__value--light")} == {"+5%", "-5%"}
    regions = [Region("BOM", "BOM", ("NB",), 0.05, "+5%"), Region("NOM", "NOM", ("GR",), -0.01, "-1%")]
    shaded = [path.get("class") for path in drawn(region_map("r", "Titel", regions, both_ways=True), "map__area")]
    assert shaded == ["map__area map__area--more-2", "map__area map__area--middle"]


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_what_is_below_nought_lies_on_the_other_side_of_it(values: list[float]) -> None:
    lowest, highest = min([0, *values]), max([0, *values])
    shown = [value for value in values if value]
    bars = drawn(bar_chart("b", "T", [Bar("x", value, "x") for value in values]), "chart__bar")
    zero = -100 * lowest / ((highest - lowest) or 1)
    for bar, value in zip(bars, shown, strict=True):
        left, long = (float(str(bar.get(name)).rstrip("%")) for name in ("x", "width"))
        assert left + (long if value < 0 else 0) == pytest.approx(zero, abs=0.2)
    columns = year_columns("y", "T", [Year(2000 + n, value, "x") for n, value in enumerate(values)])
    (axis,) = drawn(columns, "chart__axis")
    floor = float(axis.get("y1") or 0)
    for column in drawn(columns, "chart__bar"):
        top, high = float(column.get("y") or 0), float(column.get("height") or 0)
        assert 27 <= top <= top + high <= 159
        assert floor == pytest.approx(top, abs=0.2) or floor == pytest.approx(top + high, abs=0.2)
    assert len(drawn(year_line("l", "T", [Year(2000 + n, v, "x") for n, v in enumerate(values)]), "chart__line")) == (
        len(values) > 1
    )


def test_the_outlines_are_small_and_say_where_they_come_from() -> None:
    from schakel.web.charts import provinces

    outlines = provinces.outlines()
    assert "Natural Earth" in outlines["source"]
    assert set(outlines["paths"]) == set(outlines["labels"]) == set(NAMES)
    assert sum(map(len, outlines["paths"].values())) < 40_000
