"""Lists of themes: what a delivered theme counts under in each, and what it does not."""

from __future__ import annotations

import pytest

from schakel.intake.kinds import kinds
from schakel.network.themes import HUB, RELATIONS, REST, between, counted_under, scheme_of, schemes


def test_deliveries_speak_the_first_list():
    delivered = {
        code.value for kind in kinds() for field in kind.fields if field.name == "themes" for code in field.codes
    }
    assert delivered == {concept.code for concept in schemes()[HUB].concepts}


@pytest.mark.parametrize("name", schemes())
def test_every_match_is_a_delivered_theme_in_a_word_of_skos(name):
    hub = {concept.code for concept in schemes()[HUB].concepts}
    for concept in schemes()[name].concepts:
        for code, relation in concept.matches:
            assert code in hub
            assert relation in RELATIONS


@pytest.mark.parametrize("name", schemes())
def test_no_delivered_theme_is_lost_in_another_list(name):
    under = counted_under(name)
    assert set(under) == {concept.code for concept in schemes()[HUB].concepts}
    assert all(under.values())


def test_a_broader_theme_is_not_counted_under_a_finer_one():
    assert counted_under("nts")["key-technologies"] == (REST,)
    assert counted_under("kia")["key-technologies"] == ("key-technologies",)


def test_a_list_is_found_by_its_dimension():
    for scheme in schemes().values():
        assert scheme_of(scheme.dimension) is scheme
    assert scheme_of("province") is None


def test_two_lists_meet_in_what_they_have_in_common():
    pairs = {(one.code, other.code) for one, other in between("strategy", "kia")}
    assert ("digital-key-technologies", "digitalisation") in pairs
    assert ("health", "health-care") in pairs
    assert ("health", "security") not in pairs
