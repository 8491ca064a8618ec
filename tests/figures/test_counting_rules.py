"""The traps of counting, told as they happen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest

from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Figure, Selection, extract_of
from schakel.figures.counting.sheet import Sheet, sheet
from schakel.figures.saying import notes, overlap_note, say, say_in_public

from .drawing import Facts, Row, fact, frames_of


def counted(indicator: str, facts: Facts) -> Selection:
    return Selection(catalogue()[indicator], extract_of(frames_of(facts)))


def by(selection: Selection, *dimensions: str) -> dict[object, int]:
    return {place if len(place) > 1 else place[0]: f.amount for place, f in selection.by(*dimensions).figures.items()}


def deliveries(year: int, agencies: Sequence[str], waiting: Sequence[str] = (), kind: str = "project") -> list[Row]:
    return [
        fact(year * 10 + n, agency, n, year=year, kind=kind, state="expected" if agency in waiting else "delivered")
        for n, agency in enumerate(agencies)
    ]


class TestACompanyHelpedByTwoAgencies:
    """Trap 1: the company once, euros summed, both credited."""

    facts: ClassVar[Facts] = {
        "investment": [
            fact(1, "bom", 1, organisation=7, amount=100_00, round=5, round_size=900_00),
            fact(2, "liof", 2, organisation=7, amount=200_00, round=5, round_size=1000_00),
        ]
    }

    def test_the_network_counts_the_company_once_and_each_agency_its_own(self) -> None:
        companies = counted("companies_invested_in", self.facts)
        assert companies.total().amount == 1
        assert by(companies, "agency") == {"bom": 1, "liof": 1}

    def test_euros_add_up(self) -> None:
        euros = counted("invested_eur", self.facts)
        assert euros.total().amount == 300_00
        assert by(euros, "agency") == {"bom": 100_00, "liof": 200_00}

    def test_the_joint_round_counts_once_in_the_leverage(self) -> None:
        leverage = counted("leverage", self.facts)
        assert (leverage.total().amount, leverage.total().base) == (1000_00, 300_00)
        assert leverage.where(agency="bom").total().amount == 900_00

    def test_both_records_stand_behind_the_one_company(self) -> None:
        listed = counted("companies_invested_in", self.facts).records()
        assert listed.select("record", "agency", "unit").rows() == [(1, "bom", 7), (2, "liof", 7)]


class TestACaseClaimedByThree:
    """Trap 2: one foreign case, three claims that differ."""

    facts: ClassVar[Facts] = {
        "foreign_case": [
            fact(1, "bom", 4, leading=False, capex=90, jobs_created=9, province="NB", kind="new-site"),
            fact(2, "nom", 4, leading=True, capex=100, jobs_created=None, province="GR", kind="expansion"),
            fact(3, "liof", 4, leading=False, capex=80, jobs_created=7, province="LI", kind="new-site"),
        ]
    }

    def test_it_is_one_for_the_network_and_one_for_each(self) -> None:
        cases = counted("foreign_companies", self.facts)
        assert cases.total().amount == 1
        assert by(cases, "agency") == {"bom": 1, "nom": 1, "liof": 1}

    def test_the_leading_agency_states_the_amount_each_agency_its_own(self) -> None:
        capex = counted("foreign_investment_3y_eur", self.facts)
        assert capex.total().amount == 100
        assert by(capex, "agency") == {"bom": 90, "nom": 100, "liof": 80}

    def test_where_the_leading_agency_is_silent_the_next_that_speaks_is_heard(self) -> None:
        assert counted("jobs_created", self.facts).total().amount == 9

    def test_it_lies_where_the_leading_agency_says_but_for_an_agency_where_that_one_says(self) -> None:
        cases = counted("foreign_companies", self.facts)
        assert by(cases, "province") == {"GR": 1}
        assert by(cases, "agency", "province") == {("bom", "NB"): 1, ("nom", "GR"): 1, ("liof", "LI"): 1}
        assert cases.where(province="NB").total().amount == 0
        assert cases.where(province="NB", agency="bom").total().amount == 1

    def test_all_three_records_stand_behind_it(self) -> None:
        cases = counted("foreign_companies", self.facts)
        assert cases.where(province="GR").records()["record"].to_list() == [1, 2, 3]


class TestAnAgencyThatJoins:
    """Trap 9: a member from its date on; before it, it is not expected and has no column."""

    facts: ClassVar[Facts] = {
        "project": [fact(1, "bom", 1, year=2020), fact(2, "bom", 2, year=2021), fact(3, "liof", 3, year=2021)],
        "delivery": deliveries(2020, ["bom"]) + deliveries(2021, ["bom", "liof", "nom"], waiting=["nom"]),
    }

    def of(self, year: int) -> Sheet:
        return sheet(extract_of(frames_of(self.facts)), [catalogue()["innovation_projects"]], year)

    def test_before_it_joined_the_network_is_complete_without_it(self) -> None:
        (line,) = self.of(2020).lines
        assert list(line.columns) == ["bom"]
        assert line.coverage.words.nl == "1 van 1 ROM's"
        assert notes(catalogue()["innovation_projects"], line) == []

    def test_after_it_joined_it_counts_and_a_missing_one_is_said_and_not_nought(self) -> None:
        (line,) = self.of(2021).lines
        assert {a: f and f.amount for a, f in line.columns.items()} == {"bom": 1, "liof": 1, "nom": None}
        assert [note.en for note in notes(catalogue()["innovation_projects"], line)] == ["2 of 3 agencies"]

    def test_coverage_is_a_figure_too(self) -> None:
        coverage = counted("coverage", self.facts)
        assert (coverage.where(year=2021).total().amount, coverage.where(year=2021).total().base) == (2, 3)
        assert coverage.total().base == 3  # the last year's, not of all years together


class TestFromFortyToSixtyInvestments:
    """Trap 11: stock or flow, companies or transactions."""

    facts: ClassVar[Facts] = {
        "investment": [
            fact(1, "bom", 1, organisation=7, type="first"),
            fact(2, "bom", 2, organisation=7, type="follow-on"),
            fact(3, "bom", 3, organisation=8, type="follow-on"),
            fact(4, "bom", 4, organisation=8, type=None),
        ],
        "position": [
            fact(1, "bom", 1, organisation=7, year=2022),
            fact(2, "bom", 2, organisation=6, year=2022),
            fact(3, "bom", 3, organisation=7, year=2023),
        ],
    }

    def test_companies_and_transactions_are_two_indicators(self) -> None:
        assert counted("companies_invested_in", self.facts).total().amount == 2
        share = counted("follow_on_share", self.facts).total()
        assert (share.amount, share.base) == (2, 3)  # of the fourth it is not known

    def test_a_stock_is_never_added_over_years(self) -> None:
        portfolio = counted("portfolio_companies", self.facts)
        assert by(portfolio, "year") == {2022: 2, 2023: 1}
        assert portfolio.total().amount == 1
        assert portfolio.where(year=[2021, 2022]).total().amount == 2


class TestASplitByProvince:
    """Trap 12: it adds up, with what is unknown and abroad shown; where it does not, it says so."""

    facts: ClassVar[Facts] = {
        "project": [
            fact(1, "bom", 1, province="NB", themes=["security", "digitalisation"]),
            fact(2, "nom", 1, province="GR", leading=False),
            fact(3, "nom", 2, province="unknown"),
            fact(4, "nom", 3, province="abroad", themes=["security"]),
        ]
    }

    def test_projects_add_up_to_the_total(self) -> None:
        projects = counted("innovation_projects", self.facts)
        assert by(projects, "province") == {"NB": 1, "unknown": 1, "abroad": 1}
        assert sum(by(projects, "province").values()) == projects.total().amount
        assert projects.by("province").overlapping == ()

    def test_themes_add_to_more_and_say_so(self) -> None:
        projects = counted("innovation_projects", self.facts)
        assert by(projects, "theme") == {"security": 2, "digitalisation": 1, "none": 1}
        assert projects.by("theme").overlapping == ("theme",)
        note = overlap_note(catalogue()["innovation_projects"], "theme")
        assert note is not None
        assert note.nl.startswith("Telt op tot meer dan het totaal")
        assert overlap_note(catalogue()["innovation_projects"], "province") is None


def test_a_company_with_only_a_foreign_parent_is_counted_and_has_its_place() -> None:
    """Trap 15: no Dutch number, no Dutch address; the case counts at the place its rule gives it."""
    facts: Facts = {
        "foreign_case": [
            fact(1, "bom", 1, organisation=None, province="NB", origin="US", capex=5),
            fact(2, "bom", 2, organisation=9, province="abroad", origin="JP", capex=6),
        ]
    }
    cases = counted("foreign_companies", facts)
    assert cases.total().amount == 2
    assert cases.total().contributors == 2  # two companies, though one is not known
    assert by(cases, "province") == {"NB": 1, "abroad": 1}
    assert by(counted("foreign_investment_3y_eur", facts), "province") == {"NB": 5, "abroad": 6}


def test_the_contributors_that_small_cells_are_judged_by_stand_beside_each_figure() -> None:
    """Trap 17: ten projects of one company are a small cell."""
    facts: Facts = {"project": [fact(n, "bom", n, organisation=1, volume=n) for n in range(1, 11)]}
    facts["project"].append(fact(20, "bom", 20, organisation=2, volume=30))
    volume = counted("innovation_project_volume_eur", facts).total()
    assert (volume.amount, volume.contributors, volume.largest, volume.second) == (85, 2, 55, 30)


class TestTheMarket:
    """The list is the network's; involvement is asked of it."""

    facts: ClassVar[Facts] = {
        "market_round": [fact(n, "", n, organisation=n, stage="start-up") for n in range(1, 5)]
        + [fact(9, "", 9, organisation=9, stage="start-up", year=2022)],
        "investment": [
            fact(1, "bom", 1, organisation=1, stage="start-up"),
            fact(2, "liof", 2, organisation=1, stage="later-stage"),
            fact(3, "liof", 3, organisation=2, stage="seed"),
            fact(4, "liof", 4, organisation=8, stage="start-up"),
            fact(5, "liof", 5, organisation=9, stage="start-up"),
        ],
        "delivery": deliveries(2023, ["bom", "liof"]),
    }

    def test_the_market_is_the_same_in_every_column(self) -> None:
        market = counted("market_companies", self.facts).where(year=2023)
        assert market.total().amount == 4
        assert by(market, "agency") == {"bom": 4, "liof": 4}

    def test_involvement_counts_companies_on_the_list_of_that_year_at_those_stages(self) -> None:
        involved = counted("market_companies_with_agency", self.facts)
        assert involved.total().amount == 1
        assert by(involved, "agency") == {"bom": 1, "liof": 1}

    def test_the_share_is_of_the_whole_market(self) -> None:
        share = counted("market_involvement_share", self.facts).where(year=2023)
        assert (share.total().amount, share.total().base) == (1, 4)
        assert say_in_public(share.indicator, share.total(), "nl") == "25%"


def test_the_network_says_how_it_differs_from_its_lists() -> None:
    joint = [fact(n, "bom", n) for n in range(1, 475)] + [fact(n, "liof", n - 500) for n in range(501, 548)]
    facts: Facts = {"project": joint, "delivery": deliveries(2023, ["bom", "liof"])}
    found = sheet(extract_of(frames_of(facts)), [catalogue()["innovation_projects"]], 2023)
    (line,) = found.lines
    (note,) = notes(catalogue()["innovation_projects"], line)
    assert note.en == "521 in the two lists: 474"
    assert note.nl == "521 in de twee lijsten: 474"


@pytest.mark.parametrize(
    ("indicator", "amount", "base", "language", "exactly", "publicly"),
    [
        ("portfolio_companies", 1104, None, "nl", "1.104", "1.104"),
        ("portfolio_companies", 1104, None, "en", "1,104", "1,104"),
        ("jobs_created", 3334, None, "nl", "3.334", "meer dan 3.330"),
        ("jobs_created", 7, None, "en", "7", "0"),
        ("invested_eur", 219_000_000_00, None, "nl", "€ 219.000.000", "€ 219 mln"),
        ("invested_eur", 1_50, None, "en", "€1.50", "€0m"),
        ("market_involvement_share", 206, 412, "nl", "50,0%", "50%"),
        ("leverage", 342, 100, "nl", "3,42", "3,4"),
        ("leverage", 0, 0, "nl", "–", "–"),
        ("staff_fte", 1050, None, "nl", "10,50", "10,50"),
    ],
)
def test_figures_are_said_as_their_readers_say_them(
    indicator: str, amount: int, base: int | None, language: str, exactly: str, publicly: str
) -> None:
    found = catalogue()[indicator]
    assert say(found, Figure(amount, base), language) == exactly
    assert say_in_public(found, Figure(amount, base), language) == publicly
