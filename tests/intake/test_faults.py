"""What goes wrong around a delivery: each says what to do, and nothing is lost."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from schakel.documents.models import StoredFile
from schakel.documents.queries import content_of
from schakel.inbox import jobs as inbox_jobs
from schakel.inbox.models import Item, Letter
from schakel.intake import actions, delivering
from schakel.intake.jobs import accept, after_acceptance, examine
from schakel.intake.models import DeliveredFile, Delivery, DeliveryState, Origin
from schakel.intake.reading import Limits
from schakel.intake.reading.process import read_files
from schakel.intake.sources.declared import Source
from schakel.intake.sources.looking import look
from schakel.invest.models import Investment
from schakel.network.actions import load_network
from schakel.network.queries import party
from schakel.register.models import Organisation
from schakel.sharing.roles import WORKER, database_role
from schakel.sharing.tokens import withdraw_token
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from schakel.web.no_room import no_room
from tests.api.system import System, send_files
from tests.conftest import make_database, superuser
from tests.inbox.mailbox import Post, post_office
from tests.intake.breaking import Meeting, breakable, full
from tests.intake.collecting import of, opened
from tests.intake.delivering import MAPPING, TABLES, write
from tests.intake.people import signed_in
from tests.intake.test_differing import compare, held
from tests.intake.test_sources import AT_ONCE
from tests.intake.test_uploading import create, head, patch
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
YEAR = 2023
CONTENT = b"Nr;Naam\nR1;Zonneveld Energie B.V.\n"


def begun() -> Delivery:
    return actions.begin_delivery(actor=actor_for("bom"), period=YEAR, origin=Origin.SCREEN)


def work(job: Callable[..., None], delivery: int) -> None:
    """What the worker does when its turn comes."""
    with database_role(WORKER):
        job(delivery_id=delivery, party=party("bom").pk, person=None)


def said(client: Client, path: str, language: str = "nl") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def kept(name: str) -> bytes:
    with acts("bom"):
        return content_of(DeliveredFile.objects.select_related("stored").get(name=name).stored)


# Two people accept at once.


@pytest.fixture(scope="module")
def meeting(django_db_setup: None, database_name: str) -> Iterator[Meeting]:
    """A database of this module alone, in which people meet."""
    name = f"{database_name}_faults"
    make_database(name)
    made = Meeting(name)
    yield made
    made.end()
    with superuser() as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _ready(folder: Path) -> tuple[int, Client, Client]:
    load_network(actor=Actor(party=None, process="set-up"))
    delivery = compare("bom", write(folder))
    return delivery.pk, signed_in("bom", "steward", name="anne"), signed_in("bom", "steward", name="bas")


def _held_back(delivery: int, begin: Callable[[], list[object]]) -> list[object]:
    """Whatever ``begin`` begins comes to wait for this delivery, all of it before any may go on."""
    with acts("bom"):
        Delivery.objects.select_for_update().get(pk=delivery)
        begun = begin()
        _until_waiting(len(begun))
    return begun


def _until_waiting(count: int) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _ in range(1_500):
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0] >= count:
                return
            time.sleep(0.02)
    raise AssertionError(f"fewer than {count} came to wait")


def test_of_two_who_accept_at_the_same_moment_one_does_and_the_other_is_told_who(meeting, tmp_path):
    delivery, anne, bas = meeting.run(_ready, tmp_path / "d", role="")
    url = f"/aanleveringen/{delivery}/accepteren/"

    def press() -> list[object]:
        return [meeting.begin(lambda one: one.post(url, follow=True), one) for one in (anne, bas)]

    answers = [one.result(timeout=60) for one in meeting.run(_held_back, delivery, press, role="")]
    pages = [answer.content.decode() for answer in answers]
    told = [page for page in pages if "deze aanlevering al aan het accepteren" in page]
    assert len(told) == 1
    assert ("Anne is deze aanlevering" in told[0]) is (told[0] is pages[1])
    assert ("Bas is deze aanlevering" in told[0]) is (told[0] is pages[0])
    together = [meeting.begin(_accept_now, delivery, role=WORKER) for _ in range(2)]
    for one in together:
        one.result(timeout=60)
    assert meeting.run(_counted, delivery) == {"jobs": 1, "investments": 1, "acceptances": 1}


def _accept_now(delivery: int) -> None:
    accept(delivery_id=delivery, party=party("bom").pk, person=None)


def _counted(delivery: int) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'intake.accept'")
        jobs = cursor.fetchone()[0]
    with acts("bom"):
        accepted = Entry.objects.filter(verb="accepted", kind="delivery", objects_ids__contains=[delivery])
        return {"jobs": jobs, "investments": Investment.objects.count(), "acceptances": accepted.count()}


# A delivery for a closed year.


def _close() -> None:
    opened(YEAR)
    actions.close_year(actor=of("rom-nederland"), period=YEAR)


def _reopen() -> None:
    actions.reopen_year(actor=of("rom-nederland"), period=YEAR)


def test_on_the_pages_a_closed_year_is_refused_at_each_step_and_goes_on_when_it_is_opened(tmp_path):
    steward = signed_in("bom", "steward")
    sending, ready = begun(), compare("bom", write(tmp_path / "d"))
    url = create(steward, sending, "nieuw.csv", len(CONTENT)).headers["Location"]
    _close()
    answer = steward.post(
        "/aanleveringen/nieuw/", {"period": YEAR, "whole": "all", "files": [SimpleUploadedFile("a.csv", CONTENT)]}
    )
    assert answer.status_code == 422
    assert patch(steward, url, 0, CONTENT).status_code == 204  # what is on its way is not thrown away
    for delivery, act in ((sending, "klaar"), (ready, "accepteren")):
        page = steward.post(f"/aanleveringen/{delivery.pk}/{act}/", follow=True).content.decode()
        assert "Vraag ROM-Nederland" in page, act
        english = steward.post(f"/aanleveringen/{delivery.pk}/{act}/", follow=True, headers={"accept-language": "en"})
        assert "Ask ROM-Nederland" in english.content.decode(), act
    assert held("bom", sending.pk).state == DeliveryState.UPLOADING
    assert held("bom", ready.pk).state == DeliveryState.CHECKED
    assert kept("nieuw.csv") == CONTENT
    _reopen()
    for delivery, act in ((sending, "klaar"), (ready, "accepteren")):
        steward.post(f"/aanleveringen/{delivery.pk}/{act}/")
    assert held("bom", sending.pk).state == DeliveryState.RECEIVED
    assert held("bom", ready.pk).state == DeliveryState.ACCEPTING


def test_by_the_api_a_closed_year_is_a_problem_that_says_whom_to_ask():
    system = System()
    ready = send_files(system)
    sending = system.begin(YEAR)
    _close()
    assert system.ask("PUT", f"/deliveries/{sending}/files/relaties.csv", CONTENT)[0] == 201
    for path, body in (
        ("/deliveries", {"year": YEAR}),
        (f"/deliveries/{sending}/submission", None),
        (f"/deliveries/{ready}/acceptance", {}),
    ):
        status, problem = system.ask("POST", path, body)
        assert (status, problem["status"], "Ask ROM-Nederland" in problem["detail"]) == (409, 409, True), path
    _reopen()
    assert system.ask("POST", f"/deliveries/{sending}/submission")[0] == 202
    assert system.ask("POST", f"/deliveries/{ready}/acceptance", {})[0] == 202


def test_on_the_command_line_a_closed_year_is_refused_with_whom_to_ask(tmp_path):
    _close()
    mapping = tmp_path / "bom.toml"
    mapping.write_text(MAPPING.format(agency="bom"))
    with pytest.raises(CommandError, match="ROM-Nederland"):
        call_command("deliver", "bom", str(YEAR), str(write(tmp_path / "d")), "--mapping", str(mapping))
    with acts("bom"):
        assert not Delivery.objects.exists()


def test_files_in_a_watched_folder_wait_for_a_closed_year_and_a_steward_hears_whom_to_ask(tmp_path):
    (tmp_path / "bom").mkdir()
    write(tmp_path / "bom" / str(YEAR))
    source = Source(agency="bom", folder=str(tmp_path / "bom"))
    _close()
    for _ in range(2):
        with database_role(WORKER):
            assert look([source], quiet=AT_ONCE) == []
    with acts("bom"):
        item = Item.objects.get(key__startswith="source/", done_at=None)
    assert "Vraag ROM-Nederland" in item.body_nl
    assert "Ask ROM-Nederland" in item.body_en
    assert signed_in("bom", "steward").get(item.url).status_code == 200
    _reopen()
    with database_role(WORKER):
        (taken,) = look([source], quiet=AT_ONCE)
    with acts("bom"):
        assert taken.files.count() == len(TABLES)
        assert not Item.objects.filter(key__startswith="source/", done_at=None).exists()


# A key that was withdrawn.


def test_with_a_withdrawn_key_a_delivery_stops_and_with_a_new_one_it_goes_on():
    system = System()
    delivery = system.begin(YEAR)
    assert system.ask("PUT", f"/deliveries/{delivery}/files/een.csv", CONTENT)[0] == 201
    withdraw_token(actor=actor_for("bom"), token_id=system.token.pk)
    for method, path, body in (
        ("PUT", f"/deliveries/{delivery}/files/twee.csv", CONTENT),
        ("POST", f"/deliveries/{delivery}/submission", None),
        ("DELETE", f"/deliveries/{delivery}", None),
        ("POST", "/deliveries", {"year": YEAR}),
    ):
        status, problem = system.ask(method, path, body)
        assert (status, problem["status"]) == (401, 401)
        assert "ask your data steward for a new one" in problem["detail"]
    assert kept("een.csv") == CONTENT
    new = System()
    assert new.ask("PUT", f"/deliveries/{delivery}/files/twee.csv", CONTENT)[0] == 201
    assert new.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202
    _status, told = new.ask("GET", f"/deliveries/{delivery}")
    assert [one["name"] for one in told["files"]] == ["een.csv", "twee.csv"]


# Mail that cannot be sent.


@pytest.fixture
def post(settings) -> Iterator[Post]:
    """The mail server that Schakel sends to."""
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield office


def test_while_mail_cannot_be_sent_all_goes_through_and_the_letter_waits_to_be_seen(post, tmp_path):
    anne, bas = signed_in("bom", "steward", name="anne"), signed_in("bom", "steward", name="bas")
    delivery = compare("bom", write(tmp_path / "d"))
    post.leave()
    answer = anne.post(f"/aanleveringen/{delivery.pk}/gesprek/", {"remark-text": "Kijk jij hier even naar, @Bas?"})
    assert answer.status_code == 302, answer.context["remark_form"].errors
    anne.post(f"/aanleveringen/{delivery.pk}/accepteren/")
    work(accept, delivery.pk)
    work(after_acceptance, delivery.pk)
    with database_role(WORKER):
        inbox_jobs.send_what_is_due(timestamp=0)
    assert held("bom", delivery.pk).state == DeliveryState.ACCEPTED
    with acts("bom"):
        (letter,) = Letter.objects.filter(address="bas@bom.example")
        assert (letter.state, letter.attempts) == ("waiting", 1)
        Letter.objects.update(next_try_at=letter.made_at)
    assert f"noemt u bij aanlevering {delivery.pk}" in said(bas, "/inbox/?show=told")
    assert "wordt vanzelf opnieuw geprobeerd" in said(bas, "/inbox/")
    assert "is tried again by itself" in said(bas, "/inbox/", "en")
    post.open()
    with database_role(WORKER):
        inbox_jobs.send_what_is_due(timestamp=0)
    assert len(post.subjects("bas@bom.example")) == 1
    assert "wordt vanzelf opnieuw geprobeerd" not in said(bas, "/inbox/")


# A disk that is full.


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
        broken.setattr(handler, _no_space)
        answer = steward.post(f"/aanleveringen/{delivery.pk}/toevoegen/", {"files": [large]})
    assert_no_room(answer)


def assert_no_room(answer) -> None:
    assert answer.status_code == 507
    page = answer.content.decode()
    assert "De schijf van de server is vol" in page
    assert "Meld het aan de beheerder" in page
    assert "The disk of the server is full" in page


def _no_space(*_given: object, **_named: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


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


@pytest.mark.parametrize("table", ["intake_readtable", "intake_deliveryfinding"])
def test_a_full_disk_while_files_are_checked_is_told_and_trying_again_works(table):
    breakable("intake_readtable", "intake_deliveryfinding")
    steward, system = signed_in("bom", "steward"), System()
    delivery = _sent(system)
    with full(table):
        work(examine, delivery)
    assert_stopped_for_room(steward, delivery)
    _status, told = system.ask("GET", f"/deliveries/{delivery}")
    assert (told["working"], "Tell the administrator" in told["problem"]) == (False, True)
    steward.post(f"/aanleveringen/{delivery}/opnieuw/")
    work(examine, delivery)
    assert_as_if_nothing_happened(delivery)


def test_a_full_disk_where_files_are_laid_out_to_be_read_is_told_and_can_be_tried_again_by_the_api(monkeypatch):
    steward, system = signed_in("bom", "steward"), System()
    delivery = _sent(system)
    with monkeypatch.context() as broken:
        broken.setattr(delivering, "write_to", _no_space)
        work(examine, delivery)
    assert_stopped_for_room(steward, delivery)
    status, told = system.ask("POST", f"/deliveries/{delivery}/submission")
    assert (status, told["working"], told["problem"]) == (202, True, "")
    work(examine, delivery)
    assert_as_if_nothing_happened(delivery)


def test_a_full_disk_while_rows_become_records_is_told_and_writes_none_by_halves():
    breakable("register_organisation", "invest_investment")
    steward, system = signed_in("bom", "steward"), System()
    delivery = _sent(system)
    work(examine, delivery)
    assert system.ask("POST", f"/deliveries/{delivery}/acceptance", {"withoutFaultyRows": True})[0] == 202
    with full("invest_investment"), pytest.raises(Exception, match="No space left"):
        work(accept, delivery)
    with acts("bom"):
        assert not Organisation.objects.exists()
    assert_stopped_for_room(steward, delivery)
    status, told = system.ask("POST", f"/deliveries/{delivery}/acceptance", {"withoutFaultyRows": True})
    assert (status, told["working"], told["problem"]) == (202, True, "")
    work(accept, delivery)
    assert held("bom", delivery).state == DeliveryState.ACCEPTED
    with acts("bom"):
        assert Investment.objects.count() == 1


def test_where_not_even_the_fault_can_be_kept_the_work_is_done_by_the_next_try(caplog):
    breakable("intake_readtable", "intake_delivery")
    system = System()
    delivery = _sent(system)
    with full("intake_readtable", "intake_delivery"):
        work(examine, delivery)  # the database takes the next try, or the supervisor finds this one left behind
    assert held("bom", delivery).progress == {"step": "waiting"}
    work(examine, delivery)
    assert_as_if_nothing_happened(delivery)


def _sent(system: System) -> int:
    actions.confirm_mapping(actor=actor_for("bom"), text=MAPPING.format(agency="bom"))
    delivery = system.begin(YEAR)
    tables = TABLES | {"projecten": TABLES["projecten"] + "P2;Slimme kas;01-05-2023;-5,00;R9;\n"}
    for name, text in tables.items():
        assert system.ask("PUT", f"/deliveries/{delivery}/files/{name}.csv", text.encode())[0] == 201
    assert system.ask("POST", f"/deliveries/{delivery}/submission")[0] == 202
    return delivery


def assert_stopped_for_room(steward: Client, delivery: int) -> None:
    url = f"/aanleveringen/{delivery}/"
    assert "Meld het aan de beheerder, en kies “Opnieuw proberen”" in said(steward, url)
    assert "Tell the administrator, and choose “Try again”" in said(steward, url, "en")
    assert f"{url}opnieuw/" in said(steward, url)


def assert_as_if_nothing_happened(delivery: int) -> None:
    found = held("bom", delivery)
    assert (found.state, found.progress) == (DeliveryState.CHECKED, {})
    with acts("bom"):
        assert found.read_tables.count() == len(TABLES)
        assert found.findings.filter(severity="error").exists()


@pytest.mark.parametrize("written", ["0-0.cells", "0.json"])
def test_a_reader_that_finds_the_disk_full_blames_no_file_for_it(tmp_path, written):
    file, folder = tmp_path / "relaties.csv", tmp_path / "job"
    file.write_bytes(CONTENT)
    folder.mkdir()
    (folder / written).symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as raised:
        read_files([file], Limits(), folder)
    assert no_room(raised.value)


# What is not there, and what is not for who asks.


@pytest.mark.parametrize("path", ["", "bevindingen/", "koppeling/", "verschil/", "werkboek/", "gesprek/"])
def test_a_delivery_that_is_not_there_or_anothers_says_what_to_check(path):
    delivery = begun()
    for client, number in ((signed_in("oost-nl", "steward"), delivery.pk), (signed_in("bom", "steward"), 10**9)):
        answer = client.get(f"/aanleveringen/{number}/{path}")
        assert answer.status_code == 404
        assert "Controleer het adres" in answer.content.decode()


def test_who_only_reads_is_told_who_may():
    delivery = begun()
    reader = signed_in("bom", "reader")
    for act in ("klaar", "toevoegen", "weggooien", "accepteren"):
        answer = reader.post(f"/aanleveringen/{delivery.pk}/{act}/")
        assert answer.status_code == 403
        assert "datasteward" in answer.content.decode()


def test_who_had_to_sign_in_again_while_sending_a_form_is_told_to_send_it_once_more():
    delivery = begun()
    path = f"/aanleveringen/{delivery.pk}/klaar/"
    assert Client().post(path).headers["Location"] == f"/aanmelden/?next={path}"
    answer = signed_in("bom", "steward").get(path)  # where signing in leads
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "verstuur het nog een keer" in answer.content.decode()


def test_a_method_that_an_address_does_not_take_is_a_problem_by_the_api():
    status, problem = System().ask("PATCH", "/deliveries", {})
    assert (status, problem["status"], "POST" in problem["detail"]) == (405, 405, True)


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v1/deliveries/999999999", "/api/v1/deliveries/x"])
def test_what_is_not_there_by_the_api_is_a_problem_too(path):
    status, problem = System().ask("GET", path.removeprefix("/api/v1"))
    assert (status, problem["status"]) == (404, 404)
    assert problem["detail"]


def test_a_page_of_records_that_is_too_large_says_what_to_do():
    system = System()
    delivery = system.begin(YEAR)
    body = {"kind": "organisation", "records": [{"number": "1", "name": "x" * (11 * 1024 * 1024)}]}
    status, problem = system.ask("POST", f"/deliveries/{delivery}/records", body)
    assert (status, "send fewer a page, or a file" in problem["detail"]) == (413, True)


def test_a_file_said_to_be_larger_than_is_taken_is_refused_before_it_comes():
    system = System()
    delivery = system.begin(YEAR)
    answer = system.client.generic(
        "PUT",
        f"/api/v1/deliveries/{delivery}/files/groot.csv",
        b"a",
        headers={"authorization": f"Bearer {system.key}", "accept-language": "en"},
        CONTENT_LENGTH=str(2**31),
    )
    assert answer.status_code in (413, 422)
    assert "split it" in answer.json()["detail"]
