"""The ladder of quality: what is reached, why not, and who sees it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.intake import actions, collecting
from schakel.intake.ladder import LABELS, MEANINGS, height, ladder_of
from schakel.intake.models import DeliveryStand
from schakel.network.queries import party
from schakel.sharing.acting import acting
from tests.intake.collecting import DUE, of, opened, send, write
from tests.intake.delivering import TABLES

TODAY = dt.date(2024, 5, 1)
COUNTS = st.integers(0, 5)


def moment(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


@st.composite
def stands(draw):
    """A stand as the rules of delivering allow it: accepted only after checked, checked only after received."""
    steps = draw(st.integers(0, 3))
    received, checked, accepted = (moment(DUE) if steps > at else None for at in range(3))
    warnings = draw(COUNTS)
    references = draw(COUNTS)
    return DeliveryStand(
        kind="project",
        received_at=received,
        checked_at=checked,
        accepted_at=accepted,
        first_accepted_at=accepted and moment(DUE + dt.timedelta(days=draw(st.integers(-5, 5)))),
        readable=checked is not None,
        refused=draw(COUNTS),
        errors=draw(COUNTS),
        warnings=warnings,
        waived=draw(st.integers(0, warnings)),
        references=references,
        resolved=draw(st.integers(0, references)),
    )


@given(st.none() | stands(), st.booleans(), st.none() | st.just(DUE))
def test_each_step_not_reached_says_why_and_what_to_do(stand, certified, due):
    ladder = ladder_of(stand, certified=certified, due=due, today=TODAY)
    assert [rung.key for rung in ladder] == list(LABELS) == list(MEANINGS)
    for rung in ladder:
        assert bool(rung.why) == (not rung.reached)
        assert bool(rung.what) == (rung.reached is False)
    assert height(ladder) == next((at for at, rung in enumerate(ladder) if not rung.reached), 7)


@given(stands(), st.booleans())
def test_a_step_is_reached_by_its_own_rule_alone(stand, certified):
    reached = {rung.key: rung.reached for rung in ladder_of(stand, certified=certified, due=DUE, today=TODAY)}
    accepted = stand.accepted_at is not None
    assert reached == {
        "delivered": stand.received_at is not None,
        "readable": stand.readable,
        "complete": accepted and stand.refused == 0,
        "consistent": stand.checked_at is not None and not stand.errors and stand.warnings == stand.waived,
        "linked": accepted and stand.references == stand.resolved,
        "certified": certified,
        "on_time": accepted and timezone.localdate(stand.first_accepted_at) <= DUE,
    }


@given(stands(), st.sampled_from(["refused", "errors"]), st.integers(1, 5))
def test_nothing_is_better_for_more_faults(stand, fault, more):
    before = ladder_of(stand, certified=False, due=DUE, today=TODAY)
    setattr(stand, fault, getattr(stand, fault) + more)
    after = ladder_of(stand, certified=False, due=DUE, today=TODAY)
    assert all(not now.reached or then.reached for then, now in zip(before, after, strict=True))


def test_before_its_date_nobody_says_that_it_is_late():
    early = ladder_of(None, certified=False, due=DUE, today=DUE)[-1]
    late = ladder_of(None, certified=False, due=DUE, today=DUE + dt.timedelta(days=1))[-1]
    assert (early.reached, late.reached) == (None, False)


def of_kind(kind, period=2023):
    with acting(of("bom")):
        found = collecting.agency_year(party("bom"), period, today=TODAY)
    return {rung.key: rung for rung in next(k.ladder for k in found.kinds if k.kind == kind)}


@pytest.mark.django_db
def test_a_whole_year_reaches_all_but_what_was_late(tmp_path):
    opened()
    send("bom", write(tmp_path / "sent"))
    actions.certify(actor=of("bom"), period=2023, statement="x")
    found = of_kind("project_participant")
    assert {key for key, rung in found.items() if not rung.reached} == {"on_time"}


@pytest.mark.django_db
def test_rows_left_out_and_references_to_nobody_are_counted_in_words(tmp_path):
    tables = TABLES | {"projecten": TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R1;\n"}
    tables["projecten"] += "P3;Sensoren;01-05-2023;5,00;R9;\n"
    send("bom", write(tmp_path / "sent", **tables))
    found = of_kind("project")
    assert not found["complete"].reached
    assert "1" in found["complete"].why
    with acting(of("bom")):
        stand = DeliveryStand.objects.get(kind="project")
    assert stand.references - stand.resolved == (1 if stand.standing == 2 else 0)
    assert found["linked"].reached == (stand.references == stand.resolved)
