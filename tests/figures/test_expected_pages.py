"""What is still to come: who states a pipeline, who reads estimates, and that none of it is in a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.utils.translation import override

from schakel.figures import expecting, queries
from schakel.figures.actions.pipeline import PipelineRefused, say_what_came, state_pipeline
from schakel.figures.catalogue import catalogue
from schakel.figures.models import PipelineEntry
from schakel.figures.pipeline import PipelineKind, pipeline_of, read_pipeline, register_pipeline
from schakel.figures.vintages import chosen_vintage
from schakel.words import Words
from tests.intake.people import signed_in
from tests.making import actor_for, acts

from .counting_here import counting, deliveries, projects
from .publishing import publish

pytestmark = pytest.mark.django_db
YEARS = (2022, 2023, 2024)
PROJECTS = "innovation_projects"
PAGE = f"/cijfers/{PROJECTS}/verwachting/?year=2024"
SECRETARIAT = "rom-nederland"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def facts() -> dict[str, list]:
    """BOM has not delivered 2024; the others had 10 each in 2022 and 2023, and 15 in 2024."""
    found: dict[str, list] = {"project": [], "delivery": []}
    for n, year in enumerate(YEARS):
        for place, agency in enumerate(("bom", "nom", "liof", "oost-nl")):
            count = 15 if year == 2024 else 10
            first = n * 1000 + place * 100 + 1
            found["project"] += [] if (agency, year) == ("bom", 2024) else projects(year, agency, first, count)
        found["delivery"] += deliveries(year, missing=("bom",) if year == 2024 else ())
    return found


@pytest.fixture
def live(tmp_path: Path, settings) -> Iterator[None]:
    with counting(tmp_path, facts()) as socket:
        settings.COUNTING_SOCKET = socket
        yield


def missing_to(slug: str, year: int = 2024) -> expecting.Missing:
    with acts(slug) as reader:
        vintage = chosen_vintage(reader, year)
        found = queries.figures(reader, year=year, indicators=(PROJECTS,), by=("agency",), stand=vintage)[PROJECTS]
        return expecting.missing_of(reader, catalogue()[PROJECTS], vintage, found)


def state(slug: str = "bom", number: int = 10, **said: object) -> PipelineEntry | None:
    usual = {"indicator": PROJECTS, "period": 2024, "stage": "agreed"}
    return state_pipeline(actor=actor_for(slug), number=number, **usual | said)


def said(answer) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main.group() if main else "").replace("\xa0", " ").split())


def read(slug: str, role: str, path: str = PAGE) -> str:
    answer = signed_in(slug, role, language="en").get(path)
    assert answer.status_code == 200
    return said(answer)


def test_the_secretariat_and_the_agency_itself_get_the_estimate_and_others_a_number(live) -> None:
    for slug in (SECRETARIAT, "bom"):
        (made,) = missing_to(slug).estimates
        assert (made.agency, made.last, made.last_year, made.others, made.value) == ("bom", 10, 2023, 8, 15)
        assert [(trial.year, trial.estimated, trial.delivered) for trial in made.trials] == [(2023, 10, 10)]
    for slug in ("nom", "liof"):
        assert missing_to(slug) == expecting.Missing(1)


def test_the_page_tells_no_more_than_that(live) -> None:
    for slug, role in ((SECRETARIAT, "secretary"), ("bom", "steward")):
        page = read(slug, role)
        assert "1 agency has not delivered this yet." in page
        assert "BOM 10 (2023) 50.0%, by 8 agencies 15" in page
    other = read("nom", "steward")
    assert "1 agency has not delivered this yet." in other
    assert "estimate" not in other.replace("estimates of what is missing", "")
    assert "BOM" not in other
    for slug in ("ministerie-ez", "provincie-utrecht"):
        assert signed_in(slug, "reader").get(PAGE).status_code == 403


def test_of_what_is_published_nothing_is_expected(live) -> None:
    publish(2023)
    with acts("bom") as reader:
        assert not expecting.may_expect(reader, chosen_vintage(reader, 2023, "nu"))
        assert expecting.may_expect(reader, chosen_vintage(reader, 2024))


def test_a_figure_is_the_same_with_and_without_a_pipeline(live) -> None:
    def counted() -> list[object]:
        with acts(SECRETARIAT) as reader:
            return [queries.figures(reader, year=year, by=("agency",)) for year in YEARS]

    before = counted()
    state(number=500)
    assert counted() == before


def test_each_states_its_own_and_the_secretariat_reads_all() -> None:
    state()
    state("nom", 4)
    seen = {}
    for slug in ("bom", "nom", "liof", SECRETARIAT, "ministerie-ez"):
        with acts(slug) as reader:
            seen[slug] = [(each.agency, each.number) for each in read_pipeline(reader, PROJECTS, 2024)]
    assert seen == {
        "bom": [("bom", 10)],
        "nom": [("nom", 4)],
        "liof": [],
        SECRETARIAT: [("bom", 10), ("nom", 4)],
        "ministerie-ez": [],
    }
    with acts("nom"):
        assert PipelineEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "stated", "why"),
    [
        (SECRETARIAT, {}, "Each agency states"),
        ("ministerie-ez", {}, "Each agency states"),
        ("bom", {"indicator": "follow_on_share"}, "no pipeline can be stated"),
        ("bom", {"indicator": "happiness"}, "no pipeline can be stated"),
        ("bom", {"stage": "dreamt"}, "no number of things at a stage"),
        ("bom", {"worth": Decimal(5)}, "leave their worth empty"),
        ("bom", {"indicator": "invested_eur"}, "what they are worth"),
    ],
)
def test_what_can_be_in_no_pipeline_is_refused(slug: str, stated: dict[str, object], why: str) -> None:
    with pytest.raises(PipelineRefused, match=why):
        state(slug, **stated)


def test_what_is_stated_is_replaced_and_what_came_stays() -> None:
    first = state(number=10, period=2023)
    second = state(number=8, period=2023)
    with pytest.raises(PipelineRefused, match="At most 8"):
        say_what_came(actor=actor_for("bom"), entry=second, came=9)
    with pytest.raises(PipelineRefused, match="Only the agency"):
        say_what_came(actor=actor_for("nom"), entry=second, came=6)
    with pytest.raises(PipelineRefused, match="Only the agency"):
        say_what_came(actor=actor_for("bom"), entry=first, came=6)
    with pytest.raises(PipelineRefused, match="not over"):
        say_what_came(actor=actor_for("bom"), entry=state(period=2090), came=1)
    say_what_came(actor=actor_for("bom"), entry=second, came=6)
    with pytest.raises(PipelineRefused, match="stays as it is"):
        state(number=20, period=2023)
    state(number=4)
    with acts("bom") as reader:
        (found,) = read_pipeline(reader, PROJECTS, 2024)
    assert (found.past, found.came, found.expected) == (8, 6, 3)
    with pytest.raises(ProgrammingError), transaction.atomic(), acts("bom"):
        PipelineEntry.objects.update(number=1)
    state(number=0)
    with acts("bom") as reader:
        assert read_pipeline(reader, PROJECTS, 2024) == []


def test_a_steward_states_a_pipeline_and_reads_what_is_expected(live) -> None:
    say_what_came(actor=actor_for("nom"), entry=state("nom", 8, period=2022), came=6)
    state("nom", 5, period=2023)
    page = signed_in("nom", "steward", language="en")
    assert page.post(PAGE, {"do": "state", "stage": "agreed", "number": ""}).status_code == 422
    done = page.post(PAGE, {"do": "state", "stage": "agreed", "number": "4", "source": "board paper"}, follow=True)
    text = said(done)
    assert "Counted so far 15" in text
    assert "NOM agreed, not begun 4 75%: 6 of 8 before came 3" in text
    assert "Expected 18" in text
    assert "An expectation is no figure" in text
    assert "projects in preparation: Projects that are delivered run" in text
    with acts("nom"):
        waiting = PipelineEntry.objects.get(period=2023)
    assert "2023, agreed, not begun: 5" in text
    page.post(PAGE, {"do": "came", "entry": waiting.pk, "came": "5"})
    assert "85%: 11 of 13 before came" in said(page.get(PAGE))
    assert signed_in("nom", "reader").post(PAGE, {"do": "state", "stage": "agreed", "number": 1}).status_code == 403
    assert signed_in(SECRETARIAT, "secretary").post(PAGE, {"do": "state"}).status_code == 403


def test_a_kind_reads_or_says_why_not() -> None:
    names = {kind.name for kind in pipeline_of(PROJECTS)}
    assert names == {"stated", "project"}
    for read, why in ((None, None), (lambda *_asked: [], Words("a", "b"))):
        with pytest.raises(ValueError, match="has either"):
            register_pipeline(PipelineKind("x", Words("x", "x"), (), read, why))
    with pytest.raises(ValueError, match="declared twice"):
        register_pipeline(PipelineKind("stated", Words("x", "x"), (), lambda *_asked: []))
