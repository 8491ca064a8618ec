"""Questions of the explorer for tests: drawn at random, and answered from an extract as the counting process does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from schakel.figures.asking import Audience
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, extract_of
from schakel.figures.crosses import answer_cross
from schakel.figures.editions import Vintage
from schakel.figures.exploring.asked import Asked
from schakel.figures.exploring.crossing import Crossed, crossed
from schakel.figures.exploring.dimensions import YEAR, known_dimensions
from schakel.figures.exploring.questions import steps, terms

from .drawing import AGENCIES, CODES, PROVINCES, THEMES, YEARS, Facts, frames_of

SECRETARIAT = Audience(all_agencies=True, maker=True)
BOM = Audience(agency="bom", maker=True)
MINISTRY = Audience()
AUDIENCES = (SECRETARIAT, BOM, MINISTRY)
INDICATORS = ("companies_in_projects", "invested_eur", "follow_on_share")
DIMENSIONS = ("agency", YEAR, "province", "theme_kia", "stage")
VALUES: Mapping[str, Sequence[str]] = {
    "agency": AGENCIES,
    "province": PROVINCES,
    "theme": (*THEMES, "none"),
    "stage": CODES["investment"]["stage"],
}


def provisional(years: Sequence[int] = YEARS) -> dict[int, Vintage]:
    """Years as they are counted now."""
    return {year: Vintage(year, "provisional") for year in years}


def answered(asked: Asked, facts: Facts, audience: Audience, years: Sequence[int] = YEARS) -> Crossed:
    """The cells of a question over ``facts``, for an audience."""
    return asked_of(asked, extract_of(frames_of(facts)), audience, years)


def asked_of(asked: Asked, extract: Extract, audience: Audience, years: Sequence[int] = YEARS) -> Crossed:
    """The cells of a question, answered from an extract."""
    wanted = steps(asked, provisional(years), audience)
    told = [(step, answer_cross(step.question, extract)) for step in wanted]
    return crossed(asked, terms(asked, audience), years, told, audience)


@st.composite
def questions(draw: st.DrawFn) -> Asked:
    """Any question that a form can ask, of a few indicators of each sort: compiling many takes long."""
    names = draw(st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=2, unique=True))
    rows = draw(st.sampled_from(DIMENSIONS))
    columns = draw(st.sampled_from(["", *(d for d in DIMENSIONS if d != rows)]))
    limited = draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=2, unique=True))
    limits = {d: tuple(sorted(draw(st.sets(st.sampled_from(VALUES[d]), min_size=1, max_size=2)))) for d in limited}
    ordered = tuple(name for name in catalogue() if name in names)
    return Asked(ordered, rows, columns, limits=tuple((d, limits[d]) for d in known_dimensions() if d in limits))
