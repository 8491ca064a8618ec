"""After a delivery: what its records are one with is told to their owner, and nothing of what another agency has."""

from __future__ import annotations

import datetime as dt

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from schakel.inbox.models import Item
from schakel.intake.models import Delivery
from schakel.register.actions import link
from schakel.register.actions.judging import judge
from schakel.register.jobs import link_all
from schakel.register.models import Anchor, Doubt, IdentityMember, Organisation
from schakel.register.reminding import remind_reviewers
from schakel.sharing.reviewing import end_review
from schakel.sharing.roles import LINKER, WORKER, database_role
from tests.intake.delivering import TABLES, send, write
from tests.intake.people import signed_in
from tests.making import actor_for, acts

from .reviewing import doubted, entry, known, own_pair, settle, shared_pair, steward, take_part

pytestmark = pytest.mark.django_db
OTHERS = "Zonneveld Energie Noord"


@pytest.fixture
def delivery(tmp_path) -> Delivery:
    """BOM has delivered two years, NOM knows one of its companies under another name, and all is joined."""
    published = entry(name="Zonneveld Energie B.V.", postcode="4818CL")
    relations = TABLES["relaties"].replace("Zonneveld Energie B.V.", OTHERS)
    send("nom", write(tmp_path / "nom", relaties=relations), period=2023)
    earlier = {name: text.replace("2023", "2022") for name, text in TABLES.items()}
    send("bom", write(tmp_path / "before", **earlier), period=2022)
    made = send("bom", write(tmp_path / "bom"), period=2023).delivery
    with database_role(LINKER):
        link()
        member = IdentityMember.objects.filter(owner__slug="bom", record_kind="organisation").order_by("record_id")[0]
        # As the linker anchors what it is sure of.
        Anchor.objects.get_or_create(
            identity_id=member.identity_id, defaults={"entry": published, "by": "rule", "rule": "number-name"}
        )
    return made


def test_the_page_of_a_delivery_tells_with_how_many_of_ones_own_its_records_are_one(delivery):
    page = signed_in("bom", "steward").get(f"/aanleveringen/{delivery.pk}/").content.decode()
    assert "Waarmee deze records één zijn" in page
    assert f"/identiteit/aanlevering/{delivery.pk}/?kind=organisation" in page
    assert OTHERS not in page


def test_each_record_says_what_it_is_one_with_and_why_from_what_these_two_say(delivery):
    page = signed_in("bom", "steward").get(f"/identiteit/aanlevering/{delivery.pk}/?kind=organisation").content.decode()
    assert "Zonneveld Energie B.V. (2022, R1)" in page  # one's own of the year before
    assert "gelijk: uw eigen nummer, Naam, KvK-nummer, Postcode" in page
    assert "gelijk: Naam, KvK-nummer, Postcode" in page  # the entry
    assert OTHERS not in page
    assert "NOM" not in page.split("<main")[1]


def test_it_is_its_owners_page_alone(delivery):
    for slug, role in (("nom", "steward"), ("rom-nederland", "identity-steward"), ("rom-nederland", "secretary")):
        assert signed_in(slug, role).get(f"/identiteit/aanlevering/{delivery.pk}/").status_code == 404
    assert signed_in("ministerie-ez", "reader").get(f"/identiteit/aanlevering/{delivery.pk}/").status_code == 403
    reader = signed_in("bom", "reader")
    assert reader.get(f"/identiteit/aanlevering/{delivery.pk}/").status_code == 200
    assert reader.get(f"/identiteit/aanlevering/{delivery.pk}/?kind=fund").status_code == 404
    assert reader.get("/identiteit/aanlevering/99999999999/").status_code == 404


def test_what_is_doubtful_is_counted_and_leads_to_where_it_is_said(delivery):
    with acts("bom"):
        record = Organisation.objects.filter(delivery=delivery).order_by("pk")[0]
    doubted(record, entry(name="Een ander", kvk="87654321"))
    page = signed_in("bom", "steward").get(f"/aanleveringen/{delivery.pk}/").content.decode()
    assert "1 paar is twijfelachtig: zeg wat het is" in page


# In the inbox.


def inbox(slug: str) -> list[tuple[str, str, bool]]:
    with acts(slug):
        return [(each.key, each.body_en, each.done_at is None) for each in Item.objects.filter(room="register")]


def reminded() -> int:
    with database_role(WORKER):
        return remind_reviewers()


def test_one_thing_waits_for_a_steward_however_much_is_doubtful_and_is_gone_when_all_is_said():
    own_pair()
    pair = doubted_again()
    assert reminded() == 1
    assert reminded() == 1
    assert [(key, open_) for key, _body, open_ in inbox("bom")] == [("register:doubts", True)]
    assert inbox("nom") == []
    with acts("bom"):
        ids = list(Doubt.objects.values_list("pk", flat=True))
    assert pair.pk in ids
    actor = steward()
    for doubt_id in ids:
        judge(actor=actor, doubt_id=doubt_id, verdict="same")
    assert reminded() == 0
    assert [open_ for _key, _body, open_ in inbox("bom")] == [False]


def doubted_again() -> Doubt:
    return doubted(known("bom", "R8"), known("bom", "R9"))


def test_what_is_new_waits_again_and_what_was_there_does_not():
    first = own_pair()
    reminded()
    settle(first, settled_at=dt.datetime.now(dt.UTC))
    reminded()
    assert not inbox("bom")[0][2]
    settle(doubted_again(), since=dt.datetime(2030, 1, 2, 12, 0, tzinfo=dt.UTC))
    reminded()
    ((_key, body, waits),) = inbox("bom")
    assert waits
    assert "2\xa0January\xa02030" in body


def test_between_agencies_both_and_the_identity_steward_are_told_only_while_both_take_part():
    shared_pair()
    assert reminded() == 0
    take_part("bom", "nom")
    assert reminded() == 3
    assert all(inbox(slug) for slug in ("bom", "nom", "rom-nederland"))
    end_review(actor=actor_for("nom"))
    assert reminded() == 0


def test_the_linker_has_reviewers_reminded_after_its_round():
    with database_role(LINKER):
        link_all()
    assert ProcrastinateJob.objects.filter(task_name="register.remind", status="todo").count() == 1
