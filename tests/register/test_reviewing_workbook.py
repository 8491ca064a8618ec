"""A workbook of what is doubtful goes out, is answered in a spreadsheet, and comes back; strange ones do no harm."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl.worksheet.worksheet import Worksheet

from schakel.register.actions.judging import judge
from schakel.register.models import Judgement, Organisation
from tests.intake.people import signed_in
from tests.making import acts

from .reviewing import doubted, known, own_pair, settle, shared_pair, steward, take_part

pytestmark = pytest.mark.django_db
PAGE = "/identiteit/werkboek/"
ANSWER, WHY, MARK = "H", "I", "J"


@pytest.fixture
def client() -> Client:
    return signed_in("bom", "steward")


def taken(client: Client, query: str = "") -> openpyxl.Workbook:
    response = client.get(f"{PAGE}bestand/{query}")
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))


def brought(client: Client, book: openpyxl.Workbook) -> str:
    target = io.BytesIO()
    book.save(target)
    return sent(client, target.getvalue())


def sent(client: Client, content: bytes, name: str = "antwoorden.xlsx") -> str:
    return client.post(PAGE, {"workbook": SimpleUploadedFile(name, content)}).content.decode()


def answers() -> list[tuple[str, str]]:
    with acts("bom"):
        return list(Judgement.objects.order_by("pk").values_list("verdict", "why"))


def rows(sheet: Worksheet) -> Iterator[int]:
    return iter(range(2, sheet.max_row + 1))


def test_each_pair_has_a_row_and_a_list_to_choose_the_answer_from(client):
    own_pair()
    sheet = taken(client).active
    assert [sheet.cell(1, column).value for column in (1, 8, 9)] == ["Nummer", "Antwoord", "Toelichting"]
    assert "Zonneveld Energie B.V." in sheet["C2"].value
    assert "Plaats: Breda" in sheet["D2"].value
    assert sheet["G2"].value == "De namen lijken op elkaar, maar de plaatsen verschillen."
    rule = sheet.data_validations.dataValidation[0]
    assert (str(rule.sqref), rule.formula1) == ("H2", '"hetzelfde,niet hetzelfde,weet niet"')
    assert "1200" not in str([[cell.value for cell in row] for row in sheet.rows])  # the score stays hidden


def test_what_was_answered_is_taken_and_a_second_time_changes_nothing(client):
    for number, gain in ((1, 900), (2, 500), (3, 100)):
        doubted(known("bom", f"A{number}"), known("bom", f"B{number}"), gain=gain)
    book = taken(client)
    sheet = book.active
    sheet["H2"], sheet["I2"] = "hetzelfde", "same board"
    sheet["H3"] = " Niet  Hetzelfde "
    page = brought(client, book)
    assert "2 antwoorden zijn overgenomen." in page
    assert "1 rij heeft nog geen antwoord." in page
    assert answers() == [("same", "same board"), ("different", "")]
    again = brought(client, book)
    assert "0 antwoorden zijn overgenomen." in again
    assert "2 had u al gegeven." in again
    assert len(answers()) == 2


def test_a_workbook_in_english_is_read_by_who_reads_dutch(client):
    own_pair()
    book = taken(signed_in("bom", "steward", language="en"))
    book.active["H2"] = "the same"
    brought(client, book)
    assert answers() == [("same", "")]


@pytest.mark.parametrize("column", ["A", "C", "D", "F", "G", "J"])
def test_a_row_in_which_something_else_was_changed_is_refused_and_the_others_are_taken(client, column):
    for number in (1, 2):
        doubted(known("bom", f"A{number}"), known("bom", f"B{number}"))
    book = taken(client)
    sheet = book.active
    for row in rows(sheet):
        sheet[f"{ANSWER}{row}"] = "hetzelfde"
    sheet[f"{column}2"] = "999999" if column == "A" else f"{sheet[f'{column}2'].value} x"
    page = brought(client, book)
    assert "1 antwoord is overgenomen." in page
    assert "iets anders dan het antwoord gewijzigd" in page
    assert answers() == [("same", "")]


def test_a_row_moved_to_another_place_is_still_that_row(client):
    for number in (1, 2):
        doubted(known("bom", f"A{number}"), known("bom", f"B{number}"), gain=9 - number)
    book = taken(client)
    sheet = book.active
    sheet["H3"] = "weet niet"
    sheet.delete_rows(2)
    assert "1 antwoord is overgenomen." in brought(client, book)


def test_rows_of_another_party_are_refused(client):
    shared_pair()
    take_part("bom", "nom")
    book = taken(signed_in("nom", "steward"))
    book.active["H2"] = "hetzelfde"
    assert "niet uit uw werkboek" in brought(client, book)
    assert answers() == []


def _settled(doubt) -> None:
    settle(doubt, settled_at=timezone.now())


def _renamed(doubt) -> None:
    with acts("bom"):
        Organisation.objects.filter(pk=doubt.record_b).update(city="Goirle")


def _judged(doubt) -> None:
    judge(actor=steward(name="colleague"), doubt_id=doubt.pk, verdict="different")


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (_settled, "intussen afgehandeld"),
        (_renamed, "De records zeggen nu iets anders"),
        (_judged, "heeft dit al beantwoord"),
    ],
)
def test_what_changed_meanwhile_is_told_and_not_taken(client, meanwhile: Callable[..., None], told):
    doubt = own_pair()
    book = taken(client)
    book.active["H2"] = "hetzelfde"
    meanwhile(doubt)
    before = answers()
    assert told in brought(client, book)
    assert answers() == before


def test_the_filters_of_the_list_choose_the_rows(client):
    own_pair()
    assert taken(client, "?tussen=own").active.max_row == 2
    assert taken(client, "?tussen=register").active.max_row == 1


@pytest.mark.parametrize("answer", ["misschien", "=1+1", "<b>x</b>"])
def test_an_answer_that_there_is_not_is_told_with_its_row(client, answer):
    own_pair()
    book = taken(client)
    book.active["H2"] = answer
    page = brought(client, book)
    assert "is geen van de antwoorden" in page or "0 antwoorden" in page
    assert "<b>x</b>" not in page
    assert answers() == []


@pytest.mark.parametrize(
    ("name", "content"), [("x.xlsx", b"PK\x03\x04no"), ("x.csv", b"Nummer;Antwoord\n1;hetzelfde\n")]
)
def test_a_file_that_is_no_such_workbook_is_refused_beside_its_field(client, name, content):
    response = client.post(PAGE, {"workbook": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert name in response.content.decode()


def test_a_workbook_of_something_else_is_refused(client):
    book = openpyxl.Workbook()
    book.active.append(["Naam", "Plaats"])
    assert "geen blad" in brought(client, book)


def test_a_name_that_looks_like_a_formula_is_text_in_the_workbook(client):
    doubted(known("bom", "A1", name="=HYPERLINK(1)"), known("bom", "B1", name="+31 B.V."))
    sheet = taken(client).active
    assert sheet["C2"].data_type == "s"
    assert sheet["C2"].value.startswith("=HYPERLINK(1)")
