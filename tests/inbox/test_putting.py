"""Put and settle in any order: the inbox is what a plain account of it says."""

from __future__ import annotations

import datetime as dt

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from schakel.inbox.actions import put, settle, settle_prefix
from schakel.inbox.models import Item, Letter
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WEB, database_role
from schakel.words import Words
from tests.inbox.people import URL, of, somebody

KEYS = st.sampled_from(["a:1", "a:2", "b:1"])
TEXTS = st.sampled_from(["one", "two"])
DAYS = st.sampled_from([None, dt.date(2030, 1, 1), dt.date(2030, 2, 1)])
SENDERS = st.sampled_from(["bom", "rom-nederland"])
URLS = st.sampled_from(["/a/", "/b/"])


class Inbox(RuleBasedStateMachine):
    """BOM's inbox, in which BOM itself and the secretariat put things."""

    def __init__(self):
        super().__init__()
        self.known = {}  # (sender, key) to [text, due, open]
        self.letters = 0
        with acting(of("bom")):
            Letter.objects.all().delete()
            Item.objects.all().delete()
        self.party = party("bom").pk

    def _stands(self, sender, key):
        """Which item this sender's key is: its own, or for the owner any that is there."""
        if (sender, key) in self.known:
            return (sender, key)
        others = [place for place in self.known if place[1] == key]
        return others[0] if sender == "bom" and others else None

    @rule(sender=SENDERS, key=KEYS, text=TEXTS, due=DAYS, url=URLS)
    def put(self, sender, key, text, due, url):
        put(actor=of(sender), party=self.party, key=key, title=Words(text, text), url=url, role="steward", due=due)
        place = self._stands(sender, key)
        if place is None:
            self.known[sender, key] = [text, due, True]
            self.letters += 1
            return
        before = self.known[place]
        changed = before[:2] != [text, due]
        self.letters += changed and (not before[2] or before[1] != due)
        self.known[place] = [text, due, before[2] or changed]

    @rule(sender=SENDERS, key=KEYS)
    def settle(self, sender, key):
        self._settle(sender, lambda known: known == key, settle(actor=of(sender), party=self.party, key=key))

    @rule(sender=SENDERS, prefix=st.sampled_from(["a:", "a:1", "b"]))
    def settle_prefix(self, sender, prefix):
        done = settle_prefix(actor=of(sender), party=self.party, prefix=prefix)
        self._settle(sender, lambda known: known.startswith(prefix), done)

    def _settle(self, sender, meant, count):
        allowed = [place for place in self.known if meant(place[1]) and sender in ("bom", place[0])]
        assert count == sum(self.known[place][2] for place in allowed)
        for place in allowed:
            self.known[place][2] = False

    @invariant()
    def the_inbox_is_what_the_account_says(self):
        with acting(of("bom")):
            found = {
                (item.sent_by.slug, item.key): [item.title_nl, item.due, item.done_at is None]
                for item in Item.objects.select_related("sent_by")
            }
            assert found == self.known
            assert Letter.objects.count() == self.letters

    @invariant()
    def the_secretariat_sees_its_own_and_nothing_else(self):
        with acting(of("rom-nederland")):
            senders = {item.sent_by.slug for item in Item.objects.select_related("sent_by")}
            assert senders <= {"rom-nederland"}


class PutAndSettle(TestCase):
    """In one transaction that is undone."""

    def test_any_order(self):
        with database_role(WEB):
            somebody("anna", "bom")
            run_state_machine_as_test(Inbox, settings=settings(max_examples=40, stateful_step_count=15))

    def test_the_address_of_a_page_alone_makes_nothing_new(self):
        with database_role(WEB):
            words = {"party": party("bom").pk, "key": "k", "title": Words("a", "a"), "role": "steward"}
            first = put(actor=of("bom"), url=URL, **words)
            settle(actor=of("bom"), party=first.owner_id, key="k")
            again = put(actor=of("bom"), url="/elders/", **words)
            assert (again.pk, again.url) == (first.pk, "/elders/")
            assert again.done_at is not None
