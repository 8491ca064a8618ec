"""The demonstration's targets: sound by the rules for all targets, and set once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from schakel.demo.targets import set_targets
from schakel.figures import targeting
from schakel.figures.pipeline import read_pipeline
from tests.making import acts

pytestmark = pytest.mark.django_db


def test_they_are_set_once_and_say_where_they_come_from() -> None:
    told: list[str] = []
    set_targets(told.append)
    set_targets(told.append)
    assert told == ["2024: 9 targets set, and a pipeline stated"]
    with acts("ministerie-ez"):
        found = list(targeting.current())
    assert len(found) == 9
    (growth,) = [target for target in found if target.programme]
    assert (growth.baseline, growth.value, growth.counts, growth.about) == (40, 60, "companies", None)
    assert "R012" in growth.source
    assert all("verzonnen" in target.source for target in found if target != growth)


def test_the_pipeline_has_a_past_to_reckon_with() -> None:
    set_targets(lambda _said: None)
    with acts("bom") as reader:
        stages = {
            each.stage: each.chance
            for each in read_pipeline(reader, "companies_invested_in", timezone.localdate().year)
        }
    assert stages["agreed"] > stages["prepared"] > 0
    assert stages["explored"] is None
