"""Two come at the same moment: one is first, and nothing is done twice."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from schakel.intake.jobs import accept
from schakel.intake.models import Delivery
from schakel.invest.models import Investment
from schakel.network.actions import load_network
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.models import Token
from schakel.sharing.roles import WORKER
from schakel.sharing.tokens import bearer_of, make_token, mark_used
from schakel.trail.actors import Actor
from schakel.trail.models import Entry
from tests.conftest import make_database, superuser
from tests.intake.breaking import Meeting
from tests.intake.delivering import write
from tests.intake.people import signed_in
from tests.intake.test_differing import compare
from tests.making import actor_for, acts, as_owner

pytestmark = pytest.mark.django_db


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
    _network()
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


def test_systems_with_one_key_do_not_wait_for_each_other_on_the_first_day_that_it_is_used(meeting):
    meeting.run(_network, role="")
    key = meeting.run(_key)
    assert meeting.run(_used_by_two, meeting, key) == timezone.localdate()


def _network() -> None:
    with as_owner():
        load_network(actor=Actor(party=None, process="set-up"))


def _key() -> str:
    return make_token(actor=actor_for("bom"), name="CRM", scopes=["read"])[1]


def _used_by_two(meeting: Meeting, key: str) -> dt.date | None:
    """One system is in the middle of a long request when another comes; the day on which the key was used."""
    bearer = bearer_of(key)
    with acting(bearer.actor):
        mark_used(bearer)
        assert meeting.begin(_asked, key).result(timeout=20) == 200
    with acting(bearer.actor):
        return Token.objects.get(pk=bearer.token).used_on


def _asked(key: str) -> int:
    return Client().get("/api/v1/deliveries", headers={"authorization": f"Bearer {key}"}).status_code
