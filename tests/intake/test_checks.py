"""Every check finds its failing example and leaves its passing one alone."""

import re
from importlib import import_module

import pytest

ROOMS = ("register", "innovate", "invest", "internationalise", "figures")
for room in ROOMS:
    import_module(f"schakel.{room}.kinds")
    import_module(f"schakel.{room}.checks")

from schakel.intake.checks import Check, all_checks  # noqa: E402

CHECKS = all_checks()
PLACE = re.compile(r"\{\w+\}")  # a place in a text that nobody filled in


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_check_finds_its_failing_example(check: Check) -> None:
    for example in check.fails:
        found = example.findings(check)
        assert found, f"{check.id} finds nothing in {example}"
        assert all(f.message.nl and f.message.en and f.remedy.nl and f.remedy.en for f in found)
        assert not any(PLACE.search(f.message.nl + f.message.en + f.remedy.nl + f.remedy.en) for f in found)


@pytest.mark.parametrize("check", CHECKS, ids=[check.id for check in CHECKS])
def test_check_leaves_its_passing_example_alone(check: Check) -> None:
    for example in check.passes:
        assert example.findings(check) == []
