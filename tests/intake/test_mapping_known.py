"""What the mapping page remembers: never more than it was made of, and never what an edit has overtaken."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from schakel.intake import actions
from schakel.intake.models import Delivery
from schakel.intake.views.mapping_desk import Desk
from schakel.intake.views.mapping_known import Remembered
from tests.intake.mending import VOLUME, faulty, steward
from tests.making import acts


def lost(delivery: Delivery) -> int:
    """How many volumes become nothing, or are words for nothing, as the mapping page tells a steward."""
    desk = Desk(delivery, delivery.mapping)
    answers = desk.as_they_stand()
    (asked,) = (each for each in desk.asked if each.entry.kind == "project")
    of = asked.field("volume")
    assert of is not None
    examples = desk.examples(asked, of, answers)
    assert examples is not None
    assert desk.counts(asked.found)[0] == examples.rows == 4
    return examples.lost + sum(blank.count for blank in examples.blanks)


@pytest.mark.django_db
def test_a_second_look_reads_no_rows_and_an_edit_is_seen_at_once(tmp_path):
    delivery = faulty(tmp_path)
    with acts("bom"):
        delivery = Delivery.objects.get(pk=delivery.pk)
        with CaptureQueriesContext(connection) as first:
            assert lost(delivery) == 3
        with CaptureQueriesContext(connection) as second:
            assert lost(delivery) == 3
    assert rows_read(second) < rows_read(first)
    actions.edit_alike(actor=steward(), delivery=delivery, place=VOLUME, before="n.b.", after="")
    with acts("bom"):
        assert lost(delivery) == 0


def rows_read(queries: CaptureQueriesContext) -> int:
    """How often rows of a table were asked for."""
    return sum("intake_readrows" in (query["sql"] or "") for query in queries)


@given(st.lists(st.integers(0, 9)), st.integers(1, 5))
def test_an_answer_is_the_right_one_and_no_more_are_kept_than_may(asked, most):
    made: list[int] = []
    remembered: Remembered[str] = Remembered(most)

    def ask(key: int) -> str:
        def make() -> str:
            made.append(key)
            return str(key)

        return remembered(key, make)

    assert [ask(key) for key in asked] == [str(key) for key in asked]
    last = list(dict.fromkeys(reversed(asked)))[:most]
    made.clear()
    assert [ask(key) for key in reversed(last)] == [str(key) for key in reversed(last)]
    assert not made, "the last that were asked are still known"
