"""The catalogue: complete, fitting the facts there are, and strict about mistakes."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from schakel.figures.catalogue import CatalogueError, Display, Indicator, catalogue, indicator, load
from schakel.figures.counting.cube import DIMENSIONS
from schakel.figures.facts import COMMON, facts
from schakel.intake.kinds import kinds
from schakel.network.themes import schemes
from schakel.words import Words

SHARED = Path(__file__).parents[3] / "shared"
PUBLISHED = SHARED / "data" / "network-2023" / "published.csv"
EACH = pytest.mark.parametrize("each", catalogue().values(), ids=lambda each: each.id)
FACTS = {fact.name: fact for fact in facts()}
ENTRY = """
[projects]
version = 1
nl = "Projecten"
en = "Projects"
definition = { nl = "a", en = "a" }
counted = { nl = "a", en = "a" }
one = { nl = "a", en = "a" }
period = { nl = "a", en = "a" }
nature = "flow"
unit = "count"
display = { rule = "exact" }
needs = ["project"]
breakdowns = ["agency"]
disclosure = "open"
fact = "project"
count = "thing"
"""


@pytest.mark.skipif(not PUBLISHED.exists(), reason="published figures are data beside the repository")
def test_every_published_indicator_is_in_it() -> None:
    with PUBLISHED.open() as file:
        assert {row["indicator"] for row in csv.DictReader(file)} <= set(catalogue())


@EACH
def test_it_counts_columns_that_its_facts_have(each: Indicator) -> None:
    for part in each.parts:
        fact = FACTS[part.fact]
        assert {column for column, _ in part.only} <= {*fact.codes, "theme"}
        assert {column for column, _ in part.not_nationally} <= set(fact.codes)
        assert {part.sums} - {""} <= set(fact.measures)
        assert set(part.stated) <= set(fact.schema)
        assert part.one != "round" or "round" in fact.measures
        assert not part.also_in or part.also_in in FACTS


@EACH
def test_its_breakdowns_are_dimensions_or_codes_of_all_its_facts(each: Indicator) -> None:
    for part in each.parts:
        themes = {scheme.dimension for scheme in schemes().values()}
        assert set(each.breakdowns) - themes <= {*COMMON, *FACTS[part.fact].codes}
    # What agencies have together is nobody's own column: it would tell one what another delivered.
    shared = any(part.shared for part in each.parts)
    assert each.breakdowns[: 1 if shared else 2] == (("year",) if shared else ("agency", "year"))
    assert not (shared and "agency" in each.breakdowns)


@EACH
def test_it_needs_record_kinds_that_can_be_delivered(each: Indicator) -> None:
    assert set(each.needs) <= {kind.name for kind in kinds()}


@EACH
def test_every_text_is_there_in_two_languages(each: Indicator) -> None:
    for words in (each.names, each.definition, each.counted, each.one, each.period):
        assert words.nl.strip()
        assert words.en.strip()
    assert each.definition.nl != each.definition.en


def test_stock_and_flow_companies_and_transactions_are_said() -> None:
    """Trap 11: "from 40 to 60 investments" can be four things."""
    assert catalogue()["portfolio_companies"].nature == "stock"
    assert catalogue()["companies_invested_in"].nature == "flow"
    assert "31 december" in catalogue()["portfolio_companies"].period.nl
    assert "geen transacties" in catalogue()["companies_invested_in"].definition.nl
    assert catalogue()["follow_on_share"].counted == Words("transacties", "transactions")


def test_created_and_retained_jobs_are_two_and_never_one() -> None:
    assert catalogue()["jobs_created"].parts[0].sums == "jobs_created"
    assert catalogue()["jobs_retained"].parts[0].sums == "jobs_retained"
    assert all(
        len({part.sums for part in each.parts}) == len(each.parts) or each.is_ratio for each in catalogue().values()
    )


def test_what_does_not_count_nationally_is_a_code_that_can_be_delivered() -> None:
    codes = {(kind.name, f.name, code.value) for kind in kinds() for f in kind.fields for code in f.codes}
    named = {
        (FACTS[part.fact].record_kind, column, code)
        for each in catalogue().values()
        for part in each.parts
        for column, every in part.not_nationally
        for code in every
    }
    assert named == {("foreign_case", "kind", "move")}
    assert named <= codes


def test_which_splits_may_add_to_more_follows_from_what_is_one() -> None:
    overlapping = {each: [d for d in DIMENSIONS if catalogue()[each].overlaps(d)] for each in catalogue()}
    assert overlapping["innovation_projects"] == ["agency", "year", "theme"]
    assert overlapping["companies_in_projects"] == ["agency", "year", "theme", "province"]
    assert overlapping["invested_eur"] == ["theme"]
    assert overlapping["market_companies"] == ["agency", "year", "theme", "province"]
    assert overlapping["leverage"] == list(DIMENSIONS)


def test_an_unknown_indicator_is_answered_with_those_there_are() -> None:
    assert indicator("leverage") is catalogue()["leverage"]
    with pytest.raises(KeyError, match="no indicator 'levarage'; there are: innovation_projects"):
        indicator("levarage")


@pytest.mark.parametrize(
    ("rule", "step", "value", "said"),
    [
        ("exact", 1, "3334.5", "3334.5"),
        ("more_than", 10, "3334", "3330"),
        ("more_than", 10, "3330", "3330"),
        ("rounded", 1_000_000, "218500000", "219000000"),
        ("rounded", 1_000_000, "218499999", "218000000"),
    ],
)
def test_a_display_rule_rounds_as_it_says(rule: str, step: int, value: str, said: str) -> None:
    assert Display(rule, step).apply(Decimal(value)) == Decimal(said)


def _loaded(folder: Path, text: str) -> dict[str, Indicator]:
    path = folder / "some.toml"
    path.write_text(text, encoding="utf-8")
    return load([path])


def test_a_whole_entry_is_read(tmp_path: Path) -> None:
    assert _loaded(tmp_path, ENTRY)["projects"].parts[0].one == "thing"


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('nature = "flow"\n', "", r"some.toml, \[projects\]: nature is missing"),
        ('"flow"', '"river"', "nature is 'river'; it can be flow, stock"),
        ('count = "thing"', 'count = "ting"', "one is 'ting'"),
        ('count = "thing"', "", "what is counted"),
        ('count = "thing"', 'sum = "volume"\nonce_per = "thing"', "whose statement counts"),
        ('count = "thing"', 'sum = "volume"\nonce_per = "organisation"', "whose statement counts"),
        ('count = "thing"', 'sum = "a"\nonce_per = "organisation"\nstatement = "leading"', "once per record"),
        ('count = "thing"', 'count = "thing"\nwhole_network = true', "counts organisations"),
        ('count = "thing"', 'count = "record"\nnot_nationally = { kind = ["a"] }', "once per thing or round"),
        ('count = "thing"', 'count = "thing"\ncolour = "red"', "unknown key colour"),
        ('count = "thing"', 'count = "thing"\n[projects.numerator]\nfact = "project"', "under numerator"),
        ('fact = "project"\ncount = "thing"', "[projects.numerator]\nfact = 'a'\ncount = 'thing'", "denominator is"),
        ('rule = "exact"', 'rule = "about"', "rule is 'about'"),
        ("[projects]", "[projects", "some.toml: "),
    ],
)  # fmt: skip
def test_a_mistake_names_its_place(tmp_path: Path, before: str, after: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        _loaded(tmp_path, ENTRY.replace(before, after, 1))


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    for path in (first, second):
        path.write_text(ENTRY, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"b.toml, \[projects\]: this id is used twice"):
        load([first, second])
