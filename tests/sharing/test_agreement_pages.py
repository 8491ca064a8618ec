"""Two parties agree on pages: drafted, proposed, signed, looked at, previewed, ended; and who may do what."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from schakel.inbox.models import Item
from schakel.innovate.models import InnovationProject
from schakel.network.queries import party
from schakel.sharing.agreements import Opened
from schakel.sharing.models import Agreement, Depth, Look, Reach
from tests.intake.people import signed_in
from tests.making import acts, make, organisation

from .agreeing import agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def known():
    with acts("bom") as bom:
        found = organisation(bom, number="R1", name="Zonneveld B.V.", kvk="12345678", address="Geheimstraat 1")
        organisation(bom, number="R2", name="Windhoek B.V.", kvk="23456789")
        make(InnovationProject, bom, number="P1", title="Warmtenet", start=dt.date(2023, 1, 1), volume=123_456)
    return found


def text(client: Client, path: str, status: int = 200) -> str:
    """What a page says."""
    answer = client.get(path)
    assert answer.status_code == status, path
    return unescape(answer.content.decode())


def asked(**other: object) -> dict[str, object]:
    now = timezone.localtime()
    return {
        "title": "Samen energie",
        "purpose": "elkaar kunnen vinden",
        "legal_ground": "toestemming",
        "parties": [party("nom").pk],
        "direction": "we",
        "reach": "all",
        "depth_organisation": "3",
        "since": (now - dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "until": (now + dt.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M"),
        "contact": "loket@bom.example",
    } | other


def waiting(slug: str) -> list[str]:
    with acts(slug):
        return [item.title.nl for item in Item.objects.filter(kind="waits", done_at=None, room="sharing")]


def test_two_parties_draft_sign_look_and_end(known):
    bom, nom = signed_in("bom", "steward"), signed_in("nom", "steward")
    bom.handler.enforce_csrf_checks = nom.handler.enforce_csrf_checks = False
    answer = bom.post("/afspraken/nieuw/other/", asked())
    assert answer.status_code == 302
    place = answer.headers["Location"]
    assert "Samen energie" not in text(nom, "/afspraken/")
    assert nom.get(place).status_code == 404
    bom.post(f"{place}propose/")
    assert waiting("nom") == ["BOM stelt een afspraak voor: tekenen of afwijzen"]
    bom.post(f"{place}sign/", {"signed_as": "directeur"})
    assert "Zonneveld" not in text(nom, "/gedeeld/organisation/?van=bom")
    assert "wacht op uw handtekening" in text(nom, "/afspraken/")
    assert nom.post(f"{place}sign/", {"signed_as": ""}).status_code == 422
    nom.post(f"{place}sign/", {"signed_as": "directeur", "contact": "loket@nom.example"})
    assert waiting("nom") == []
    assert "getekend" in text(bom, place)

    assert "Organisaties" in text(nom, "/gedeeld/")
    listed = text(nom, "/gedeeld/organisation/?van=bom")
    assert "Zonneveld B.V." in listed
    record = text(nom, f"/records/organisation/{known.pk}/")
    assert "Geheimstraat 1" in record
    assert "deelt dit met u" in record
    assert "Wijzigen" not in record
    assert "Zonneveld" in text(nom, f"/gedeeld/organisation/{known.pk}/")
    given = text(bom, "/wij-delen/")
    assert "nom" in given.casefold()
    assert "geopend" in given
    assert "Zonneveld B.V." in text(bom, "/wij-delen/nom/organisation/")
    assert "Zonneveld B.V." in text(bom, f"/wij-delen/nom/organisation/{known.pk}/")
    assert "Geheimstraat 1" in text(bom, f"/records/organisation/{known.pk}/?als=nom")

    assert nom.post(f"{place}end/", {"reason": ""}).status_code == 422
    nom.post(f"{place}end/", {"reason": "klaar"})
    assert nom.get(f"/records/organisation/{known.pk}/").status_code == 404
    assert nom.get(f"/gedeeld/organisation/{known.pk}/").status_code == 404
    assert "Zonneveld" not in text(nom, "/gedeeld/organisation/?van=bom")
    assert bom.get(f"/wij-delen/nom/organisation/{known.pk}/").status_code == 404
    with acts("bom") as me:
        assert set(Look.objects.filter(owner=me).values_list("verb", flat=True)) == {"listed", "opened"}


def test_a_card_tells_no_more_than_its_depth_and_says_whom_to_ask(known):
    agreement("bom", ["nom"], Opened("organisation", Depth.KNOWN))
    nom = signed_in("nom", "reader")
    card = text(nom, f"/gedeeld/organisation/{known.pk}/")
    assert "Zonneveld B.V." in card
    assert "bom@example.org" in card
    assert "12345678" not in card
    assert nom.get(f"/records/organisation/{known.pk}/").status_code == 404
    agreement("bom", ["nom"], Opened("organisation", Depth.SUMMARY))
    card = text(nom, f"/gedeeld/organisation/{known.pk}/")
    assert "12345678" in card
    assert "Geheimstraat" not in card


def test_see_as_shows_what_the_other_sees_and_nothing_of_the_other(known):
    with acts("nom") as nom:
        theirs = organisation(nom, number="R1", name="Noorderlicht B.V.")
    agreement("bom", ["nom"], Opened("organisation", Depth.FULL, Reach.THINGS, ("R1",)))
    bom = signed_in("bom", "steward")
    assert "Windhoek" not in text(bom, "/wij-delen/nom/organisation/")
    assert bom.get(f"/records/organisation/{theirs.pk}/?als=nom").status_code == 404
    assert bom.get(f"/records/organisation/{known.pk}/?als=liof").status_code == 404
    assert "Noorderlicht" not in text(bom, "/wij-delen/nom/organisation/") + text(bom, "/wij-delen/")
    with acts("bom"):
        assert not Look.objects.exists()


def test_the_list_behind_search_and_an_organisations_page_follow_the_agreement(known):
    agreement("bom", ["nom"])
    nom = signed_in("nom", "reader")
    assert nom.get(f"/organisaties/{known.pk}/").headers["Location"] == f"/records/organisation/{known.pk}/"
    assert signed_in("liof", "reader").get(f"/organisaties/{known.pk}/").status_code == 404


def test_who_only_reads_makes_signs_and_ends_nothing(known):
    made = agreement("bom", ["nom"], signed_by=[])
    reader = signed_in("nom", "reader")
    reader.handler.enforce_csrf_checks = False
    page = text(reader, f"/afspraken/{made.pk}/")
    assert '<form method="post" action="/afspraken' not in page
    assert reader.get("/afspraken/nieuw/other/").status_code == 403
    for verb in ("sign", "end", "suspend", "resume", "propose", "discard"):
        assert reader.post(f"/afspraken/{made.pk}/{verb}/", {"signed_as": "x", "reason": "x"}).status_code == 403


@pytest.mark.parametrize("verb", ["propose", "discard", "sign", "suspend", "resume", "end"])
def test_a_stranger_does_nothing_with_it(known, verb):
    made = agreement("bom", ["nom"], signed_by=[])
    stranger = signed_in("oost-nl", "steward")
    stranger.handler.enforce_csrf_checks = False
    sent = {"signed_as": "x", "reason": "x"}
    assert stranger.get(f"/afspraken/{made.pk}/").status_code == 404
    assert stranger.post(f"/afspraken/{made.pk}/{verb}/", sent).status_code == 404
    assert stranger.get(f"/afspraken/{made.pk}/bewerken/").status_code == 404


@pytest.mark.parametrize("verb", ["propose", "discard", "resume", "nonsense"])
def test_what_cannot_be_done_now_says_so(known, verb):
    made = agreement("bom", ["nom"])
    bom = signed_in("bom", "steward")
    bom.handler.enforce_csrf_checks = False
    answer = bom.post(f"/afspraken/{made.pk}/{verb}/")
    assert answer.status_code == (404 if verb == "nonsense" else 302)
    with acts("bom"):
        assert Agreement.objects.filter(pk=made.pk).exists()


ODD = [
    ({"parties": []}, "parties"),
    ({"reach": "themes"}, "themes"),
    ({"reach": "things", "numbers": " , "}, "numbers"),
    ({"depth_organisation": ""}, "ten minste één soort"),
    ({"title": ""}, "title"),
    ({"until": "2020-01-01T10:00"}, "niet in het verleden"),
    ({"direction": "they", "parties": "both"}, "parties"),
    ({"direction": "mutual", "reach": "things", "numbers": "R1"}, "deelt één partij"),
]


@pytest.mark.parametrize(("odd", "why"), ODD, ids=[why for _, why in ODD])
def test_a_form_that_makes_no_sense_says_where(odd, why):
    bom = signed_in("bom", "steward")
    bom.handler.enforce_csrf_checks = False
    sent = asked(**odd)
    if sent["parties"] == "both":
        sent["parties"] = [party("nom").pk, party("liof").pk]
    answer = bom.post("/afspraken/nieuw/other/", sent)
    assert answer.status_code == 422
    page = unescape(answer.content.decode())
    assert why in page if " " in why else re.search(f'href="#id_{why}', page)
    with acts("bom"):
        assert not Agreement.objects.exists()


def test_a_draft_opens_again_as_it_was_written():
    bom = signed_in("bom", "steward")
    bom.handler.enforce_csrf_checks = False
    place = bom.post(
        "/afspraken/nieuw/joint-programme/",
        asked(
            depth_organisation="", depth_project="2", reach="themes", themes=["energy-transition"], direction="mutual"
        ),
    ).headers["Location"]
    page = text(bom, f"{place}bewerken/")
    assert "Samen energie" in page
    assert re.search(r'value="energy-transition"[^>]*checked', page)
    assert re.search(r'value="mutual"[^>]*checked', page)
    again = bom.post(f"{place}bewerken/", asked(title="Beter"))
    assert again.status_code == 302
    assert bom.get(place).status_code == 404
    assert "Beter" in text(bom, again.headers["Location"])


def test_the_ministry_asks_an_agency_to_share_and_the_agency_decides(known):
    ministry = signed_in("ministerie-ez", "party-administrator")
    ministry.handler.enforce_csrf_checks = False
    assert ministry.post("/afspraken/nieuw/other/", asked(direction="we", parties=[party("bom").pk])).status_code == 422
    place = ministry.post("/afspraken/nieuw/other/", asked(direction="they", parties=[party("bom").pk])).headers[
        "Location"
    ]
    ministry.post(f"{place}propose/")
    ministry.post(f"{place}sign/", {"signed_as": "directeur"})
    assert "Zonneveld" not in text(ministry, "/gedeeld/organisation/?van=bom")
    bom = signed_in("bom", "steward")
    bom.handler.enforce_csrf_checks = False
    bom.post(f"{place}sign/", {"signed_as": "directeur"})
    assert "Zonneveld" in text(ministry, "/gedeeld/organisation/?van=bom")


@pytest.mark.parametrize("kind", ["valuation", "nonsense"])
def test_there_is_no_list_of_what_is_no_kind(kind):
    nom = signed_in("nom", "reader")
    for path in (
        f"/gedeeld/{kind}/?van=bom",
        f"/gedeeld/{kind}/1/",
        f"/wij-delen/bom/{kind}/",
        f"/wij-delen/bom/{kind}/1/",
    ):
        assert nom.get(path).status_code == 404
