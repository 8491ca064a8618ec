"""Bad files by every way in: each is kept as it was sent, and told about with what to do; nothing is accepted."""

from __future__ import annotations

import base64
import functools
import re
import zipfile
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from schakel.intake import actions, delivering
from schakel.intake.actions import confirm_mapping
from schakel.intake.jobs import accept, after_acceptance, examine
from schakel.intake.models import DeliveredFile, Delivery, DeliveryFinding, DeliveryState, Origin
from schakel.intake.reading import Limits, read
from schakel.network.queries import party
from schakel.register.models import Organisation
from schakel.sharing.roles import WORKER, database_role
from tests.api.system import System
from tests.intake.bad_files import GOOD, LIMITS, Bad, bad_files, damaged_files
from tests.intake.delivering import MAPPING, TABLES, write
from tests.intake.people import signed_in
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
YEAR = 2023
Files = dict[str, bytes]
BAD = {bad.name: bad for bad in bad_files()}
SHEET = "urn:schakel:check:sheet."
ALONE = ["brief.pdf", "niets.csv", "dicht.xlsx", "half-0.6.xlsx", "bom.xlsx", "entiteit-0-utf-8.xlsx", "vol.csv"]


@pytest.fixture(autouse=True)
def _small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "read", functools.partial(read, limits=LIMITS))


def begun() -> Delivery:
    return actions.begin_delivery(actor=actor_for("bom"), period=YEAR, origin=Origin.SCREEN)


def in_a_form(steward: Client, files: Files) -> int:
    """Files as a form sends them, all in one request."""
    delivery = begun()
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    answer = steward.post(f"/aanleveringen/{delivery.pk}/toevoegen/", {"files": sent})
    assert answer.status_code == 302
    return delivery.pk


def in_pieces(steward: Client, files: Files) -> int:
    """Files as the page sends them with JavaScript: in pieces of 64 KB here."""
    delivery = begun()
    for name, content in files.items():
        _sent_in_pieces(steward, delivery.pk, name, content)
    return delivery.pk


def _sent_in_pieces(steward: Client, delivery: int, name: str, content: bytes) -> None:
    said = f"filename {base64.b64encode(name.encode()).decode()}"
    headers = TUS | {"Upload-Length": str(len(content)), "Upload-Metadata": said}
    answer = steward.post(f"/aanleveringen/{delivery}/bestanden/", content_type="", headers=headers)
    assert answer.status_code == 201
    for at in range(0, len(content), 65_536):
        answer = steward.generic(
            "PATCH",
            answer.headers.get("Location", answer.wsgi_request.path),
            content[at : at + 65_536],
            content_type="application/offset+octet-stream",
            headers=TUS | {"Upload-Offset": str(at)},
        )
        assert answer.status_code == 204


def checked(steward: Client, delivery: int) -> Delivery:
    """All files are here; the worker reads them."""
    assert steward.post(f"/aanleveringen/{delivery}/klaar/").status_code == 302
    with database_role(WORKER):
        examine(delivery_id=delivery, party=party("bom").pk, person=None)
    with acts("bom"):
        return Delivery.objects.get(pk=delivery)


def findings(delivery: Delivery) -> list[DeliveryFinding]:
    with acts("bom"):
        return list(DeliveryFinding.objects.filter(delivery=delivery))


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def assert_told(found: Iterable[DeliveryFinding]) -> None:
    """Each says in both languages what is wrong and what to do, and leaves no place of its text open."""
    for one in found:
        for said in (one.message_nl, one.message_en, one.remedy_nl, one.remedy_en):
            assert said.strip()
            assert "{" not in said or "{" in one.file


def assert_as_sent(client: Client, delivery: Delivery, files: Files) -> None:
    with acts("bom"):
        kept = dict(DeliveredFile.objects.filter(delivery=delivery).values_list("name", "pk"))
    assert set(kept) == set(files)
    for name, pk in kept.items():
        assert client.get(f"/bestanden/{pk}/").getvalue() == files[name]


def assert_nothing_accepted(delivery: Delivery) -> None:
    with acts("bom"):
        assert not Organisation.objects.exists()
        assert Delivery.objects.get(pk=delivery.pk).accepted_at is None


@pytest.mark.parametrize("send", [in_a_form, in_pieces])
def test_every_bad_file_beside_a_good_one_is_told_about_and_kept(send: Callable[[Client, Files], int]):
    steward = signed_in("bom", "steward")
    files = {bad.name: bad.content for bad in BAD.values()} | dict([GOOD])
    delivery = checked(steward, send(steward, files))
    assert delivery.state == DeliveryState.CHECKED
    found = [one for one in findings(delivery) if one.check_id.startswith(("file.", "sheet."))]
    assert {one.file for one in found} == set(BAD)
    for one in found:
        assert one.check_id in BAD[one.file].checks, one.file
        assert one.file in one.message_nl
    assert_told(found)
    assert_pages(steward, delivery, found)
    assert_as_sent(steward, delivery, files)
    assert_nothing_accepted(delivery)


def assert_pages(steward: Client, delivery: Delivery, found: list[DeliveryFinding]) -> None:
    """The page of the delivery leads to its findings; they say in the reader's language what to do."""
    english = Client(headers={"accept-language": "en"})
    english.cookies = steward.cookies
    assert "/bevindingen/" in page(steward, f"/aanleveringen/{delivery.pk}/")
    for check in {one.check_id for one in found}:
        asked = f"/aanleveringen/{delivery.pk}/bevindingen/?check={check}"
        one = next(one for one in found if one.check_id == check)
        dutch = page(steward, asked)
        assert one.remedy_nl in dutch, check
        assert one.remedy_en in page(english, asked), check
        assert page(steward, f"/aanleveringen/{delivery.pk}/bevindingen/{one.pk}/")


@pytest.mark.parametrize("name", ALONE)
def test_a_bad_file_alone_leaves_a_delivery_that_says_so_and_leads_on(name):
    steward = signed_in("bom", "steward")
    bad: Bad = BAD[name]
    delivery = checked(steward, in_a_form(steward, {name: bad.content}))
    assert (delivery.state, delivery.progress) == (DeliveryState.FAILED, {})
    (one,) = findings(delivery)
    assert one.check_id in bad.checks
    shown = page(steward, f"/aanleveringen/{delivery.pk}/")
    assert "niet leesbaar" in shown
    assert "/aanleveringen/nieuw/" in shown
    assert_pages(steward, delivery, [one])
    assert_as_sent(steward, delivery, {name: bad.content})
    steward.post(f"/aanleveringen/{delivery.pk}/accepteren/", {"without": "on"})
    assert_nothing_accepted(delivery)


def by_api(files: Files, slug: str = "bom") -> tuple[System, int]:
    """Files as an agency's own system sends them, submitted and examined."""
    system = System(slug)
    delivery = system.begin(YEAR)
    for name, content in files.items():
        status, told = system.ask("PUT", f"/deliveries/{delivery}/files/{quote(name)}", content)
        assert (status, told["name"], told["size"]) == (201, name, len(content))
    assert system.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202
    system.work(examine, delivery)
    return system, delivery


def api_findings(system: System, delivery: int, language: str) -> list[dict[str, Any]]:
    status, told = system.ask("GET", f"/deliveries/{delivery}/findings?pageSize=1000", language=language)
    assert status == 200
    return list(told["items"])


def test_every_bad_file_is_told_about_by_the_api_in_both_languages():
    files = {bad.name: bad.content for bad in BAD.values()} | dict([GOOD])
    system, delivery = by_api(files)
    told = {language: api_findings(system, delivery, language) for language in ("nl", "en")}
    for language, found in told.items():
        named = {one["file"]: one for one in found if one["type"].startswith(("urn:schakel:check:file.", SHEET))}
        assert set(named) == set(BAD), language
        for name, one in named.items():
            assert one["type"].removeprefix("urn:schakel:check:") in BAD[name].checks
            assert one["status"] == 422
            assert one["title"]
            assert name in one["detail"]
            assert one["remedy"]
    assert all(dutch["remedy"] != english["remedy"] for dutch, english in zip(*told.values(), strict=True))
    assert system.ask("GET", f"/deliveries/{delivery}")[1]["state"] == "checked"
    status, problem = system.ask("POST", f"/deliveries/{delivery}/acceptance", {})
    assert status == 422
    assert all(one["remedy"] for one in problem["errors"])
    steward = signed_in("bom", "steward")
    with acts("bom"):
        assert_as_sent(steward, Delivery.objects.get(pk=delivery), files)


@pytest.mark.parametrize("name", ALONE[:3])
def test_a_bad_file_alone_fails_by_the_api_and_is_not_accepted(name):
    system, delivery = by_api({name: BAD[name].content})
    status, told = system.ask("GET", f"/deliveries/{delivery}")
    assert (status, told["state"], told["working"], told["findings"]["error"]) == (200, "failed", False, 1)
    for body in ({}, {"withoutFaultyRows": True}):
        status, problem = system.ask("POST", f"/deliveries/{delivery}/acceptance", body)
        assert status in (409, 422)
        assert problem["detail"]
    with acts("bom"):
        assert not Organisation.objects.exists()


@pytest.mark.parametrize("way", ["web", "api"])
def test_whatever_a_machine_damaged_is_read_or_told_about(way):
    files = damaged_files()
    steward = signed_in("bom", "steward")
    if way == "web":
        delivery = checked(steward, in_a_form(steward, files))
    else:
        _system, number = by_api(files)
        with acts("bom"):
            delivery = Delivery.objects.get(pk=number)
    assert delivery.state == DeliveryState.CHECKED
    assert delivery.progress.get("error") is None
    found = findings(delivery)
    with acts("bom"):
        answered = set(delivery.read_tables.values_list("file", flat=True)) | {one.file for one in found}
    assert set(files) <= answered
    assert_told(found)
    for part in ("", "bevindingen/", "koppeling/", "verschil/", "wijzigingen/", "gesprek/"):
        assert page(steward, f"/aanleveringen/{delivery.pk}/{part}")
    assert_as_sent(steward, delivery, files)
    assert_nothing_accepted(delivery)


NAMES = {
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\relaties.csv": "relaties.csv",
    "=HYPERLINK(1;2).csv": "=HYPERLINK(1;2).csv",
    "+cmd|calc!A1.csv": "+cmd|calc!A1.csv",
    "<b>relaties</b>.csv": "b>.csv",
    "relaties\n2023.csv": "relaties2023.csv",
    "é" * 255 + ".csv": "é" * 125 + ".csv",
    ".verborgen.csv": ".verborgen.csv",
    "relaties.exe": "relaties.exe",
}


@pytest.mark.parametrize("way", ["pieces", "api"])
def test_strange_names_lead_nowhere_and_what_they_hold_is_read(way):
    steward = signed_in("bom", "steward")
    content = {kept: f"Nr;Naam\nR{place};Zonneveld {place}\n".encode() for place, kept in enumerate(NAMES.values())}
    delivery = begun()
    system = System("bom")
    for name, kept in NAMES.items():
        if way == "pieces":
            _sent_in_pieces(steward, delivery.pk, name, content[kept])
        elif "/" not in name:  # which an address takes apart
            system.ask("PUT", f"/deliveries/{delivery.pk}/files/{quote(name)}", content[kept])
        else:
            status, problem = system.ask("PUT", f"/deliveries/{delivery.pk}/files/{quote(name)}", content[kept])
            assert (status, bool(problem["detail"])) == (404, True)
            _sent_in_pieces(steward, delivery.pk, name, content[kept])
    delivery = checked(steward, delivery.pk)
    assert_as_sent(steward, delivery, content)
    with acts("bom"):
        assert set(delivery.read_tables.values_list("file", flat=True)) == set(NAMES.values()) - {"relaties.exe"}
    assert [one.check_id for one in findings(delivery) if one.file == "relaties.exe"] == ["file.unknown-form"]
    shown = page(steward, f"/aanleveringen/{delivery.pk}/")
    assert "=HYPERLINK(1;2).csv" in shown


def test_names_that_are_formulas_stay_text_in_whatever_is_taken_along(tmp_path):
    tables = {f"={name}.csv": text.encode() for name, text in TABLES.items()}
    confirm_mapping(actor=actor_for("bom"), text=MAPPING.format(agency="bom").replace('table = "', 'table = "='))
    system, delivery = by_api(tables)
    assert system.ask("POST", f"/deliveries/{delivery}/acceptance", {})[0] == 202
    system.work(accept, delivery)
    system.work(after_acceptance, delivery)
    steward = signed_in("bom", "steward")
    lines = steward.get(f"/aanleveringen/{delivery}/ontvangst.csv").getvalue().decode()
    assert "'=relaties" in lines
    assert not re.search(r'(^|[;"])=', lines, re.MULTILINE)
    taken = tmp_path / "ontvangst.xlsx"
    taken.write_bytes(steward.get(f"/aanleveringen/{delivery}/ontvangst.xlsx").getvalue())
    with zipfile.ZipFile(taken) as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_two_files_of_one_name_are_both_kept_in_a_form_and_replaced_by_the_api():
    steward, delivery = signed_in("bom", "steward"), begun()
    twice = [SimpleUploadedFile("relaties.csv", b"a;b\n1;2\n"), SimpleUploadedFile("relaties.csv", b"a;b\n3;4\n")]
    steward.post(f"/aanleveringen/{delivery.pk}/toevoegen/", {"files": twice})
    assert_as_sent(
        steward, checked(steward, delivery.pk), {"relaties.csv": b"a;b\n1;2\n", "relaties (2).csv": b"a;b\n3;4\n"}
    )
    system = System("oost-nl")
    other = system.begin(YEAR)
    for content in (b"a;b\n1;2\n", b"a;b\n3;4\n"):
        assert system.ask("PUT", f"/deliveries/{other}/files/relaties.csv", content)[0] == 201
    assert [one["size"] for one in system.ask("GET", f"/deliveries/{other}")[1]["files"]] == [8]


def test_a_file_that_is_taken_out_while_it_is_sent_is_told_to_its_sender():
    anna, bas = signed_in("bom", "steward", name="anna"), signed_in("bom", "steward", name="bas")
    delivery = begun()
    said = f"filename {base64.b64encode(b'groot.csv').decode()}"
    headers = TUS | {"Upload-Length": "8", "Upload-Metadata": said}
    url = anna.post(f"/aanleveringen/{delivery.pk}/bestanden/", content_type="", headers=headers).headers["Location"]
    refused = page(bas, bas.post(f"/aanleveringen/{delivery.pk}/klaar/").headers["Location"])
    assert "groot.csv is nog niet helemaal verstuurd" in refused
    assert bas.post(f"{url}weg/").status_code == 302
    answer = anna.generic(
        "PATCH",
        url,
        b"a;b\n",
        content_type="application/offset+octet-stream",
        headers=TUS | {"Upload-Offset": "0"},
    )
    assert answer.status_code == 404
    assert "kies het bestand opnieuw" in answer.json()["detail"]


def test_no_file_at_all_is_told_on_every_way():
    steward, delivery = signed_in("bom", "steward"), begun()
    for path in ("toevoegen", "klaar"):
        answer = steward.post(f"/aanleveringen/{delivery.pk}/{path}/", follow=True)
        assert 'role="alert"' in answer.content.decode() or "bestand" in str(list(answer.context["messages"]))
    assert page(steward, f"/aanleveringen/{delivery.pk}/")
    system = System("bom")
    status, problem = system.ask("POST", f"/deliveries/{system.begin(YEAR)}/submission")
    assert status == 409
    assert problem["detail"]


def test_more_files_than_are_taken_at_once_are_told_and_nothing_is_kept():
    steward = signed_in("bom", "steward")
    delivery = begun()
    many = [SimpleUploadedFile(f"{number}.csv", b"a;b\n1;2\n") for number in range(501)]
    answer = steward.post(f"/aanleveringen/{delivery.pk}/toevoegen/", {"files": many})
    assert answer.status_code == 413
    said = answer.content.decode()
    assert "hoogstens 500 bestanden" in said
    assert "At most 500 files" in said
    with acts("bom"):
        assert not DeliveredFile.objects.exists()


def test_more_files_than_are_read_of_one_delivery_are_told_and_all_are_kept(monkeypatch):
    monkeypatch.setattr(delivering, "read", functools.partial(read, limits=Limits(files=3)))
    files = {f"{number}.csv": f"a;b\n{number};2\n".encode() for number in range(4)}
    steward = signed_in("bom", "steward")
    delivery = checked(steward, in_a_form(steward, files))
    assert delivery.state == DeliveryState.FAILED
    (one,) = findings(delivery)
    assert one.check_id == "file.too-many"
    assert_pages(steward, delivery, [one])
    assert_as_sent(steward, delivery, files)


@pytest.mark.parametrize("year", ["", "abc", "1999", "2101", "99999", "-1", "2023.5", "１２３４", "9" * 40])
def test_a_year_that_is_none_is_told_on_every_way_and_begins_nothing(year):
    steward, system = signed_in("bom", "steward"), System("bom")
    form = {"period": year, "whole": "all", "files": [SimpleUploadedFile("a.csv", b"a;b\n1;2\n")]}
    answer = steward.post("/aanleveringen/nieuw/", form)
    assert answer.status_code == 422
    assert "period" in answer.context["form"].errors
    script = steward.post("/aanleveringen/nieuw/", form | {"files": []}, headers={"accept": "application/json"})
    assert (script.status_code, bool(script.json()["detail"])) == (422, True)
    for said in {year, int(year) if year.isascii() and year.lstrip("-").isdigit() else year}:
        status, problem = system.ask("POST", "/deliveries", {"year": said})
        assert (status, "year" in problem["detail"]) == (400, True)
    with acts("bom"):
        assert not Delivery.objects.exists()


@pytest.mark.parametrize("year", ["1999", "99999", "-5"])
def test_a_year_that_is_none_is_told_on_the_command_line(tmp_path, year):
    with pytest.raises(CommandError, match="2000"):
        call_command("deliver", "--", "bom", year, str(write(tmp_path / "d")))
