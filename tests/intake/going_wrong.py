"""What stories of things that go wrong around a delivery have in common."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from html import unescape

from django.test import Client

from schakel.documents.queries import content_of
from schakel.intake import actions
from schakel.intake.models import DeliveredFile, Delivery, Origin
from schakel.network.queries import party
from schakel.sharing.roles import WORKER, database_role
from tests.making import actor_for, acts

YEAR = 2023
CONTENT = b"Nr;Naam\nR1;Zonneveld Energie B.V.\n"


def begun() -> Delivery:
    """A delivery of BOM that is being sent."""
    return actions.begin_delivery(actor=actor_for("bom"), period=YEAR, origin=Origin.SCREEN)


def work(job: Callable[..., None], delivery: int) -> None:
    """What the worker does when its turn comes."""
    with database_role(WORKER):
        job(delivery_id=delivery, party=party("bom").pk, person=None)


def said(client: Client, path: str, language: str = "nl") -> str:
    """What a page says."""
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def kept(name: str) -> bytes:
    """What is kept of a file of BOM."""
    with acts("bom"):
        return content_of(DeliveredFile.objects.select_related("stored").get(name=name).stored)


def no_space(*_given: object, **_named: object) -> None:
    """What fails as writing to a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
