"""What is withheld from whom: each way in which a figure of one organisation could come out, closed."""

from __future__ import annotations

from typing import Any

import pytest

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.catalogue import catalogue
from schakel.figures.counting import Extract, extract_of
from schakel.network.themes import schemes

from .drawing import Facts, Row, fact, frames_of

MINISTRY, SECRETARIAT, BOM = Audience(), Audience(all_agencies=True), Audience(agency="bom")
Filters = dict[str, list[str | int]]


def investments(first: int, companies: int, agency: str = "bom", **others: Any) -> list[Row]:
    """One investment in each of so many companies."""
    usual = {"amount": 100, "type": "first", "stage": "seed", "instrument": "loan"} | others
    return [fact(n, agency, n, **usual) for n in range(first, first + companies)]


def extract(*facts: list[Row], name: str = "investment") -> Extract:
    return extract_of(frames_of({name: [row for rows in facts for row in rows]}))


def asked(
    data: Extract, indicator: str, *by: str, who: Audience = MINISTRY, year: list[int] | None = None, **filters: Any
) -> dict[str, Any]:
    limits: Filters = {"year": list(year or [2023]), **filters}
    (figures,) = answer(Question("figures", (indicator,), by, limits, who), data)["figures"]
    found: dict[str, Any] = figures
    return found


def amounts(found: dict[str, Any]) -> dict[Any, int | None]:
    return {
        tuple(cell["place"]) if len(cell["place"]) > 1 else cell["place"][0]: cell["amount"] for cell in found["cells"]
    }


def listed(data: Extract, indicator: str, who: Audience = MINISTRY, **filters: Any) -> int | None:
    count: int | None = answer(Question("records", (indicator,), (), {"year": [2023], **filters}, who), data)["count"]
    return count


EVEN = extract(
    investments(1, 9, province="NB"), investments(11, 5, province="GR"), investments(21, 1, province="ZH"),
    investments(31, 7, province="LI"),
)  # fmt: skip


def test_a_small_cell_goes_with_the_cheapest_that_hides_it() -> None:
    found = asked(EVEN, "companies_invested_in", "province")
    assert amounts(found) == {"NB": 9, "GR": None, "LI": 7, "ZH": None}
    assert found["total"]["amount"] == 22


def test_the_secretariat_sees_all() -> None:
    assert amounts(asked(EVEN, "companies_invested_in", "province", who=SECRETARIAT))["ZH"] == 1


def test_euros_are_withheld_wherever_the_count_beside_them_is() -> None:
    counts, euros = (amounts(asked(EVEN, name, "province")) for name in ("companies_invested_in", "invested_eur"))
    assert {place for place, n in counts.items() if n is None} <= {place for place, n in euros.items() if n is None}


def test_euros_that_one_company_nearly_makes_up_are_withheld_and_the_count_is_not() -> None:
    data = extract(investments(1, 5), investments(6, 1, amount=90_000), investments(11, 9, province="GR", amount=9_000))
    assert amounts(asked(data, "invested_eur", "province")) == {"NB": None, "GR": None}
    assert amounts(asked(data, "companies_invested_in", "province")) == {"NB": 6, "GR": 9}


def test_a_total_of_two_companies_is_withheld_with_all_its_cells_and_lists() -> None:
    data = extract(investments(1, 1), investments(2, 1, province="GR"))
    found = asked(data, "companies_invested_in", "province")
    assert (found["total"]["amount"], found["lists"], amounts(found)) == (None, None, {"NB": None, "GR": None})
    assert listed(data, "companies_invested_in") is None
    assert asked(data, "companies_invested_in", who=SECRETARIAT)["total"]["amount"] == 2


class TestAnAgencyThatKnowsItsOwn:
    """What is left when it subtracts its own column must not be of one or two others."""

    data = extract(
        investments(1, 9), investments(21, 2, "nom"), investments(31, 5, "nom", province="GR"),
        investments(41, 8, "liof", province="LI"),
    )  # fmt: skip

    def test_a_cell_that_is_nearly_its_own_is_withheld_from_it_and_from_nobody_else(self) -> None:
        assert amounts(asked(self.data, "companies_invested_in", "province")) == {"NB": 11, "GR": 5, "LI": 8}
        assert amounts(asked(self.data, "companies_invested_in", "province", who=BOM)) == {
            "NB": None,
            "GR": None,
            "LI": 8,
        }

    def test_its_own_cells_are_shown_whole(self) -> None:
        found = asked(self.data, "companies_invested_in", "agency", "province", who=BOM)
        assert amounts(found) == {("bom", "NB"): 9}
        alone = asked(self.data, "companies_invested_in", who=BOM, agency=["bom"], province=["NB"])
        assert alone["total"]["amount"] == 9

    def test_a_total_that_is_nearly_its_own_is_withheld_from_it(self) -> None:
        data = extract(investments(1, 9), investments(21, 2, "nom"))
        assert asked(data, "companies_invested_in")["total"]["amount"] == 11
        assert asked(data, "companies_invested_in", who=BOM)["total"]["amount"] is None

    def test_an_auditor_of_two_agencies_knows_both(self) -> None:
        both = Audience(auditor=1, agencies=("bom", "liof"))
        assert amounts(asked(self.data, "companies_invested_in", "province", who=both)) == {
            "NB": None, "GR": None, "LI": 8,
        }  # fmt: skip
        assert asked(self.data, "companies_invested_in", who=both, agency=["bom", "liof"])["total"]["amount"] == 17

    def test_nothing_is_asked_of_another(self) -> None:
        with pytest.raises(QuestionError, match="another agency"):
            asked(self.data, "invested_eur", who=BOM, agency=["nom"])


class TestShares:
    """A share is two counts and what is between them."""

    def test_none_of_two_is_withheld(self) -> None:
        data = extract(investments(1, 2), investments(11, 9, province="GR", type="follow-on"), investments(21, 9))
        small = extract(investments(1, 2), investments(11, 9, province="GR"), investments(31, 9, province="LI"))
        assert asked(small, "follow_on_share", "province")["cells"][2]["base"] is None
        assert all(cell["base"] for cell in asked(data, "follow_on_share", "province")["cells"])

    def test_all_but_two_is_withheld(self) -> None:
        follow = investments(1, 9, type="follow-on") + investments(11, 9, province="GR", type="follow-on")
        data = extract(follow, investments(21, 2), investments(31, 9, province="LI"))
        cells = {cell["place"][0]: cell["amount"] for cell in asked(data, "follow_on_share", "province")["cells"]}
        assert cells["NB"] is None

    def test_the_euros_of_a_ratio_are_judged_as_euros(self) -> None:
        rows = [fact(n, "bom", n, amount=100, round=n, round_size=10**6 if n == 1 else 200) for n in range(1, 9)]
        assert asked(extract(rows), "leverage")["total"]["amount"] is None


class TestTwoDimensions:
    """Crosses fit the breakdowns they are of."""

    def test_what_a_breakdown_withholds_its_crosses_withhold_and_say_nothing_of(self) -> None:
        found = amounts(asked(EVEN, "companies_invested_in", "province", "stage"))
        assert found == {("NB", "seed"): 9, ("LI", "seed"): 7, ("GR", "seed"): None, ("ZH", "seed"): None}
        other = amounts(asked(EVEN, "companies_invested_in", "stage", "province"))
        assert other == {(stage, province): n for (province, stage), n in found.items()}

    def test_a_small_cell_between_large_totals_is_hidden_by_a_round(self) -> None:
        data = extract(
            investments(1, 9), investments(11, 1, stage="start-up"), investments(21, 9, province="GR"),
            investments(31, 8, province="GR", stage="start-up"), investments(41, 9, province="LI"),
        )  # fmt: skip
        found = amounts(asked(data, "companies_invested_in", "province", "stage"))
        assert found == {
            ("NB", "seed"): None, ("NB", "start-up"): None, ("GR", "seed"): None, ("GR", "start-up"): None,
            ("LI", "seed"): 9,
        }  # fmt: skip

    def test_where_no_round_hides_it_nothing_of_the_table_is_shown_nor_which_cells_are_empty(self) -> None:
        data = extract(investments(1, 9), investments(11, 1, stage="start-up"), investments(21, 9, province="GR"),
                       investments(31, 9, province="LI"), investments(41, 4, province="LI", stage="later-stage"),
                       investments(51, 4, province="ZE", stage="start-up"))  # fmt: skip
        found = amounts(asked(data, "companies_invested_in", "province", "stage"))
        assert set(found.values()) == {None}
        assert len(found) == 4 * 3

    def test_crosses_without_the_province_are_not_for_others_than_the_secretariat(self) -> None:
        assert set(amounts(asked(EVEN, "companies_invested_in", "stage", "type")).values()) == {None}
        assert amounts(asked(EVEN, "companies_invested_in", "stage", "type", who=SECRETARIAT)) == {
            ("seed", "first"): 22
        }

    def test_more_than_two_nor_one_cell_alone_can_be_asked(self) -> None:
        with pytest.raises(QuestionError, match="at most 2 dimensions"):
            asked(EVEN, "companies_invested_in", "province", "stage", "type")
        with pytest.raises(QuestionError, match="ask for all cells"):
            asked(EVEN, "companies_invested_in", province=["ZH"])


class TestSeveralYears:
    """What a year withholds cannot be had from several years together."""

    data = extract(
        investments(1, 9), investments(11, 5, province="GR"), investments(21, 1, province="ZH"),
        investments(31, 9, year=2022), investments(41, 6, province="GR", year=2022),
        investments(51, 8, province="ZH", year=2022),
    )  # fmt: skip

    def test_each_year_has_its_own(self) -> None:
        found = amounts(asked(self.data, "invested_eur", "year", "province", year=[2022, 2023]))
        assert [place for place, amount in found.items() if amount is None] == [(2023, "GR"), (2023, "ZH")]

    def test_together_is_withheld_what_one_of_them_withholds(self) -> None:
        found = amounts(asked(self.data, "invested_eur", "province", year=[2022, 2023]))
        assert found == {"NB": 1800, "GR": None, "ZH": None}

    def test_what_is_one_over_the_years_is_not_told_together(self) -> None:
        found = asked(self.data, "companies_invested_in", "province", year=[2022, 2023])
        assert found["total"]["amount"] is None
        assert set(amounts(found).values()) == {None}
        assert asked(self.data, "companies_invested_in", year=[2022])["total"]["amount"] == 23


class TestTheListBehind:
    """The length of a list is a figure too."""

    @pytest.mark.parametrize(
        ("filters", "length"),
        [
            ({}, 22),
            ({"province": ["NB"]}, 9),
            ({"province": ["ZH"]}, None),
            ({"province": ["NB", "ZH"]}, None),
            ({"province": ["NB", "LI"]}, 16),
            ({"province": ["GR"]}, None),
            ({"province": ["NB"], "stage": ["seed"]}, 9),
            ({"stage": ["seed"], "type": ["first"]}, None),
            ({"province": ["NB"], "stage": ["seed"], "type": ["first"]}, None),
        ],
    )
    def test_it_is_told_where_the_figure_is(self, filters: dict[str, list[str]], length: int | None) -> None:
        assert listed(EVEN, "companies_invested_in", **filters) == length

    def test_nor_does_a_part_of_it_say_its_length(self) -> None:
        question = Question("records", ("invested_eur",), (), {"year": [2023], "province": ["ZH"]}, MINISTRY)
        assert [group["count"] for group in answer(question, EVEN)["groups"]] == [None]

    def test_ones_own_list_is_told(self) -> None:
        assert listed(EVEN, "companies_invested_in", BOM, agency=["bom"], province=["ZH"]) == 1


class TestTheSumOfLists:
    """What the agencies' columns add up to, less the total, is what they share."""

    def shared(self, *things: int) -> Extract:
        rows = [fact(n, ("bom", "nom", "liof")[n % 3], n, volume=100 + n) for n in range(1, 13)]
        joint = [fact(100 + n, ("bom", "nom", "liof")[(n + 1) % 3], n, volume=70, leading=False) for n in things]
        return extract(rows, joint, name="project")

    def test_it_is_told_where_enough_share(self) -> None:
        assert asked(self.shared(1, 2, 3, 4), "innovation_projects")["lists"] == 16

    def test_not_where_it_tells_what_one_shared(self) -> None:
        assert asked(self.shared(1), "innovation_project_volume_eur")["lists"] is None
        assert asked(self.shared(1), "innovation_project_volume_eur", who=SECRETARIAT)["lists"] is not None

    def test_and_where_nobody_shares_it_is_the_total(self) -> None:
        assert asked(self.shared(), "innovation_projects")["lists"] == 12


@pytest.mark.parametrize("scheme", [scheme for scheme in schemes() if scheme != "2023"])
def test_what_is_withheld_by_one_list_of_themes_is_by_each_that_counts_it(scheme: str) -> None:
    themes = {"security": 1, "energy-transition": 4, "food-transition": 9}
    rows = [
        fact(10 * n + m, "bom", 10 * n + m, themes=[theme])
        for n, (theme, many) in enumerate(themes.items())
        for m in range(many)
    ]
    data = extract(rows, name="project")
    assert amounts(asked(data, "innovation_projects", "theme")) == {
        "security": None, "energy-transition": None, "food-transition": 9,
    }  # fmt: skip
    shown = [n for n in amounts(asked(data, "innovation_projects", schemes()[scheme].dimension)).values() if n]
    assert shown in ([9], [14])  # by a list that knows none of them they are all one rest


def test_what_is_public_is_shown() -> None:
    facts: Facts = {"trade_activity": [fact(1, "bom", 1, kind="trade-fair")]}
    found = asked(extract_of(frames_of(facts)), "trade_activities", "kind")
    assert amounts(found) == {"trade-fair": 1}


def test_a_figure_of_one_code_is_withheld_where_the_cross_with_that_code_is() -> None:
    """Jobs with a letter, by province, are one column of jobs by province and evidence."""
    cases = [
        fact(100 * at + n, "bom", 100 * at + n, province=place, evidence=said, jobs_created=50 if many == 1 else 5)
        for at, (place, said, many) in enumerate(
            [
                ("NB", "confirmed", 9),
                ("NB", "stated", 1),
                ("GR", "confirmed", 20),
                ("GR", "stated", 20),
                ("LI", "stated", 9),
            ]
        )
        for n in range(many)
    ]
    data = extract(cases, name="foreign_case")
    of_letters = [name for name, each in catalogue().items() if ("evidence", ("confirmed",)) in each.parts[0].only]
    for name in of_letters:
        assert amounts(asked(data, name, "province"))["NB"] is None
