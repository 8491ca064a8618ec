"""The pages of search, as people of each role see them."""

from __future__ import annotations

import pytest
from django.test import Client

from schakel.network.queries import party
from schakel.trail.models import Entry
from tests.making import acts, give_role, organisation
from tests.search.indexing import indexed, public

pytestmark = pytest.mark.django_db


def signed_in(slug: str, role: str) -> Client:
    """Somebody of a party who has signed in."""
    held = give_role(
        email=f"{role}@{slug}.example",
        name=role.capitalize(),
        party=party(slug),
        role=role,
        password="a-long-enough-word",
    )
    client = Client(headers={"accept-language": "nl"})
    client.force_login(held.person)
    return client


@pytest.fixture
def steward() -> Client:
    with acts("bom") as bom:
        for year in (2022, 2023):
            organisation(bom, number="R1", period=year, name="Zonneveld Energie B.V.", city="Breda")
        for n in range(2, 40):
            organisation(bom, number=f"R{n}", name=f"Molen {n}")
    indexed("bom")
    public()
    return signed_in("bom", "steward")


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_steward_finds_an_organisation_and_opens_it(steward):
    page = text(steward, "/zoeken/?q=zonneveld")
    assert "1 resultaat voor “zonneveld”" in page
    assert "Zonneveld Energie B.V." in page
    assert "/organisaties/" in page
    assert 'value="zonneveld"' in page  # the box in the header keeps what was asked


def test_a_year_narrows_it_and_stands_in_the_address(steward):
    page = text(steward, "/zoeken/?q=molen&jaar=2022")
    assert "Niets gevonden" in page
    assert '<option value="2022" selected>' in page


def test_many_of_one_kind_are_paged_and_keep_the_question(steward):
    page = text(steward, "/zoeken/?q=molen&page=2")
    assert "26 tot en met 38 van 38" in page
    assert "q=molen&amp;page=1" in page


def test_several_kinds_show_their_first_and_their_counts(steward):
    page = text(steward, "/zoeken/?q=in")  # "innovatieprojecten" and other indicators
    assert "Indicatoren" in page
    assert "?q=in&amp;soort=indicator" in page or "resultaten voor “in”" in page


def test_an_unknown_kind_year_and_page_are_passed_over(steward):
    assert "1 resultaat" in text(steward, "/zoeken/?q=zonneveld&soort=nonsense&jaar=x&page=99")


def test_no_question_says_what_can_be_asked(steward):
    assert "Typ in het zoekvak" in text(steward, "/zoeken/")
    assert "Niets gevonden" in text(steward, "/zoeken/?q=%00%27%20|%20!")


def test_while_typing_the_first_few_come_with_how_many_there_are(steward):
    part = text(steward, "/zoeken/snel/?q=mol")
    assert "<html" not in part
    assert part.count("/organisaties/") == 8
    assert "De eerste 8 resultaten; druk op Enter voor alle." in part
    assert "/zoeken/?q=mol" in part


def test_one_letter_is_too_little_to_suggest_anything(steward):
    assert "/records/" not in text(steward, "/zoeken/snel/?q=m")


def test_a_reader_of_another_agency_finds_nothing_of_it(steward):
    reader = signed_in("oost-nl", "reader")
    assert "Niets gevonden" in text(reader, "/zoeken/?q=zonneveld")
    assert "Zonneveld" not in text(reader, "/zoeken/snel/?q=zonneveld")


def test_who_has_not_signed_in_signs_in_first(client):
    for path in ("/zoeken/?q=x", "/zoeken/snel/?q=x"):
        assert client.get(path).status_code == 302
    assert 'id="search-found"' not in client.get("/aanmelden/").content.decode()


def test_what_somebody_was_shown_stands_in_the_trail(steward):
    text(steward, "/zoeken/?q=zonneveld")
    with acts("bom"):
        line = Entry.objects.filter(verb="found").latest("pk")
        assert line.kind == "organisation"
        assert len(line.objects_ids) == 1
        assert line.person_id is not None
