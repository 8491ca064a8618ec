"""From where something was done: marked in its line, kept apart from it, and forgotten without breaking the chain."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.cli.commands.check import sealed
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.actions import forget_origins, note, seal
from schakel.trail.exporting import sealed_lines, verify
from schakel.trail.jobs import forget_addresses
from schakel.trail.models import Entry, Origin, Seal
from schakel.trail.queries import first_broken_seal
from schakel.trail.whence import Channel, coming_from, marked, whence
from tests.making import actor_for, acts, as_owner

pytestmark = pytest.mark.django_db

# What a line was before it said from where; how its seal was reckoned then is written out here once more.
_OLD = """
SELECT jsonb_build_object('id', id, 'at', at, 'owner_id', owner_id, 'person_id', person_id, 'process', process,
    'verb', verb, 'kind', kind, 'objects_ids', objects_ids, 'reason', reason, 'detail', detail)::text
FROM trail_entry WHERE id = %s
"""


def written(address: str = "192.0.2.77", **said) -> Entry:
    """A line of BOM that came by a page from an address, sealed."""
    with acts("bom"), coming_from(Channel.PAGE, address):
        note(actor=actor_for("bom"), verb="withdrew", kind="project", objects=[1], **said)
        line = Entry.objects.latest("pk")
    seal()
    return line


def altered(statement: str, line: Entry) -> None:
    """As nobody but the owner of the database could."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE trail_entry SET {statement} WHERE id = %s", [line.pk])


@given(address=st.ip_addresses().map(str))
def test_a_mark_follows_from_the_address_and_its_salt_and_no_two_are_alike(address):
    one, other = marked(address), marked(address)
    assert one.mark == hashlib.sha256(one.salt + address.encode()).hexdigest()
    assert one.mark != other.mark


def test_what_is_done_in_a_request_says_so_and_what_follows_it_does_not():
    with coming_from(Channel.API, "192.0.2.1") as place:
        assert whence() is place
    assert (whence().channel, whence().address) == (Channel.COMMAND, "")


def test_a_background_process_says_that_it_is_one(settings):
    settings.DATABASE_ROLE = "worker"
    assert whence().channel == Channel.JOB


def test_the_address_is_not_in_the_line_but_beside_it():
    line = written()
    assert "192.0.2.77" not in str(line.__dict__)
    with acts("bom"):
        kept = Origin.objects.get(mark=line.origin)
        assert (kept.address, line.channel) == ("192.0.2.77", "page")


@pytest.mark.parametrize(
    "statement", ["channel = 'api'", "origin = ''", "concerns_id = 3", "under = 'mandate 1'", "form = 1", "form = 3"]
)
def test_from_where_is_sealed_and_whatever_is_altered_of_it_shows(statement):
    line = written()
    assert first_broken_seal() is None
    altered(statement, line)
    assert first_broken_seal() == Seal.objects.get(entry_id=line.pk).pk


def test_a_line_of_before_is_sealed_and_verified_as_it_was_then():
    with acts("bom"):
        note(actor=actor_for("bom"), verb="accepted", kind="delivery", objects=[7, 8], reason="jaareinde", rows=12)
        line = Entry.objects.latest("pk")
    altered("form = 1, channel = ''", line)
    seal()
    made = Seal.objects.get(entry_id=line.pk)
    before = Seal.objects.filter(pk__lt=made.pk).order_by("-pk").values_list("digest", flat=True).first()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'UTC'")
        cursor.execute(_OLD, [line.pk])
        text = cursor.fetchone()[0]
    assert bytes(made.digest) == hashlib.sha256(bytes(before or b"") + text.encode()).digest()
    written()
    assert first_broken_seal() is None
    with as_owner():
        assert verify(sealed_lines(transaction.atomic)).broken is None
    altered("form = 2", line)
    assert first_broken_seal() == made.pk


def test_addresses_are_forgotten_when_their_days_are_over_and_the_chain_stays_whole(settings):
    old, fresh = written("192.0.2.1"), written("192.0.2.2")
    long_ago = timezone.now() - dt.timedelta(days=settings.TRAIL_ADDRESS_DAYS, hours=1)
    with as_owner():
        Origin.objects.filter(mark=old.origin).update(at=long_ago)
    with database_role(WORKER):
        forget_addresses(timestamp=0)
        forget_addresses(timestamp=0)  # nothing is left to forget, and nothing is said
    with as_owner():
        assert set(Origin.objects.values_list("mark", flat=True)) == {fresh.origin}
        assert [line.detail for line in Entry.objects.filter(verb="forgot addresses")] == [{"addresses": 1}]
    assert first_broken_seal() is None


def test_nobody_forgets_everything_by_mistake_and_no_page_forgets_anything():
    written()
    with pytest.raises(ValueError, match="before when"):
        forget_origins()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        forget_origins(before=timezone.now())


def test_the_check_names_the_line_of_an_address_that_is_another():
    line = written()
    with as_owner():
        connection.ensure_connection()
        assert [said for said in sealed(connection.connection) if "broken" in said] == []
        Origin.objects.filter(mark=line.origin).update(address="192.0.2.78")
        (said,) = [said for said in sealed(connection.connection) if "broken" in said]
    assert f"the address of line {line.pk} is not the one that was sealed" in said
