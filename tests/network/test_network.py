"""Who is in the network, and since when."""

from __future__ import annotations

import pytest

from schakel.network.queries import agencies, agency_names, members_in, secretariat

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("year", "count"), [(2015, 5), (2017, 5), (2018, 6), (2019, 7), (2020, 8), (2021, 9), (2023, 9)]
)
def test_membership_is_dated(year, count):
    assert members_in(year).count() == count


def test_an_agency_that_joined_in_december_is_a_member_of_that_year():  # trap 9
    assert "rom-inwest" in {party.slug for party in members_in(2021)}
    assert "rom-inwest" not in {party.slug for party in members_in(2020)}


def test_agencies_are_known_by_every_way_they_are_written():
    names = agency_names()
    assert names["iq"] == names["innovationquarter"] == "innovationquarter"
    assert names["oost nv"] == names["oost nl"] == "oost-nl"


def test_nom_has_three_provinces_and_the_secretariat_none():
    assert agencies().get(slug="nom").provinces == ["GR", "FR", "DR"]
    assert secretariat().provinces == []
