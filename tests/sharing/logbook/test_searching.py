"""What is asked of the log finds what a plain look through all lines finds, a page at a time and as a file."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.network.models import Person
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.logbook import searching
from schakel.sharing.logbook.forms import SearchForm
from schakel.sharing.logbook.searching import Asked, found, lines_about, page_of, parts_of
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.trail.acts import Family, act
from schakel.trail.models import Entry, Origin
from schakel.trail.whence import Channel, coming_from
from tests.making import acts, as_owner

from ...inbox.people import somebody

pytestmark = pytest.mark.django_db
VERBS = ("opened", "withdrew", "signed", "exported", "was refused", "unheard of")
KINDS = ("project", "year", "agreement", "mandate", "")
ADDRESSES = ("", "192.0.2.5", "192.0.2.55", "2001:db8::1")
NAMES = ("anna", "annabel", "piet")
DAY = dt.date(2026, 3, 29)  # on which the clocks go forward


@dataclass(frozen=True)
class Said:
    """A line to write: for whom, by whom, what, of what, on which day, from where."""

    party: str
    person: int | None
    verb: str
    kind: str
    objects: tuple[int, ...]
    concerns: str
    days: int
    hour: int
    channel: str
    address: str


said = st.builds(
    Said,
    party=st.sampled_from(["bom", "nom"]),
    person=st.sampled_from([None, 0, 1, 2]),
    verb=st.sampled_from(VERBS),
    kind=st.sampled_from(KINDS),
    objects=st.lists(st.integers(1, 4), max_size=3, unique=True).map(tuple),
    concerns=st.sampled_from(["", "", "bom"]),
    days=st.integers(-2, 2),
    hour=st.sampled_from([0, 12, 23]),
    channel=st.sampled_from(Channel.values),
    address=st.sampled_from(ADDRESSES),
)
questions = st.builds(
    Asked,
    who=st.sampled_from(["", "", "ann", "ANNABEL", "piet@", "niemand", "linker"]),
    what=st.sampled_from(["", *VERBS, *(f"*{family.value}" for family in Family)]),
    kind=st.sampled_from(["", *KINDS[:-1]]),
    number=st.sampled_from([None, None, 1, 3]),
    since=st.sampled_from([None, DAY, DAY + dt.timedelta(days=1)]),
    until=st.sampled_from([None, DAY, DAY + dt.timedelta(days=1)]),
    channel=st.sampled_from(["", *Channel.values]),
    address=st.sampled_from(["", "192.0.2.5", "192.0.2.55", "2001:DB8"]),
)


@pytest.fixture
def people() -> list[Person]:
    return [somebody(name, "bom") for name in NAMES]


def write(lines: list[Said], people: list[Person]) -> None:
    """Write the lines, each on its day, as only the owner of the tables could."""
    with as_owner():
        Origin.objects.all().delete()
        Entry.objects.all().delete()
    for one in lines:
        person = None if one.person is None else people[one.person].pk
        actor = Actor(party=party(one.party).pk, person=person, process="" if person else "linker")
        concerns = party(one.concerns).pk if one.concerns and one.concerns != one.party else None
        with acting(actor), coming_from(Channel(one.channel), one.address):
            note(actor=actor, verb=one.verb, kind=one.kind, objects=one.objects, concerns=concerns)
        moment = dt.datetime.combine(DAY + dt.timedelta(days=one.days), dt.time(one.hour, 30))
        with as_owner():
            Entry.objects.filter(pk=Entry.objects.latest("pk").pk).update(at=timezone.make_aware(moment))


def fits(line: Entry, asked: Asked, addresses: dict[str, tuple[str, int | None]], people: dict[int, Person]) -> bool:
    """Whether a line that BOM may read is asked for; told apart from the SQL, from the words of the question."""
    me = party("bom").pk
    person = people.get(line.person_id or 0)
    by = " ".join((person.name, person.email)).casefold() if person else ""
    known = act(line.verb, line.kind)
    day = timezone.localtime(line.at).date()
    address, owner = addresses.get(line.origin, ("", None))
    return all(
        (
            me in {line.owner_id, line.concerns_id},
            not asked.who or asked.who.casefold() in by or asked.who.casefold() in line.process.casefold(),
            not asked.what
            or (
                (line.verb == asked.what if not asked.what.startswith("*") else known is not None)
                and (not asked.what.startswith("*") or (known is not None and known.family == asked.what[1:]))
            ),
            not asked.kind or line.kind == asked.kind,
            asked.number is None or asked.number in line.objects_ids,
            asked.since is None or day >= asked.since,
            asked.until is None or day <= asked.until,
            not asked.channel or line.channel == asked.channel,
            not asked.address or (owner == me and address.casefold().startswith(asked.address.casefold())),
        )
    )


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(said, max_size=12), asked=questions, size=st.integers(1, 4))
def test_what_is_found_is_what_a_plain_look_finds_on_pages_and_in_files(people, monkeypatch, lines, asked, size):
    monkeypatch.setattr(searching, "PAGE", size)
    monkeypatch.setattr(searching, "_PART", size)
    write(lines, people)
    by_number = {person.pk: person for person in people}
    with as_owner():
        addresses = {one.mark: (one.address, one.owner_id) for one in Origin.objects.all()}
        every = list(Entry.objects.order_by("-pk"))
    due = [line.pk for line in every if fits(line, asked, addresses, by_number)]
    with acts("bom"):
        assert sorted(found(asked).values_list("pk", flat=True), reverse=True) == due
        assert [line.pk for part in parts_of(asked, at_most=99) for line in part] == due
        assert [line.pk for part in parts_of(asked, at_most=3) for line in part] == due[:3]
        seen, page = [], page_of(asked)
        while True:
            assert len(page.lines) <= size
            assert page.newer == bool(seen)
            seen += [line.pk for line in page.lines]
            if not page.older:
                break
            page = page_of(replace(asked, before=page.lines[-1].pk))
        assert seen == due
        if len(due) > size:  # and back again, from the last line to the first
            back = page_of(replace(asked, after=due[-1]))
            assert [line.pk for line in back.lines] == due[-1 - size : -1]
            assert back.older
            assert back.newer == (len(due) > size + 1)


@settings(max_examples=60)
@given(asked=questions, before=st.sampled_from([None, 7]))
def test_a_question_stands_in_its_address_whole(asked, before):
    address = replace(asked, before=before).query()
    read = SearchForm(QueryDict(address)).asked()
    words = asdict(replace(asked, before=before))
    if asked.what == "unheard of":  # no verb that is chosen from
        words["what"] = ""
    assert asdict(read) == words


@given(
    said=st.dictionaries(
        st.sampled_from(["wie", "wat", "soort", "nummer", "van", "tot", "via", "adres", "voor", "na"]),
        st.text(max_size=30) | st.sampled_from(["9999-12-31", "-1", "9" * 40, "٣", "2026-02-30", "1e9"]),
    )
)
@settings(max_examples=100)
def test_whatever_stands_in_an_address_is_read_or_left_out(said):
    query = QueryDict(mutable=True)
    query.update({name: text.replace("\x00", "") for name, text in said.items()})
    SearchForm(query).asked()


def test_lines_about_one_thing_are_those_of_the_acting_party_alone(people):
    write([], people)
    for slug in ("bom", "nom"):
        with acts(slug):
            actor = Actor(party=party(slug).pk, process="test")
            note(actor=actor, verb="opened", kind="project", objects=[5, 6])
            note(actor=actor, verb="opened", kind="fund", objects=[5])
    with acts("bom"):
        (line,) = lines_about("project", 6)
        assert line.owner_id == party("bom").pk
    with acts("oost-nl"):
        assert not lines_about("project", 6).exists()
