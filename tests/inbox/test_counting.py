"""The count in the header is that of the inbox itself, whoever is away, has left or has another role."""

from __future__ import annotations

from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schakel.inbox import queries
from schakel.inbox.actions import DeputyRefused, set_deputy, settle, tell
from schakel.inbox.counting import waiting_count
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WEB, database_role
from tests.inbox.people import TITLE, URL, acts_as, of, somebody
from tests.inbox.test_items import put_at
from tests.making import as_owner

ROLES = ("steward", "reader", "secretary")
PEOPLE = (("anna", "steward"), ("bert", "reader"), ("cor", "reader"), ("dina", "steward"))
numbers = st.integers(0, len(PEOPLE) - 1)


class TheSameCount(TestCase):
    """Whatever waits, for whomever."""

    @classmethod
    def setUpTestData(cls):
        cls.people = [somebody(name, "bom", role) for name, role in PEOPLE]

    @given(
        for_people=st.lists(st.tuples(numbers, st.booleans()), max_size=5),
        for_roles=st.lists(st.sampled_from(ROLES), max_size=4),
        away=st.lists(st.tuples(numbers, numbers), max_size=3),
        left=st.sets(numbers, max_size=2),
    )
    def test_as_many_are_counted_as_are_listed(self, for_people, for_roles, away, left):
        people = self.people
        for number, (who, is_done) in enumerate(for_people):
            put_at("bom", key=f"person:{number}", role="", person=people[who].pk)
            if is_done:
                settle(actor=of("bom"), party=party("bom").pk, key=f"person:{number}")
        for number, role in enumerate(for_roles):
            put_at("bom", key=f"role:{number}", role=role)
        tell(actor=of("bom"), party=party("bom").pk, person=people[0].pk, key="talk:1", title=TITLE, url=URL)
        self._leave(people, away)
        with as_owner():
            Person.objects.filter(pk__in=[people[who].pk for who in left]).update(is_active=False)
        self._compare(people)

    def _leave(self, people, away):
        today = timezone.localdate()
        for who, deputy in away:
            try:
                actor = acts_as(people[who], "bom")
                set_deputy(actor=actor, deputy=people[deputy].pk, since=today, until=today)
            except DeputyRefused:
                continue

    def _compare(self, people):
        for person in people:
            for slug in ("bom", "oost-nl"):
                with database_role(WEB), acting(acts_as(person, slug)):
                    listed = queries.waiting(person.pk, party(slug).pk)
                    assert waiting_count(person.pk, party(slug).pk) == len(listed)
