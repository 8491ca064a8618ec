"""What pages and files show of records without names: to others that there is one, to its owner its own number."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest

from schakel.register.models import Doubt, IdentityMember, KeyedRound, Organisation, Proposal
from schakel.sharing.roles import LINKER, database_role
from tests.intake.people import signed_in
from tests.making import acts

from .reviewing import entry, take_part
from .unnamed import KEY, LOOP, NEXT_KEY, ZON, Client, as_other, begun, deliver, linked

pytestmark = pytest.mark.django_db
ROUNDS = "/identiteit/zonder-namen/"
ALIKE = as_other(ZON, "N7", kvk="", name="Zonnevelt Energie")


def text(response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def doubtful(folder: Path) -> Doubt:
    """BOM's Zonneveld and a record of NOM's without a name are perhaps one."""
    begun()
    take_part("bom", "nom")
    deliver(folder, "bom", ZON, LOOP, named=True)
    deliver(folder, "nom", ALIKE, named=False)
    linked()
    with database_role(LINKER):
        return Doubt.objects.get()


def test_the_secretariat_begins_a_round_and_agencies_read_its_mark(tmp_path: Path) -> None:
    steward = signed_in("rom-nederland", "identity-steward")
    sent = {"period": "2023", "name": KEY.round, "mark": KEY.check}
    assert steward.post(ROUNDS, sent).status_code == 302
    assert KeyedRound.objects.get().mark == KEY.check
    deliver(tmp_path, "nom", ZON, named=False)
    assert "NOM" in text(steward.get(ROUNDS))
    agency = signed_in("bom", "steward")
    assert KEY.check in text(agency.get(ROUNDS))
    assert "NOM" not in text(agency.get(ROUNDS))
    assert agency.post(ROUNDS, sent | {"name": "2023-2", "mark": "ab" * 16}).status_code == 200
    assert KeyedRound.objects.count() == 1


def test_a_mark_that_is_none_is_refused_with_the_reason() -> None:
    steward = signed_in("rom-nederland", "identity-steward")
    answer = steward.post(ROUNDS, {"period": "2023", "name": "2023-1", "mark": "sleutel"})
    assert answer.status_code == 422
    assert "32" in text(answer)
    assert not KeyedRound.objects.exists()


@pytest.mark.parametrize(("slug", "role"), [("bom", "reader"), ("ministerie-ez", "reader")])
def test_who_does_not_review_does_not_open_the_rounds(slug: str, role: str) -> None:
    assert signed_in(slug, role).get(ROUNDS).status_code == 403


def test_another_reviewer_sees_a_record_of_that_agency_and_no_more(tmp_path: Path) -> None:
    doubt = doubtful(tmp_path)
    for slug, role in (("bom", "steward"), ("rom-nederland", "identity-steward")):
        said = text(signed_in(slug, role, language="en").get(f"/identiteit/nakijken/{doubt.pk}/"))
        assert "delivered without a name" in said
        assert "only codes are known" in said
        for told in ("N7", "Zonnevelt", "this record is gone"):
            assert told not in said
        assert "Zonneveld Energie" in said


def test_its_owner_sees_its_own_number(tmp_path: Path) -> None:
    doubt = doubtful(tmp_path)
    assert "N7" in text(signed_in("nom", "steward").get(f"/identiteit/nakijken/{doubt.pk}/"))


def test_the_list_and_the_workbook_tell_no_more_than_the_page(tmp_path: Path) -> None:
    doubtful(tmp_path)
    steward = signed_in("bom", "steward", language="en")
    listed = text(steward.get("/identiteit/"))
    assert "a record of" in listed
    assert "N7" not in listed
    book = openpyxl.load_workbook(io.BytesIO(b"".join(steward.get("/identiteit/werkboek/bestand/").streaming_content)))
    cells = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    assert "Zonneveld" in cells
    assert not re.search(r"\bN7\b", cells)


def test_its_owner_is_not_told_that_another_knows_it_by_an_entry(tmp_path: Path) -> None:
    """BOM's record is that entry; NOM's, which is one with it, has nothing but codes."""
    entry(name=ZON.name, kvk=ZON.kvk, postcode=ZON.postcode, city=ZON.city)
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    done = deliver(tmp_path, "nom", as_other(ZON, "N7"), named=False)
    linked()
    with database_role(LINKER):
        assert IdentityMember.objects.filter(identity__anchor__isnull=False).count() == 2
    steward = signed_in("nom", "steward")
    with acts("nom"):
        record = Organisation.objects.get()
    for page in (f"/identiteit/aanlevering/{done.delivery.pk}/", f"/organisaties/{record.pk}/"):
        answer = steward.get(page)
        assert answer.status_code == 200
        assert "Zonneveld" not in text(answer)
        assert ZON.kvk not in text(answer)
        assert "codes-" not in text(answer)


def test_an_organisation_without_a_name_goes_by_its_number_for_its_owner(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "nom", Client("N7", "Zonneveld"), named=False)
    with acts("nom"):
        record = Organisation.objects.get()
        assert str(record) == "N7"
    said = text(signed_in("nom", "steward").get(f"/organisaties/{record.pk}/"))
    assert "N7" in said


def test_a_proposal_to_merge_shows_a_record_of_that_agency(tmp_path: Path) -> None:
    begun()
    take_part("bom", "nom")
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", Client("N7", "Zonneveld Energie B.V."), named=False)
    linked()
    begun(NEXT_KEY, 2024)
    told_more = as_other(ZON, "N7", name="Zonneveld", kvk="", city="Breda")
    deliver(tmp_path, "bom", ZON, LOOP, named=True, key=NEXT_KEY, period=2024)
    deliver(tmp_path, "nom", told_more, named=False, key=NEXT_KEY, period=2024)
    linked()
    with database_role(LINKER):
        proposal = Proposal.objects.get()
    for slug, role in (("rom-nederland", "identity-steward"), ("bom", "steward")):
        reader = signed_in(slug, role, language="en")
        for page in ("/identiteit/voorstellen/", f"/identiteit/voorstellen/{proposal.pk}/"):
            answer = reader.get(page)
            if answer.status_code == 200:
                assert "N7" not in text(answer)
        if role == "identity-steward":
            assert "a record of NOM" in text(reader.get(f"/identiteit/voorstellen/{proposal.pk}/"))
