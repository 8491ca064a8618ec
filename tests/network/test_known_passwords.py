"""No password that others chose before, and none that is made of the network's own words."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from schakel.network.passwords import NetworkWordsValidator

pytestmark = pytest.mark.django_db


def _why(password: str) -> set[str]:
    try:
        validate_password(password)
    except ValidationError as error:
        return {str(one.code) for one in error.error_list}
    return set()


@pytest.mark.parametrize(
    "password", ["qwerty123456", "1qaz2wsx3edc", "correcthorsebatterystaple", "welkom123456", "PASSWORD12345"]
)
def test_what_is_known_from_breaches_is_refused_however_it_is_written(password: str) -> None:
    assert "password_known" in _why(password)


@pytest.mark.parametrize(
    "password",
    ["Schakel-BOM-2026", "ROM Utrecht Region!", "InnovationQuarter1", "oost-nl-schakel", "Welkom bij Schakel"],
)
def test_words_of_the_network_make_no_password(password: str) -> None:
    assert "password_of_the_network" in _why(password)


@pytest.mark.parametrize("password", ["een lange zin die ik onthoud", "Zeven fietsen bij de BOM", "kV9#tQ2!xWz7pL"])
def test_a_sentence_is_good_also_with_a_name_in_it(password: str) -> None:
    assert _why(password) == set()


@given(st.lists(st.sampled_from(["schakel", "Impuls Zeeland", "LIOF", "NOM", "rom"]), min_size=1), st.integers(0, 9999))
def test_however_names_are_put_together_with_a_year_behind_them(names: list[str], year: int) -> None:
    with pytest.raises(ValidationError):
        NetworkWordsValidator().validate("-".join([*names, str(year)]))
