"""What was handed to somebody to mend does not leave with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.inbox.models import Item
from schakel.intake.actions import hand
from schakel.intake.models import Caretaker, Delivery, DeliveryFinding, Handing
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.people.leaving import leave
from tests.intake.mending import caretaker, faulty, person, reader, steward
from tests.making import acts
from tests.sharing.people.characters import administrator, of

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    """A delivery of which Ruben mends one kind of fault, and Carla takes care of the projects."""
    sent = faulty(tmp_path)
    caretaker("project")
    with acts("bom"):
        check = DeliveryFinding.objects.filter(delivery=sent).order_by("pk").first().check_id
    hand(actor=steward(), delivery=sent, check_id=check, person=reader().person or 0)
    return sent


def goes(who: str, to: int | None) -> dict[str, int]:
    left = leave(actor=of(administrator()), person=person(reader(name=who)), at=party("bom"), to=to)
    return {lies.name.en: lies.count for lies in left.handed}


def test_findings_go_to_the_colleague_with_their_work_in_the_inbox(delivery):
    other = reader(name="rosa")
    assert goes("ruben", other.person) == {"work in the inbox": 1, "findings to mend": 1}
    with acting(other):
        handing = Handing.objects.get(settled_at=None)
        assert (handing.person_id, handing.delivery_id) == (other.person, delivery.pk)
        item = Item.objects.get(key__startswith="intake:findings")
        assert (item.person_id, item.done_at, item.role) == (other.person, None, "")


def test_back_to_the_role_the_steward_mends_as_before_it_was_handed(delivery):
    assert goes("ruben", None) == {"work in the inbox": 1, "findings to mend": 1}
    with acting(steward()):
        assert not Handing.objects.filter(settled_at=None).exists()
        assert Item.objects.get(key__startswith="intake:findings").done_at is not None
        assert DeliveryFinding.objects.filter(delivery=delivery, waived=False).exists()


def test_the_care_for_a_kind_goes_to_the_colleague(delivery):
    other = reader(name="rosa")
    assert goes("carla", other.person) == {"kinds of records in their care": 1}
    with acting(other):
        assert Caretaker.objects.get().person_id == other.person


def test_or_back_to_the_steward(delivery):
    assert goes("carla", None) == {"kinds of records in their care": 1}
    with acting(steward()):
        assert not Caretaker.objects.exists()
