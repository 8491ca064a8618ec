"""The disk is full while files come in: who sends is told what to do, and nothing is kept by halves."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from schakel.documents.models import StoredFile
from schakel.intake import actions
from tests.api.system import System
from tests.intake.breaking import breakable, full
from tests.intake.going_wrong import CONTENT, YEAR, begun, kept, no_space
from tests.intake.people import signed_in
from tests.intake.test_uploading import create, head, patch
from tests.making import acts

pytestmark = pytest.mark.django_db


def test_a_full_disk_stops_a_piece_and_the_file_goes_on_from_where_it_was():
    breakable("documents_filepart")
    steward, delivery = signed_in("bom", "steward"), begun()
    url = create(steward, delivery, "relaties.csv", len(CONTENT)).headers["Location"]
    assert patch(steward, url, 0, CONTENT[:10]).status_code == 204
    with full("documents_filepart"):
        for language, words in (("nl", "ga later verder"), ("en", "go on later")):
            answer = steward.generic(
                "PATCH",
                url,
                CONTENT[10:],
                content_type="application/offset+octet-stream",
                headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "10", "accept-language": language},
            )
            assert answer.status_code == 507
            assert words in answer.json()["detail"]
    assert head(steward, url) == 10
    assert patch(steward, url, 10, CONTENT[10:]).status_code == 204
    assert kept("relaties.csv") == CONTENT


def test_a_full_disk_stops_a_form_with_files_and_keeps_nothing_by_halves():
    breakable("documents_filepart")
    steward, delivery = signed_in("bom", "steward"), begun()
    steward.raise_request_exception = False
    files = {"files": [SimpleUploadedFile("een.csv", CONTENT), SimpleUploadedFile("twee.csv", CONTENT)]}
    with full("documents_filepart"):
        answer = steward.post(f"/aanleveringen/{delivery.pk}/toevoegen/", files)
    assert_no_room(answer)
    with acts("bom"):
        assert not StoredFile.objects.exists()
    for file in files["files"]:
        file.seek(0)
    assert steward.post(f"/aanleveringen/{delivery.pk}/toevoegen/", files).status_code == 302
    assert kept("een.csv") == kept("twee.csv") == CONTENT


def test_a_full_disk_while_a_form_comes_in_is_told(monkeypatch):
    steward, delivery = signed_in("bom", "steward"), begun()
    steward.raise_request_exception = False
    large = SimpleUploadedFile("groot.csv", b"a;b\n" * 1_000_000)  # too large for memory: it is written down
    handler = "django.core.files.uploadhandler.TemporaryFileUploadHandler.receive_data_chunk"
    with monkeypatch.context() as broken:
        broken.setattr(handler, no_space)
        answer = steward.post(f"/aanleveringen/{delivery.pk}/toevoegen/", {"files": [large]})
    assert_no_room(answer)


def assert_no_room(answer) -> None:
    assert answer.status_code == 507
    page = answer.content.decode()
    assert "De schijf van de server is vol" in page
    assert "Meld het aan de beheerder" in page
    assert "The disk of the server is full" in page


def test_a_full_disk_is_a_problem_by_the_api_and_the_file_can_be_sent_again():
    breakable("documents_filepart")
    system = System()
    delivery = system.begin(YEAR)
    assert system.ask("PUT", f"/deliveries/{delivery}/files/een.csv", CONTENT)[0] == 201
    with full("documents_filepart"):
        status, problem = system.ask("PUT", f"/deliveries/{delivery}/files/twee.csv", CONTENT)
    assert (status, problem["status"]) == (507, 507)
    assert "send it later" in problem["detail"]
    with acts("bom"):
        assert list(StoredFile.objects.values_list("name", flat=True)) == ["een.csv"]
    assert kept("een.csv") == CONTENT
    assert system.ask("PUT", f"/deliveries/{delivery}/files/twee.csv", CONTENT)[0] == 201
    assert system.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202


def test_whatever_else_fails_is_a_problem_by_the_api_that_says_what_to_do(monkeypatch):
    system = System()

    def fails(**_named: object) -> None:
        raise RuntimeError("a secret of the inside")

    with monkeypatch.context() as broken:
        broken.setattr(actions, "begin_delivery", fails)
        status, problem = system.ask("POST", "/deliveries", {"year": YEAR})
    assert (status, "Send it again" in problem["detail"]) == (500, True)
    assert "secret" not in str(problem)
