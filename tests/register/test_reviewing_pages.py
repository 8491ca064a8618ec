"""The pages of reviewing: who opens them, what they show of whom, and what they never show."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from django.utils import timezone

from schakel.register.actions.judging import judge
from schakel.register.matching import Model
from schakel.register.models import Judgement, Lease, LinkingModel
from schakel.sharing.acting import acting
from schakel.sharing.roles import LINKER, database_role
from tests.intake.people import signed_in
from tests.making import actor_for, acts

from .reviewing import doubted, entry, known, own_pair, settle, shared_pair, steward, take_part

pytestmark = pytest.mark.django_db
PAGES = ("/identiteit/", "/identiteit/nakijken/", "/identiteit/antwoorden/", "/identiteit/werkboek/")
LIST, REVIEW, SAID = PAGES[:3]


def page_of(doubt) -> str:
    return f"{REVIEW}{doubt.pk}/"


def text(response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


@pytest.mark.parametrize(
    ("slug", "role", "status"),
    [
        ("bom", "steward", 200),
        ("rom-nederland", "identity-steward", 200),
        ("bom", "reader", 403),
        ("rom-nederland", "secretary", 403),
        ("rom-nederland", "reader", 403),
        ("ministerie-ez", "reader", 403),
        ("provincie-utrecht", "reader", 403),
    ],
)
def test_reviewers_open_the_pages_and_nobody_else(slug, role, status):
    doubt = own_pair()
    client = signed_in(slug, role)
    assert [client.get(page, follow=True).status_code for page in PAGES] == [status] * len(PAGES)
    if status == 403:
        assert client.get(page_of(doubt)).status_code == 403
        assert client.post(page_of(doubt), {"verdict": "same"}).status_code == 403
        assert client.get("/identiteit/werkboek/bestand/").status_code == 403
    assert ("/identiteit/" in client.get("/hulp/").content.decode()) == (status == 200)


def test_a_visitor_signs_in_first(client):
    assert client.get(LIST).headers["Location"].startswith("/aanmelden/")


def test_an_own_pair_shows_both_records_with_the_letters_that_differ_marked():
    doubt = own_pair()
    page = signed_in("bom", "steward").get(page_of(doubt))
    said = text(page)
    assert "De namen lijken op elkaar, maar de plaatsen verschillen." in said
    assert "lijkt, verschil gemarkeerd" in said
    assert "0 van 1" in said.replace("\xa0", " ")


def test_of_another_agency_only_the_card_is_shown_and_no_record_is_opened():
    doubt = shared_pair()
    take_part("bom", "nom")
    page = signed_in("bom", "steward").get(page_of(doubt))
    said = text(page)
    assert "Zonnenveld Energy B.V." in said
    assert "NOM" in said
    assert "Geheim 1" in said  # one's own
    assert "Stil 2" not in said  # more than name, place, numbers and site
    assert f"/records/organisation/{doubt.record_b}/" not in page.content.decode()
    steward_page = text(signed_in("rom-nederland", "identity-steward").get(page_of(doubt)))
    assert "Geheim 1" not in steward_page
    assert "Stil 2" not in steward_page


def test_without_the_agreement_a_pair_between_agencies_is_not_there():
    doubt = shared_pair()
    take_part("bom")
    for slug, role in (("bom", "steward"), ("nom", "steward"), ("rom-nederland", "identity-steward")):
        client = signed_in(slug, role)
        assert client.get(page_of(doubt)).status_code == 404
        assert client.post(page_of(doubt), {"verdict": "same"}).status_code == 404
        assert "Zonne" not in text(client.get(LIST))


def test_without_it_one_is_asked_whether_ones_record_is_an_entry_of_the_register():
    doubt = doubted(known("bom", name="Zonneveld Energie", city="Breda"), entry(trade_names=["Zonneveld Warmte"]))
    page = signed_in("bom", "steward").get(page_of(doubt))
    assert "Het handelsregister" in text(page)
    assert "Zonneveld Warmte" in text(page)
    assert signed_in("nom", "steward").get(page_of(doubt)).status_code == 404


def test_the_score_is_hidden_until_one_has_answered():
    with database_role(LINKER):
        LinkingModel.objects.create(version="2026-11", weights=json.loads(Model().to_json()))
    first, second = own_pair(gain=9), doubted(known("bom", "R3"), known("bom", "R4"), score=4200, gain=1)
    client = signed_in("bom", "steward")
    for address in (LIST, page_of(first), page_of(second)):
        assert "bits" not in text(client.get(address))
        assert "-1200" not in client.get(address).content.decode()
    answered = client.post(page_of(first), {"verdict": "different"}, follow=True)
    assert answered.request["PATH_INFO"] == page_of(second)
    assert "U zei: niet hetzelfde" in text(answered)
    assert "1,2 bits ertegen (versie 2026-11)" in text(answered)
    assert "4,2" not in text(answered)


def test_an_answer_leads_to_the_next_pair_with_the_same_filters_and_the_last_to_the_end():
    pairs = [doubted(known("bom", f"A{n}"), known("bom", f"B{n}"), gain=9 - n) for n in range(2)]
    client = signed_in("bom", "steward")
    start = client.get(f"{REVIEW}?soort=organisation&tussen=own")
    assert start.headers["Location"] == f"{page_of(pairs[0])}?soort=organisation&tussen=own"
    done = client.post(start.headers["Location"], {"verdict": "same"})
    assert done.headers["Location"].startswith(f"{page_of(pairs[1])}?soort=organisation&tussen=own&na=")
    end = client.post(done.headers["Location"], {"verdict": "unsure"}, follow=True)
    assert "Er wacht niets op uw antwoord" in text(end)
    assert "2 van 2" in text(end).replace("\xa0", " ")


def test_the_last_answer_is_taken_back_at_once_and_asked_again():
    doubt = own_pair()
    client = signed_in("bom", "steward")
    done = client.post(page_of(doubt), {"verdict": "same"}, follow=True).content.decode()
    undo = re.search(r'action="(/identiteit/antwoorden/\d+/ongedaan/)', done).group(1)
    again = client.post(undo, follow=True)
    assert again.request["PATH_INFO"] == page_of(doubt)
    assert "verdict" in again.content.decode()
    assert client.get(undo).status_code == 405
    assert client.post(undo, follow=True).status_code == 200  # taken back already: it says so


@pytest.mark.parametrize("tail", ["na=abc", "na=99999999999999999999", "soort=%27", "tussen=1%3B", "staat=x", "na=-1"])
def test_strange_addresses_are_passed_over(tail):
    own_pair()
    client = signed_in("bom", "steward")
    assert client.get(f"{LIST}?{tail}").status_code == 200
    assert client.get(f"{REVIEW}?{tail}", follow=True).status_code == 200


@pytest.mark.parametrize("path", ["0/", "999999999999/", "99999999999999999999999/"])
def test_ids_that_are_not_there_are_not_found(path):
    client = signed_in("bom", "steward")
    assert client.get(f"{REVIEW}{path}").status_code == 404
    assert client.get(f"{SAID}{path}terugnemen/").status_code == 404
    assert client.post(f"{SAID}{path}bevestigen/").status_code == 404
    assert client.post(f"{SAID}{path}ongedaan/").status_code == 404


def test_somebody_elses_answer_is_not_there():
    doubt = shared_pair()
    take_part("bom", "nom")
    said = judge(actor=steward("bom"), doubt_id=doubt.pk, verdict="same")
    for slug, role in (("nom", "steward"), ("rom-nederland", "identity-steward")):
        client = signed_in(slug, role)
        for act in ("terugnemen", "bevestigen", "ongedaan"):
            assert client.post(f"{SAID}{said.pk}/{act}/", {"why": "x"}).status_code == 404
    with acts("bom"):
        assert Judgement.objects.count() == 1


def test_what_a_colleague_looks_at_says_who_and_leads_on():
    first, second = own_pair(gain=9), doubted(known("bom", "R3"), known("bom", "R4"), gain=1)
    one, other = signed_in("bom", "steward", name="one"), signed_in("bom", "steward", name="other")
    one.get(page_of(first))
    seen = other.get(page_of(first))
    assert "One kijkt hier nu naar" in text(seen)
    assert 'name="verdict"' not in seen.content.decode()
    assert f'href="{page_of(second)}"' in seen.content.decode()
    assert other.get(REVIEW).headers["Location"] == page_of(second)
    refused = other.post(page_of(first), {"verdict": "same"})
    assert refused.status_code == 409
    one.get(LIST)  # the first goes back to the list, and lets go
    assert other.post(page_of(first), {"verdict": "same"}).status_code == 302


def test_of_another_party_one_hears_which_party_looks_and_not_who():
    doubt = shared_pair()
    take_part("bom", "nom")
    signed_in("nom", "steward", name="secretive").get(page_of(doubt))
    seen = text(signed_in("bom", "steward").get(page_of(doubt)))
    assert "NOM kijkt hier nu naar" in seen
    assert "Secretive" not in seen


def test_what_was_settled_meanwhile_says_so():
    doubt = own_pair()
    client = signed_in("bom", "steward")
    client.get(page_of(doubt))
    settle(doubt, settled_at=timezone.now())
    refused = client.post(page_of(doubt), {"verdict": "same"})
    assert refused.status_code == 409
    assert "intussen afgehandeld" in text(refused)


def test_the_list_says_how_each_stands(settings):
    settings.FOUR_EYES = True
    pair = own_pair()
    doubted(known("bom", "R3"), known("bom", "R4"), disputed=True)
    one = steward(name="one")
    judge(actor=one, doubt_id=pair.pk, verdict="same")
    client = signed_in("bom", "steward", name="other")
    said = text(client.get(f"{LIST}?staat=all"))
    assert "wacht op een tweede persoon" in said
    assert "betwist" in said
    assert "Een collega heeft dit beantwoord" in text(client.get(page_of(pair)))
    assert "Wat uw organisatie zei" not in text(client.get(page_of(pair)))  # not before one has answered oneself


def test_what_was_said_is_listed_taken_back_with_a_reason_and_stays():
    doubt, actor = own_pair(), steward()
    said = judge(actor=actor, doubt_id=doubt.pk, verdict="different", why="two boards")
    client = signed_in("bom", "steward", name="other")
    listed = text(client.get(SAID))
    assert "Niet hetzelfde" in listed
    assert "two boards" in listed
    assert "Zonneveld Energie B.V. / Zonnenveld Energy B.V." in listed
    assert client.post(f"{SAID}{said.pk}/terugnemen/", {"why": ""}).status_code == 422
    after = text(client.post(f"{SAID}{said.pk}/terugnemen/", {"why": "one board after all"}, follow=True))
    assert "one board after all" in after
    assert "teruggenomen" in after


def test_an_answer_of_a_pair_that_is_gone_still_names_what_is_ones_own():
    doubt = shared_pair()
    take_part("bom", "nom")
    judge(actor=steward("bom"), doubt_id=doubt.pk, verdict="same")
    with database_role(LINKER):
        doubt.delete()
    listed = text(signed_in("bom", "steward").get(SAID))
    assert "Zonneveld Energie B.V. / een record van een andere partij" in listed
    assert "Zonnenveld" not in listed


def test_looking_holds_the_pair_for_some_minutes():
    doubt = own_pair()
    client = signed_in("bom", "steward")
    client.get(page_of(doubt))
    with acting(actor_for("bom")):
        left = Lease.objects.get(doubt=doubt).until - timezone.now()
    assert dt.timedelta(minutes=4) < left <= dt.timedelta(minutes=5)


def test_what_a_card_says_in_one_is_compared_with_the_own_record_in_one():
    mine = known("bom", "R1", name="Molen B.V.", kvk="12345678", rsin="123456782", address="Dijk 1", city="Breda")
    theirs = known("nom", "R2", name="Molen")
    doubt = doubted(mine, theirs)
    take_part("bom", "nom")
    with database_role(LINKER):
        says = {"name": "Molen", "place": "Dijk 1 Breda", "numbers": ["12345678"], "site": "molen.example"}
        doubt.cards.filter(record_id=theirs.pk).update(says=says)
    page = signed_in("bom", "steward").get(page_of(doubt))
    said = text(page)
    assert re.search(r"Adres en plaats = gelijk Dijk 1 Breda\s*Dijk 1 Breda", said)
    assert re.search(r"Nummers ≈ lijkt, verschil gemarkeerd 12345678, 123456782\s*12345678", said)
    assert "KvK-nummer" not in said


def test_with_what_else_a_record_is_in_doubt_stands_beside_it():
    mine = known("bom", "R1", name="Molen B.V.")
    first, second = doubted(mine, known("bom", "R2", name="Molens B.V.")), doubted(mine, entry(name="De Molen"))
    client = signed_in("bom", "steward")
    page = client.get(page_of(first)).content.decode()
    assert f'<a class="nl-link" href="{page_of(second)}">De Molen (het handelsregister)</a>' in page
    settle(second, settled_at=timezone.now())
    assert "De Molen" not in client.get(page_of(first)).content.decode()
