"""Files in pieces: however they are cut, lost, repeated or sent out of order, the same bytes come out, or none."""

from __future__ import annotations

import base64
import hashlib
import io

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.documents import actions as documents
from schakel.documents.models import FilePart
from schakel.documents.queries import content_of
from schakel.intake import actions
from schakel.intake.models import DeliveredFile, Delivery, Origin
from tests.intake.people import signed_in
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


@pytest.fixture
def steward() -> Client:
    return signed_in("bom", "steward")


@pytest.fixture
def delivery() -> Delivery:
    return actions.begin_delivery(actor=actor_for("bom"), period=2023, origin=Origin.SCREEN)


def create(client: Client, delivery: Delivery, name: str, size: int, **headers: str):
    said = f"filename {base64.b64encode(name.encode()).decode()}"
    asked = TUS | {"Upload-Length": str(size), "Upload-Metadata": said} | headers
    return client.post(f"/aanleveringen/{delivery.pk}/bestanden/", content_type="", headers=asked)


def patch(client: Client, url: str, offset: int, content: bytes):
    return client.generic("PATCH", url, content, content_type=PIECE, headers=TUS | {"Upload-Offset": str(offset)})


def head(client: Client, url: str) -> int:
    answer = client.head(url, headers=TUS)
    assert answer.status_code == 200
    return int(answer.headers["Upload-Offset"])


def kept(slug: str, name: str) -> bytes:
    with acts(slug):
        return content_of(DeliveredFile.objects.select_related("stored").get(name=name).stored)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    content=st.binary(min_size=1, max_size=400),
    tries=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(1, 120), st.booleans()), max_size=15),
)
def test_any_pieces_in_any_order_end_in_the_same_bytes(steward, delivery, content, tries):
    url = create(steward, delivery, "blad.csv", len(content)).headers["Location"]
    here = 0
    for where, length, lost in tries:
        offset = min(int(where * len(content)), len(content) - 1)
        answer = patch(steward, url, offset, content[offset : offset + length])
        fits = offset == here and here < len(content)
        assert answer.status_code == (204 if fits else 409)
        here = min(len(content), here + length) if fits else here
        assert int(answer.headers["Upload-Offset"]) == here
        if lost:  # whoever missed the answer asks, as a browser that was started again does
            assert head(steward, url) == here
    while (here := head(steward, url)) < len(content):
        assert patch(steward, url, here, content[here : here + 150]).status_code == 204
    assert kept("bom", "blad.csv") == content
    with acts("bom"):
        stored = DeliveredFile.objects.get(name="blad.csv").stored
    assert stored.digest == hashlib.sha256(content).hexdigest()


def test_what_arrived_of_a_broken_piece_is_kept(steward, delivery):
    url = create(steward, delivery, "blad.csv", 3 * documents.PART).headers["Location"]
    whole = bytes(range(256)) * (3 * documents.PART // 256)
    assert patch(steward, url, 0, whole[: documents.PART + 5]).status_code == 204
    assert head(steward, url) == documents.PART + 5
    assert patch(steward, url, documents.PART + 5, whole[documents.PART + 5 :]).status_code == 204
    assert kept("bom", "blad.csv") == whole


class SlowBody(io.BytesIO):
    """A body on its way; notes how deep in transactions the server is while it waits for it."""

    def __init__(self, content: bytes, *, breaks: bool = False) -> None:
        super().__init__(content)
        self.depths: list[int] = []
        self.breaks = breaks

    def read(self, size: int | None = -1) -> bytes:
        self.depths.append(len(connection.savepoint_ids))
        got = super().read(size)
        if self.breaks and not got:
            raise OSError("connection reset by peer")
        return got


def slowly(client: Client, url: str, body: SlowBody, length: int):
    given = {"wsgi.input": body, "CONTENT_LENGTH": str(length), "CONTENT_TYPE": PIECE}
    return client.generic("PATCH", url, headers=TUS | {"Upload-Offset": "0"}, **given)


def test_nothing_is_held_while_a_piece_is_on_its_way(steward, delivery):
    url = create(steward, delivery, "blad.csv", 8).headers["Location"]
    body, outside = SlowBody(b"a;b\n1;2\n"), len(connection.savepoint_ids)
    assert slowly(steward, url, body, 8).status_code == 204
    assert set(body.depths) == {outside}
    assert kept("bom", "blad.csv") == b"a;b\n1;2\n"


def test_what_came_before_the_connection_broke_is_kept(steward, delivery):
    url = create(steward, delivery, "blad.csv", 8).headers["Location"]
    answer = slowly(steward, url, SlowBody(b"a;b\n", breaks=True), 8)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (400, "4")
    assert head(steward, url) == 4


def test_of_a_piece_larger_than_any_file_nothing_is_read(steward, delivery):
    url = create(steward, delivery, "blad.csv", 8).headers["Location"]
    body = SlowBody(b"a;b\n")
    assert slowly(steward, url, body, documents.LARGEST + 1).status_code == 413
    assert body.depths == []
    assert head(steward, url) == 0


def test_what_is_here_can_be_compared_before_one_goes_on(steward, delivery):
    url = create(steward, delivery, "blad.csv", 10).headers["Location"]
    patch(steward, url, 0, b"a;b\n")
    assert steward.get(url).json() == {"received": 4, "digest": hashlib.sha256(b"a;b\n").hexdigest()}


def test_the_server_says_what_it_can(steward, delivery):
    answer = steward.options(f"/aanleveringen/{delivery.pk}/bestanden/")
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination"
    assert answer.headers["Tus-Max-Size"] == str(documents.LARGEST)


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(steward, delivery):
    answer = create(steward, delivery, "groot.csv", documents.LARGEST + 1)
    assert answer.status_code == 413
    assert "1024 MB" in answer.json()["detail"]


@pytest.mark.parametrize(
    "headers", [{"Upload-Length": "veel"}, {"Upload-Metadata": ""}, {"Upload-Metadata": "filename !"}]
)
def test_a_file_without_size_or_name_is_refused(steward, delivery, headers):
    assert create(steward, delivery, "blad.csv", 4, **headers).status_code == 400


def test_a_piece_past_the_end_is_refused_and_changes_nothing(steward, delivery):
    url = create(steward, delivery, "blad.csv", 3).headers["Location"]
    assert patch(steward, url, 0, b"four").status_code == 413
    assert head(steward, url) == 0


def test_another_version_of_the_protocol_is_refused(steward, delivery):
    answer = create(steward, delivery, "blad.csv", 4, **{"Tus-Resumable": "0.2.2"})
    assert answer.status_code == 412


def test_a_file_taken_out_is_forgotten_with_its_pieces(steward, delivery):
    url = create(steward, delivery, "blad.csv", 10).headers["Location"]
    patch(steward, url, 0, b"half")
    assert steward.delete(url, headers=TUS).status_code == 204
    assert steward.head(url, headers=TUS).status_code == 404
    with acts("bom"):
        assert not FilePart.objects.exists()


def test_the_same_name_again_takes_the_place_of_what_was_half_sent(steward, delivery):
    old = create(steward, delivery, "blad.csv", 10).headers["Location"]
    patch(steward, old, 0, b"half")
    new = create(steward, delivery, "blad.csv", 4).headers["Location"]
    assert patch(steward, new, 0, b"heel").status_code == 204
    assert patch(steward, old, 4, b"rest").status_code == 404
    assert kept("bom", "blad.csv") == b"heel"
    with acts("bom"):
        assert FilePart.objects.count() == 1


def test_a_delivery_that_is_complete_takes_no_piece_and_no_file(steward, delivery):
    url = create(steward, delivery, "blad.csv", 4).headers["Location"]
    patch(steward, url, 0, b"a;b\n")
    actions.finish_delivery(actor=actor_for("bom"), delivery=delivery)
    assert patch(steward, url, 4, b"c").status_code == 409
    assert create(steward, delivery, "nog een.csv", 4).status_code == 409
    answer = steward.delete(url, headers=TUS)
    assert answer.status_code == 409
    assert "compl" in answer.json()["detail"]
    assert kept("bom", "blad.csv") == b"a;b\n"


@pytest.mark.parametrize("error", [OperationalError("could not extend file"), psycopg.errors.DiskFull("disk full")])
def test_a_full_disk_is_told_and_loses_nothing_that_was_sent(steward, delivery, monkeypatch, error):
    url = create(steward, delivery, "blad.csv", 8).headers["Location"]
    patch(steward, url, 0, b"a;b\n")
    with monkeypatch.context() as broken:
        broken.setattr(FilePart.objects.__class__, "create", _raising(error))
        answer = patch(steward, url, 4, b"1;2\n")
    assert answer.status_code == 507
    assert "ga later verder" in answer.json()["detail"]
    assert head(steward, url) == 4
    assert patch(steward, url, 4, b"1;2\n").status_code == 204
    assert kept("bom", "blad.csv") == b"a;b\n1;2\n"


def _raising(error: Exception):
    def create(*_given, **_named):
        raise error if isinstance(error, OperationalError) else OperationalError(str(error)) from error

    return create


def test_who_is_signed_out_meanwhile_loses_nothing(steward, delivery):
    url = create(steward, delivery, "blad.csv", 8).headers["Location"]
    patch(steward, url, 0, b"a;b\n")
    answer = patch(Client(headers={"accept-language": "nl"}), url, 4, b"1;2\n")
    assert answer.status_code == 401
    assert "Meld u aan" in answer.json()["detail"]
    assert head(steward, url) == 4


def test_a_reader_of_the_agency_may_not_send(delivery):
    reader = signed_in("bom", "reader")
    answer = create(reader, delivery, "blad.csv", 4)
    assert answer.status_code == 403
    with acts("bom"):
        assert not DeliveredFile.objects.exists()


@pytest.mark.parametrize(("slug", "role"), [("oost-nl", "steward"), ("rom-nederland", "secretary")])
def test_nobody_else_finds_the_delivery(steward, delivery, slug, role):
    url = create(steward, delivery, "blad.csv", 4).headers["Location"]
    other = signed_in(slug, role)
    assert create(other, delivery, "blad.csv", 4).status_code == 404
    assert other.head(url, headers=TUS).status_code == 404
    assert patch(other, url, 0, b"a;b\n").status_code == 404
    assert other.delete(url, headers=TUS).status_code == 404


def test_a_forged_request_of_another_site_is_refused(delivery):
    steward = signed_in("bom", "steward")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = steward.cookies
    assert create(strict, delivery, "blad.csv", 4).status_code == 403
    strict.get("/aanleveringen/nieuw/")
    token = strict.cookies["csrftoken"].value
    assert create(strict, delivery, "blad.csv", 4, **{"X-CSRFToken": token}).status_code == 201
