"""What two versions of a year tell together, one taken from the other: told to the secretariat, and to nobody else."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question
from schakel.figures.closing import Closed
from schakel.figures.closing.explaining import explain
from schakel.figures.closing.subtracting import Subtracted, subtracted
from schakel.figures.closing.telling import told
from schakel.sharing.disclosure import Rule

from .closings import FACTS, YEAR
from .drawing import drawn_facts
from .test_closing_revised import ALL, BOM, READER, first, frozen, later


def of(found: list[Subtracted], indicator: str) -> dict[tuple[str, str], int]:
    return {(each.dimension, each.place): each.organisations for each in found if each.indicator == indicator}


def test_one_late_letter_can_be_read_from_two_sums():
    after = first()
    after["investment"][0]["amount"] = 700_00
    found = of(list(subtracted(frozen(first()), frozen(after, 2))), "invested")
    assert found[("", "")] == 1


def test_two_that_changed_are_too_few_and_three_are_not():
    changed = first()
    for number, extra in ((2, 100_00), (3, 110_00)):
        changed["investment"][number]["amount"] += extra
    assert of(list(subtracted(frozen(first()), frozen(changed, 2))), "invested")[("", "")] == 2
    for number, extra in ((4, 90_00), (5, 105_00)):
        changed["investment"][number]["amount"] += extra
    assert ("", "") not in of(list(subtracted(frozen(first()), frozen(changed, 2))), "invested")


def test_one_that_is_nearly_all_of_what_changed_is_one_too_many():
    changed = first()
    for number, extra in ((2, 1_00), (3, 1_00), (4, 1_00), (5, 1_000_00)):
        changed["investment"][number]["amount"] += extra
    assert of(list(subtracted(frozen(first()), frozen(changed, 2))), "invested")[("", "")] == 4


def test_what_one_version_withholds_is_not_told_by_two():
    """The seed stage has one company: neither version tells it, so there is nothing to take away."""
    after = first()
    after["investment"][0]["amount"] = 700_00
    assert ("stage", "seed") not in of(list(subtracted(frozen(first()), frozen(after, 2))), "invested")


def test_nothing_other_is_nothing_told():
    assert list(subtracted(frozen(first()), frozen(first(), 2))) == []


def test_the_secretariat_is_told_and_nobody_else():
    one, other = frozen(first()), frozen(later(), 2)
    revision = explain(one, other)
    assert revision.subtracted
    for audience, tells in ((ALL, True), (BOM, False), (READER, False)):
        assert bool(told(revision, one.indicators, audience)["subtracted"]) is tells


def shown(closed: Closed, indicator: str) -> bool:
    question = Question("figures", (indicator,), filters={"year": [YEAR]}, audience=Audience())
    return not answer(question, closed.extract, closed.indicators)["figures"][0]["total"].get("suppressed")


@given(drawn_facts(FACTS), drawn_facts(FACTS), st.booleans())
@settings(max_examples=20)
def test_a_sum_is_told_of_exactly_where_its_difference_says_too_much(before, after, little):
    """Reckoned from the facts themselves: what each organisation got, then and now."""
    if little:  # two versions that are much alike
        more = (row | {"amount": (row["amount"] or 0) + 7_00} for row in before["investment"][:2])
        after = before | {"investment": [*more, *before["investment"][2:]]}
    one, other = frozen(before), frozen(after, 2)
    differences: dict[object, int] = defaultdict(int)
    for sign, closed in ((-1, one), (1, other)):
        for row in closed.facts["investment"].iter_rows(named=True):
            who = row["organisation"] if row["organisation"] is not None else ("thing", row["thing"])
            differences[who] += sign * (row["amount"] or 0)
    shares = {who: amount for who, amount in differences.items() if amount}
    differs = sum(shares.values()) != 0
    expected = (
        differs and Rule(amounts=True).says_too_much(shares) and shown(one, "invested") and shown(other, "invested")
    )
    assert (("", "") in of(list(subtracted(one, other)), "invested")) is expected
