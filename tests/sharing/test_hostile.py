"""Every address asked by somebody who means harm: whatever stands in it, an answer comes, and no failure."""

from __future__ import annotations

import logging
import random
from collections import Counter
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from schakel.leaking.addresses import PARAMETER, Addresses, routes
from schakel.leaking.people import system
from schakel.leaking.rules import Network
from schakel.network.queries import party
from tests.examples import shown_by

from .leaking.crawling import viewer as viewer_of
from .leaking.worlds import enact, things
from .test_leaks_found import SAID

pytestmark = pytest.mark.django_db

TEXTS = (
    *("\x00", "²", "-1", "9" * 30, "é" * 300, "'\"<>", "a\nb", "../../etc/passwd", "%", "%00", "{{7*7}}", "${x}"),
    *("NaN", "1e400", "Infinity", "\ud7ff", "\u202e", "A" * 5000, "[]", "null", "0x10", "2023-02-30", "true", "", " "),
    *("1;DROP TABLE x", "() { :; }", "=1+1", "\U0001f600" * 50, "2147483648", "9223372036854775808", "1.5", "0"),
)
NUMBERS = ("0", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "9" * 30, "007")
SLUGS = ("x", "-", "_", "0", "a" * 3000, "organisation", "none")
NAMES = (
    *("page", "pageSize", "q", "soort", "jaar", "year", "van", "als", "next", "sort", "state", "kind", "file", "name"),
    *("role", "record", "person", "item", "told", "scopes", "days", "email", "code", "token", "id", "text", "since"),
    *("until", "parties", "purpose", "reason", "period", "clause-0-kind", "form-TOTAL_FORMS", "csrfmiddlewaretoken"),
)
METHODS = ("GET", "GET", "GET", "POST", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "STRANGE")
CONTENTS = (b"", b"{", b"[[[[", b"\x00\xff\xfe", b"PK\x03\x04junk", b"<?xml version='1.0'?><!DOCTYPE x>", b"a;b\n1;2\n")
TYPES = (
    *("application/json", "text/plain; charset=strange", "multipart/form-data", "multipart/form-data; boundary=\xe9"),
    *("application/offset+octet-stream", "application/x-www-form-urlencoded; charset=utf-16", "/", ""),
)
HEADERS = {
    "accept-language": ("nl;q=x", "*" * 400, "en-\x80", "xx,yy;q=9e9"),
    "cookie": ("sessionid=\x80; csrftoken=", "sessionid=" + "a" * 5000, "a" * 100, "django_language=../x"),
    "range": ("bytes=-1", "bytes=9-1", "x"),
    "if-none-match": ('"x', "*", "\x80"),
    "if-modified-since": ("x", "Mon, 99 Foo 0000 00:00:00 GMT"),
    "authorization": ("Bearer", "Bearer schakel_\xe9", "Basic !", "Bearer " + "x" * 5000),
    "x-forwarded-for": ("x", "1.2.3.4, ::g", "," * 100),
    "host": ("127.0.0.1:99999", "a b", "[::1", "evil.example"),
    "upload-offset": ("x", "-1", "9" * 30, "²"),
    "upload-length": ("x", "-1", "9" * 30),
    "upload-metadata": ("filename !", "filename " + "A" * 3000, "\x80"),
    "tus-resumable": ("1.0.0", "9", "x"),
    "referer": ("//evil.example", "\x80", "x" * 5000),
}
VIEWERS = ("bom", "rom-nederland", "")


@pytest.fixture(scope="module")
def network(around) -> Network:
    return enact(things(), SAID)


@pytest.fixture(scope="module")
def askers(network) -> list[Client]:
    """A steward, a secretary, nobody, a system with a key; their forms need no token here, so that views see them."""
    return [*(viewer_of(viewer).clients[""] for viewer in VIEWERS), system(party("bom").pk)]


def address(chance: random.Random, route: str, there: Addresses) -> str:
    """The route with what is there, or with what a stranger puts in its places, and strange questions behind it."""

    def filled(converter: str | None, name: str) -> str:
        if chance.random() < 0.6:
            return str(chance.choice(there.values(name, converter or "")))
        return quote(chance.choice({"int": NUMBERS, "slug": SLUGS}.get(converter or "", TEXTS)), safe="")

    path = PARAMETER.sub(lambda found: filled(found[1], found[2]), route)
    asked = {chance.choice(NAMES): chance.choice(TEXTS) for _each in range(chance.randrange(4))}
    return f"{path}?{urlencode(asked)}" if asked else path


def said(chance: random.Random) -> dict[str, object]:
    """What is sent along: a form with junk, files that are not what they say, or bytes of any type; and headers."""
    names = chance.sample(sorted(HEADERS), chance.randrange(3))
    headers = {name: chance.choice(HEADERS[name]) for name in names}
    way = chance.randrange(3)
    if way == 0:
        body = urlencode([(chance.choice(NAMES), chance.choice(TEXTS)) for _each in range(chance.randrange(12))])
        return {"data": body.encode(), "content_type": "application/x-www-form-urlencoded", "headers": headers}
    if way == 1:
        return {"data": chance.choice(CONTENTS), "content_type": chance.choice(TYPES), "headers": headers}
    file = SimpleUploadedFile(
        chance.choice(("x.xlsx", "../x.csv", "=1.ods", "a" * 300, "x.pdf")), chance.choice(CONTENTS)
    )
    return {"upload": {chance.choice(NAMES): chance.choice(TEXTS), chance.choice(("files", "file", "data")): file},
            "headers": headers}  # fmt: skip


def ask(client: Client, method: str, where: str, told: dict[str, object]) -> int:
    """The status of the answer, read to its end; nothing of it stays: who signed out by it, is signed in again."""
    kept = client.cookies.output(header="", sep=";")
    with transaction.atomic():
        if "upload" in told:
            answer = client.post(where, told["upload"], headers=told["headers"])
        else:
            answer = client.generic(method, where, **told)
        if answer.streaming:
            for _part in answer.streaming_content:
                pass
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(kept)
    return answer.status_code


def test_whatever_is_asked_is_answered(network, askers, caplog):
    there = Addresses(network)
    caplog.set_level(logging.CRITICAL)
    chance, failed, met = random.Random(2023), [], Counter[int]()
    for route in routes():
        for client in askers:
            for _each in range(shown_by(1, assured_by=8)):
                method, where, told = chance.choice(METHODS), address(chance, route, there), said(chance)
                status = ask(client, method, where, told)
                met[status] += 1
                if status >= 500 and status != 503:  # 503: what it asks does not run here
                    failed.append(f"{method} {where[:200]} {told!r:.300}: {status}")
    assert not failed, f"{len(failed)}\n" + "\n".join(failed[:20])
    assert {200, 302, 400, 403, 404, 405} <= set(met), met  # it comes through to views, and is refused in every way
    assert met[200] > len(routes()) // 4, met


def test_a_number_that_no_database_keeps_leads_nowhere(askers):
    assert askers[1].get(f"/cijfers/jaar/{2**31}/herziening/1/").status_code == 404
