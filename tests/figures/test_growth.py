"""Growth is read as what was added, in per cents, wherever it stands; the exact ratio goes along in files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from schakel.figures import exporting, saying
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Figure, extract_of
from schakel.figures.counting.sheet import sheet
from schakel.figures.models import Target
from schakel.figures.pages.definition import display_words
from schakel.figures.pages.series import change, series
from schakel.figures.queries import exact
from schakel.intake.views.difference import figure_said
from schakel.web import formats
from schakel.web.sheets import harmless
from tests.intake.people import signed_in
from tests.making import acts

from .counting_here import counting, deliveries
from .drawing import Row, fact, frames_of
from .test_pages_overview import read

pytestmark = pytest.mark.django_db
GROWTH = catalogue()["outcome_turnover_growth"]
PROVINCES = {"NB": 1_050, "GR": 970, "LI": 1_000}  # what a company that had 1,000 has a year later


def followed(year: int = 2023) -> list[Row]:
    """Twenty companies in each province, all of the same growth; a little more in the first of Limburg."""
    return [
        fact(
            100 * place + n,
            "bom",
            100 * place + n,
            year=year,
            province=province,
            turnover=turnover,
            turnover_before=1_000,
        )
        for place, (province, turnover) in enumerate(PROVINCES.items(), start=1)
        for n in range(20)
    ]


@pytest.fixture
def live(tmp_path: Path, settings) -> Iterator[None]:
    facts = {"outcome_turnover": followed(), "delivery": deliveries(2023)}
    with counting(tmp_path, facts) as socket:
        settings.COUNTING_SOCKET = socket
        yield


def secretariat(language: str = "nl"):
    return signed_in("rom-nederland", "secretary", language=language)


def test_its_page_says_what_was_added_and_colours_its_map_about_none(live) -> None:
    page = secretariat()
    text = read(page, "/cijfers/outcome_turnover_growth/?year=2023")
    assert "Precies +0,7%" in text
    assert "1,01" not in text
    answer = page.get("/cijfers/outcome_turnover_growth/?year=2023")
    (places,) = [cut for cut in answer.context["cuts"] if cut.dimension == "province"]
    told = {area[0].text: area.get("class") for area in ElementTree.fromstring(places.picture) if area.tag == "path"}
    assert told["Noord-Brabant: +5,0%"] == "map__area map__area--more-2"
    assert told["Groningen: −3,0%"] == "map__area map__area--less-1"
    assert told["Limburg: 0,0%"] == "map__area map__area--middle"
    assert "Noord-Brabant: +5,0%" in (ElementTree.fromstring(places.picture).findtext("desc") or "")


def test_the_explorer_shows_it_so_and_its_files_have_the_ratio_beside_it(live) -> None:
    page, query = secretariat(), "i=outcome_turnover_growth&rijen=province&van=2023&tot=2023"
    assert "+5,0%" in read(page, f"/cijfers/verkennen/?{query}")
    lines = page.get(f"/cijfers/verkennen/bestand/csv/?{query}").content.decode("utf-8-sig")
    rows = {row["row"]: row for row in csv.DictReader(io.StringIO(lines), delimiter=";")}
    assert (rows["NB"]["value"], rows["NB"]["shown"], rows["NB"]["unit"]) == ("1.0500", "+5,0%", "growth")
    assert (rows["GR"]["value"], rows["GR"]["shown"]) == ("0.9700", "−3,0%")
    book = openpyxl.load_workbook(io.BytesIO(page.get(f"/cijfers/verkennen/bestand/xlsx/?{query}").content))
    cells = {row[0].value: row[1] for row in book.worksheets[0].iter_rows() if row[0].value}
    assert cells["Noord-Brabant"].value == pytest.approx(0.05)
    assert cells["Noord-Brabant"].number_format == "+0.0%;-0.0%;0.0%"


def test_a_target_of_it_is_typed_in_per_cents_and_held_against_what_was_added(live) -> None:
    page = signed_in("rom-nederland", "secretary", language="en")
    filled = {"indicator": GROWTH.id, "period": "2023", "value": "4", "counts": GROWTH.counted.en, "nature": "flow"}
    page.post("/cijfers/doelen/nieuw/", filled | {"source": "plan", "shared": "on"})
    with acts("rom-nederland"):
        held = Target.objects.get()
    assert held.value == Decimal("1.04")
    assert 'name="value" value="4"' in page.get(f"/cijfers/doelen/nieuw/?follows={held.pk}").content.decode()
    text = read(page, f"/cijfers/doelen/{held.pk}/")
    assert "+4.0%" in text
    assert "+0.7%" in text
    assert "3.3% below the target" in text


def test_the_list_of_figures_says_it_beside_the_ratio(tmp_path: Path) -> None:
    extract = extract_of(frames_of({"outcome_turnover": followed()}))
    counted = sheet(extract, [GROWTH], 2023)
    first = next(exporting.long(counted, {"bom": "BOM"}))
    assert (first["value"], first["shown_nl"], first["shown_en"]) == (Decimal("1.0067"), "+0,7%", "+0.7%")
    path = exporting.write_long_csv(counted, {"bom": "BOM"}, tmp_path / "long.csv")
    assert ',1.0067,"+0,7%",+0.7%,growth,' in path.read_text(encoding="utf-8")


def test_it_is_compared_in_percentage_points() -> None:
    answers = {
        year: {"total": {"value": value}, "coverage": None, "version": 1}
        for year, value in ((2022, "1.05"), (2023, "1.02"))
    }
    with override("nl"):
        entries = series(GROWTH, answers, {2022: 9, 2023: 9})
        assert change(GROWTH, entries, 2023).said == "−3,0 procentpunt sinds 2022"


@given(st.decimals(0, 5, places=6))
def test_all_ways_of_saying_it_agree(ratio: Decimal) -> None:
    with override("nl"):
        said = formats.growth(ratio)
        assert exact("growth", ratio) == figure_said("growth", str(ratio)) == said
        assert display_words(GROWTH.display, "growth") == "zoals het is"
    amount = Figure(int(ratio * 10**6), 10**6)
    assert saying.say(GROWTH, amount, "nl") == saying.say_in_public(GROWTH, amount, "nl") == said
    number = Decimal(said.strip("%").replace("−", "-").replace(".", "").replace(",", "."))
    assert abs(number - (ratio - 1) * 100) <= Decimal("0.05")
    assert said.startswith("+") == (number > 0)
    assert harmless(said) == said


@pytest.mark.parametrize("text", ["+5,0%+1", "+1+cmd|' /C calc'!A0", "=5%", "+5", "@5%", "-5%\n"])
def test_only_a_per_cent_by_itself_goes_without_an_apostrophe(text: str) -> None:
    assert harmless(text) == f"'{text}"
