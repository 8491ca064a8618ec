"""Forecasts and estimates: held to their stated methods over random pipelines and networks."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from schakel.figures.estimating import FEWEST, estimate
from schakel.figures.forecasting import InPipeline, forecast

amounts = st.decimals(0, 10**6, places=0)
AGENCIES = ("bom", "nom", "liof", "oost-nl", "rom-inwest")
A_LITTLE = Decimal("1e-12")


@st.composite
def stages(draw: st.DrawFn) -> InPipeline:
    past = draw(st.integers(0, 60))
    worth = draw(st.none() | amounts)
    return InPipeline("bom", "agreed", draw(st.integers(1, 50)), past, draw(st.integers(0, past)), worth)


columns = st.dictionaries(
    st.integers(2018, 2024), st.dictionaries(st.sampled_from(AGENCIES), amounts, max_size=5), max_size=7
)


def test_a_stage_adds_its_number_times_what_came_before() -> None:
    made = forecast(Decimal(30), [InPipeline("bom", "agreed", 10, past=40, came=30), InPipeline("bom", "explored", 7)])
    assert (made.counted, made.expected, made.left_out) == (30, Decimal("37.5"), 7)
    assert 30 < made.low < made.expected < made.high < 40


def test_euros_come_by_the_chance_of_their_pieces() -> None:
    made = forecast(Decimal(0), [InPipeline("bom", "agreed", 4, past=10, came=5, worth=Decimal(1_000_000))])
    assert made.expected == 500_000


@given(amounts, st.lists(stages(), max_size=6))
def test_expected_lies_in_its_range_and_the_range_in_what_can_be(counted: Decimal, pipeline: list[InPipeline]) -> None:
    made = forecast(counted, pipeline)
    most = counted + sum(each.whole for each in pipeline if each.past)
    assert counted - A_LITTLE <= made.low <= made.expected + A_LITTLE
    assert made.expected - A_LITTLE <= made.high <= most + A_LITTLE
    assert made.left_out == sum(each.number for each in pipeline if not each.past)


@given(amounts, stages())
def test_the_more_is_known_of_the_past_the_narrower_the_range(counted: Decimal, stage: InPipeline) -> None:
    if stage.past == 0:
        return
    known = InPipeline("bom", "agreed", stage.number, stage.past * 50, stage.came * 50, stage.worth)
    assert known.chance == stage.chance
    if 0 < stage.came < stage.past:
        assert known.variance <= stage.variance * Decimal("1.1") + A_LITTLE


@given(amounts)
def test_without_a_pipeline_what_is_counted_is_expected(counted: Decimal) -> None:
    made = forecast(counted, [])
    assert (made.low, made.expected, made.high) == (counted, counted, counted)


def test_a_missing_agency_moves_as_the_others_did() -> None:
    known = {
        2021: {"bom": Decimal(8), "nom": Decimal(10), "liof": Decimal(20), "oost-nl": Decimal(30)},
        2022: {"bom": Decimal(10), "nom": Decimal(10), "liof": Decimal(20), "oost-nl": Decimal(30)},
        2023: {"nom": Decimal(20), "liof": Decimal(30), "oost-nl": Decimal(40), "rom-inwest": Decimal(99)},
    }
    made = estimate(known, "bom", 2023)
    assert made is not None
    assert (made.last_year, made.last, made.others, made.change) == (2022, 10, 3, Decimal(90) / 60)
    assert made.value == 15
    assert [(trial.year, trial.estimated, trial.delivered) for trial in made.trials] == [(2022, 8, 10)]
    assert made.trials[0].off == Decimal("-0.2")


def test_two_others_are_too_few_as_their_change_would_tell_of_one() -> None:
    known = {2022: dict.fromkeys(("bom", "nom", "liof"), Decimal(5)), 2023: dict.fromkeys(("nom", "liof"), Decimal(6))}
    assert FEWEST == 3
    assert estimate(known, "bom", 2023) is None


@given(columns, st.sampled_from(AGENCIES), st.integers(2018, 2024))
def test_an_estimate_keeps_to_its_method(known: dict[int, dict[str, Decimal]], agency: str, year: int) -> None:
    made = estimate(known, agency, year)
    before = [each for each in known if each < year and agency in known[each]]
    if made is None:
        both = set(known.get(max(before), {})) & set(known.get(year, {})) - {agency} if before else set()
        assert len(both) < FEWEST or not sum(known[max(before)][each] for each in both)
        return
    assert made.last_year == max(before)
    others = (set(known[made.last_year]) & set(known[year])) - {agency}
    assert made.others == len(others) >= FEWEST
    total = sum(known[made.last_year][each] for each in others)
    assert abs(made.value * total - made.last * sum(known[year][each] for each in others)) <= A_LITTLE * total * 10**9


@given(columns, st.sampled_from(AGENCIES), st.integers(2018, 2024), amounts)
def test_an_agencys_own_figure_of_the_year_is_not_in_its_estimate(
    known: dict[int, dict[str, Decimal]], agency: str, year: int, other: Decimal
) -> None:
    changed = {each: dict(column) for each, column in known.items()}
    if agency in changed.get(year, {}):
        changed[year][agency] = other
    assert estimate(changed, agency, year) == estimate(known, agency, year)
