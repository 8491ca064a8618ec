"""What waits for whom: put, put again, settled, told; and behind whose wall it lies."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from schakel.inbox import queries
from schakel.inbox.actions import mark_seen, put, say_done, settle, settle_prefix, tell
from schakel.inbox.models import Item
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.words import Words
from tests.inbox.people import TITLE, URL, acts_as, of, somebody
from tests.making import as_owner

pytestmark = pytest.mark.django_db


def titles(person, slug, question=queries.waiting):
    with acting(acts_as(person, slug)):
        return [item.title_nl for item in question(person.pk, party(slug).pk)]


def put_at(slug, by="", **values):
    words = {"key": "delivery:2024", "title": TITLE, "url": URL, "role": "steward"} | values
    return put(actor=of(by or slug), party=party(slug).pk, **words)


def test_what_waits_for_a_role_waits_for_everybody_who_holds_it_and_for_no_other():
    steward, colleague = somebody("anna", "bom"), somebody("bert", "bom")
    reader, neighbour = somebody("cor", "bom", "reader"), somebody("dina", "oost-nl")
    put_at("bom")
    assert titles(steward, "bom") == titles(colleague, "bom") == [TITLE.nl]
    assert titles(reader, "bom") == titles(neighbour, "oost-nl") == []


def test_what_waits_for_a_person_waits_for_no_colleague():
    steward, colleague = somebody("anna", "bom"), somebody("bert", "bom")
    put_at("bom", role="", person=steward.pk)
    assert titles(steward, "bom") == [TITLE.nl]
    assert titles(colleague, "bom") == []


def test_late_work_stands_first_and_what_has_no_date_last():
    steward = somebody("anna", "bom")
    for name, due in (("later", dt.date(2030, 1, 1)), ("undated", None), ("late", dt.date(2020, 1, 1))):
        put_at("bom", key=name, title=Words(name, name), due=due)
    assert titles(steward, "bom") == ["late", "later", "undated"]


def test_work_of_who_left_or_for_a_role_that_nobody_holds_waits_for_everybody_of_the_party():
    reader, gone = somebody("cor", "bom", "reader"), somebody("eva", "bom", "reader")
    put_at("bom", key="role")
    put_at("bom", key="person", role="", person=gone.pk)
    assert len(titles(reader, "bom")) == 1
    with as_owner():
        Person.objects.filter(pk=gone.pk).update(is_active=False)
    assert len(titles(reader, "bom")) == 2


def test_who_works_for_two_parties_sees_the_inbox_of_the_one_they_act_for():
    both = somebody("anna", "bom")
    somebody("anna", "oost-nl")
    put_at("bom")
    assert titles(both, "bom") == [TITLE.nl]
    assert titles(both, "oost-nl") == []


def test_oost_nl_cannot_see_the_items_of_bom():
    put_at("bom")
    with acting(of("oost-nl")):
        assert not Item.objects.exists()


def test_the_secretariat_sees_of_an_agencys_inbox_only_what_it_put_there():
    put_at("bom", key="own affair")
    sent = put_at("bom", by="rom-nederland")
    with acting(of("rom-nederland")):
        assert list(Item.objects.all()) == [sent]
    with acting(of("bom")):
        assert Item.objects.count() == 2


def test_a_key_that_an_agency_uses_is_no_secret_that_the_secretariat_finds_out():
    put_at("bom")
    assert put_at("bom", by="rom-nederland").done_at is None
    with acting(of("rom-nederland")):
        assert Item.objects.count() == 1


def test_the_secretariat_brings_what_it_sent_up_to_date_and_says_when_it_is_done():
    steward = somebody("anna", "bom")
    put_at("bom", by="rom-nederland")
    put_at("bom", by="rom-nederland", title=Words("Nieuwe dag", "Another day"))
    assert titles(steward, "bom") == ["Nieuwe dag"]
    assert settle(actor=of("rom-nederland"), party=party("bom").pk, key="delivery:2024") == 1
    assert titles(steward, "bom") == []


def test_another_party_than_owner_or_sender_settles_nothing():
    steward = somebody("anna", "bom")
    put_at("bom", by="rom-nederland")
    put_at("bom", key="own affair")
    for key in ("delivery:2024", "own affair"):
        assert settle(actor=of("oost-nl"), party=party("bom").pk, key=key) == 0
    assert settle(actor=of("rom-nederland"), party=party("bom").pk, key="own affair") == 0
    assert len(titles(steward, "bom")) == 2


def test_the_owner_settles_what_others_put_under_the_same_key_with_its_own():
    put_at("bom", by="rom-nederland")
    put_at("bom", by="provincie-utrecht")
    assert settle(actor=of("bom"), party=party("bom").pk, key="delivery:2024") == 2


def test_the_secretariat_cannot_put_an_item_in_the_name_of_another():
    bom, secretariat, oost = (party(slug).pk for slug in ("bom", "rom-nederland", "oost-nl"))
    item = put_at("bom", by="rom-nederland")
    with acting(of("rom-nederland")), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(sent_by_id=oost, owner_id=bom)
    assert item.sent_by_id == secretariat


def test_a_prefix_settles_all_that_begins_with_it_and_nothing_else():
    steward = somebody("anna", "bom")
    for key in ("finding:1", "finding:2", "findings"):
        put_at("bom", key=key, title=Words(key, key))
    assert settle_prefix(actor=of("bom"), party=party("bom").pk, prefix="finding:") == 2
    assert titles(steward, "bom") == ["findings"]
    with pytest.raises(ValueError, match="empty prefix"):
        settle_prefix(actor=of("bom"), party=party("bom").pk, prefix="")


def test_a_mention_is_for_one_person_is_read_and_never_done():
    mentioned, colleague = somebody("anna", "bom"), somebody("bert", "bom")
    said = {"party": party("bom").pk, "key": "talk:7", "title": TITLE, "url": URL}
    tell(actor=of("oost-nl"), person=mentioned.pk, **said)
    tell(actor=of("oost-nl"), person=colleague.pk, **said)
    assert titles(mentioned, "bom", queries.told) == [TITLE.nl]
    assert titles(mentioned, "bom") == []
    assert settle(actor=of("bom"), party=party("bom").pk, key="talk:7") == 0


def test_what_was_told_twice_stands_once_and_is_unread_again_only_when_it_says_something_new():
    anna = somebody("anna", "bom")
    said = {"party": party("bom").pk, "person": anna.pk, "key": "talk:7", "url": URL}
    for title, unread in ((TITLE, True), (TITLE, False), (Words("Anders", "Other"), True)):
        tell(actor=of("bom"), title=title, **said)
        with acting(acts_as(anna, "bom")):
            (item,) = queries.told(anna.pk, party("bom").pk)
            assert item.unread is unread
            mark_seen(actor=acts_as(anna, "bom"), items=Item.objects.filter(pk=item.pk))


def test_one_reads_for_oneself_and_not_for_a_colleague():
    anna, bert = somebody("anna", "bom"), somebody("bert", "bom")
    item = put_at("bom")
    with acting(acts_as(anna, "bom")):
        assert mark_seen(actor=acts_as(anna, "bom"), items=Item.objects.filter(pk=item.pk)) == 1
        assert [i.unread for i in queries.waiting(anna.pk, party("bom").pk)] == [False]
        assert [i.unread for i in queries.waiting(bert.pk, party("bom").pk)] == [True]


def test_a_person_says_that_an_item_is_done_only_where_it_allows_that_and_waits_for_them():
    anna, reader = somebody("anna", "bom"), somebody("cor", "bom", "reader")
    fixed, loose = put_at("bom", key="fixed"), put_at("bom", key="loose", by_hand=True)
    assert not say_done(actor=acts_as(anna, "bom"), item=fixed)
    assert not say_done(actor=acts_as(reader, "bom"), item=loose)
    assert say_done(actor=acts_as(anna, "bom"), item=loose)
    with acting(acts_as(anna, "bom")):
        (done,) = queries.done(anna.pk, party("bom").pk)
        assert done.done_by == anna


@pytest.mark.parametrize("url", ["", "https://example.org/", "//example.org/", "/\\example.org", "javascript:1", "a/"])
def test_an_item_leads_nowhere_but_into_this_site(url):
    with pytest.raises(ValueError, match="no path on this site"):
        put_at("bom", url=url)


@pytest.mark.parametrize("addressees", [{"role": ""}, {"role": "steward", "person": 1}])
def test_an_item_has_one_addressee(addressees):
    with pytest.raises(ValueError, match="name one of them"):
        put_at("bom", **addressees)


def test_a_title_is_one_line_and_never_too_long():
    item = put_at("bom", title=Words("Regel 1\nBcc: iedereen", "x" * 400))
    assert item.title_nl == "Regel 1 Bcc: iedereen"
    assert len(item.title_en) == 300
