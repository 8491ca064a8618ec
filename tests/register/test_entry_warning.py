"""While an organisation is typed: known ones appear, from the register and one's own, and nothing of anybody else."""

from __future__ import annotations

import polars as pl
import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.intake.records import RecordState
from schakel.network.models import Party
from schakel.register.actions import know
from schakel.register.entry.keys import SAID, keys_of
from schakel.register.entry.likely import likely
from schakel.register.models import KnownKeys, Organisation, RegisterEntry
from schakel.sharing.roles import COUNTER, WORKER, database_role
from schakel.trail.models import Entry as TrailEntry
from tests.inbox.people import somebody
from tests.making import actor_for, acts, as_owner, make, organisation
from tests.register.registers import load_rows

pytestmark = pytest.mark.django_db
ZON = {
    "kvk": "12345678",
    "name": "Zonneveld Energie B.V.",
    "trade_names": ["Helderlicht"],
    "former_names": ["Kaarsrecht N.V."],
    "street": "Markt",
    "house_number": "12",
    "postcode": "4811AB",
    "city": "Breda",
    "website": "https://www.zonneveld.example/nl",
}


def known_by(slug: str) -> int:
    """What the worker does after an acceptance."""
    with database_role(WORKER):
        return know(actor=actor_for(slug))


def found(slug: str, **typed: str) -> list[tuple[str, str]]:
    """What ``slug`` is pointed at: name and reason."""
    with acts(slug):
        return [((one.own or one.entry).name, one.rule) for one in likely(typed)]


def steward(slug: str = "bom") -> Client:
    made = Client()
    made.force_login(somebody(f"steward-{slug}", slug, "steward"))
    return made


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Zonneveld Energie"},
        {"name": "zonneveld energie bv"},
        {"name": "Zonne"},
        {"name": "Energie Zonneveld"},
        {"name": "Zonnevelt Energie"},
        {"name": "Zonnevled Energie"},
        {"name": "Zoneveld Energie"},
        {"name": "Helderlicht"},
        {"name": "Kaarsrecht"},
        {"name": "iets heel anders", "kvk": "12345678"},
        {"kvk": "1234 5678"},
        {"name": "Zonneveld Holding B.V."},
    ],
    ids=str,
)
def test_an_entry_is_found_as_people_type_it(tmp_path, typed):
    load_rows(tmp_path, ZON, {"kvk": "87654321", "name": "Molen B.V."})
    assert [name for name, _rule in found("bom", **typed)] == ["Zonneveld Energie B.V."]


@pytest.mark.parametrize(
    "typed", [{}, {"name": "Zo"}, {"name": "Heel iets anders"}, {"name": "'; DROP TABLE x; --"}, {"name": "%"}]
)
def test_too_little_or_something_else_points_at_nothing(tmp_path, typed):
    load_rows(tmp_path, ZON)
    assert found("bom", **typed) == []


def test_the_same_number_under_another_name_is_said_first(tmp_path):
    load_rows(tmp_path, ZON, {"kvk": "87654321", "name": "Molen B.V.", "city": "Breda"})
    said = found("bom", name="Molen B.V.", kvk="12345678", city="Zwolle")
    assert said[0] == ("Zonneveld Energie B.V.", "number-other-name")
    assert "Molen B.V." in dict(said)


def test_own_records_come_first_each_number_once_and_withdrawn_ones_not(tmp_path):
    load_rows(tmp_path, ZON)
    with acts("bom") as bom:
        for period in (2021, 2022):
            organisation(bom, name="Zonneveld Energie", city="Breda", period=period)
        gone = organisation(bom, number="R9", name="Zonneveld Energie Twee")
    assert known_by("bom") == 2  # of each number the newest year
    assert [name for name, _ in found("bom", name="Zonneveld Energie", city="Breda")][:2] == [
        "Zonneveld Energie",
        "Zonneveld Energie Twee",
    ]
    with acts("bom"):
        Organisation.objects.filter(pk=gone.pk).update(state=RecordState.WITHDRAWN)
    assert "Zonneveld Energie Twee" not in dict(found("bom", name="Zonneveld Energie"))  # at once
    known_by("bom")
    with acts("bom"):
        assert KnownKeys.objects.filter(owner__isnull=False).count() == 1


def test_a_delivered_entry_is_found_too_and_the_newest_of_one_number_once(tmp_path):
    with acts("rom-nederland") as secretariat:
        make(RegisterEntry, secretariat, number="a", name="Universiteit van Overal", rsin="123456782")
        make(RegisterEntry, secretariat, number="b", name="Zonneveld (oud)", kvk="12345678", period=2020)
    known_by("rom-nederland")
    load_rows(tmp_path, ZON)
    assert found("bom", name="Universiteit van Overal") == [("Universiteit van Overal", "begins")]
    assert [name for name, _ in found("bom", kvk="12345678")] == ["Zonneveld Energie B.V."]


def test_a_second_round_makes_nothing_and_what_changed_is_made_anew():
    with acts("bom") as bom:
        mine = organisation(bom, name="Zonneveld Energie")
    assert known_by("bom") == 1
    assert known_by("bom") == 0
    with acts("bom"):
        Organisation.objects.filter(pk=mine.pk).update(name="Heel Anders B.V.")
    assert known_by("bom") == 1
    assert found("bom", name="Zonneveld Energie") == []
    assert found("bom", name="Heel Anders") != []


def others_have(count: int) -> None:
    with acts("nom") as nom:
        for n in range(count):
            organisation(nom, number=f"N{n}", name="Zonneveld Geheim B.V.", kvk="12345678", city="Breda")
    known_by("nom")


@pytest.mark.parametrize("slug", ["bom", "rom-nederland", "ministerie-ez"])
def test_what_another_has_changes_nothing_in_what_one_is_told(tmp_path, slug):
    load_rows(tmp_path, ZON)
    asked = ({"name": "Zonneveld Geheim"}, {"name": "Zonneveld"}, {"kvk": "12345678"})
    before = [found(slug, **typed) for typed in asked]
    others_have(300)  # more than make a key too common to say anything
    assert [found(slug, **typed) for typed in asked] == before
    with acts(slug):
        assert KnownKeys.objects.filter(owner__isnull=False).count() == 0


def keys_as(slug: str, keys: list[str]) -> list[tuple[object, ...]]:
    """What the function gives somebody who calls it as he likes."""
    with acts(slug), connection.cursor() as cursor:
        cursor.execute("SELECT kind, record, shared FROM register_known(%s, 1000000, 1000000)", [keys])
        return cursor.fetchall()


@given(keys=st.lists(st.sampled_from(["nzonneveldgeheim", "wgeheim", "k12345678", "", "x' OR true", "wzonneveld"])))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_function_gives_nothing_of_another_whatever_it_is_asked(keys):
    with acts("nom"):
        there = Organisation.objects.exists()
    if not there:
        others_have(1)
    assert keys_as("bom", keys) == []


def test_without_an_acting_party_the_function_gives_nothing(tmp_path):
    load_rows(tmp_path, ZON)
    others_have(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM register_known(ARRAY['k12345678'], 200, 40)")
        assert cursor.fetchall() == []


def test_web_writes_no_keys_and_the_counter_may_not_ask():
    with acts("bom") as bom, pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        KnownKeys.objects.create(owner=bom, kind="organisation", record_id=1, of="0" * 32)
    with database_role(COUNTER), connection.cursor() as cursor, transaction.atomic():
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("SELECT * FROM register_known(ARRAY['x'], 1, 1)")
        transaction.set_rollback(True)


def test_the_worker_keeps_no_keys_in_anothers_name():
    nom = Party.objects.get(slug="nom")
    with database_role(WORKER), acts("bom"), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
        KnownKeys.objects.create(owner=nom, kind="organisation", record_id=1, of="0" * 32)


def test_the_form_points_out_fills_in_and_keeps_what_was_typed(tmp_path):
    load_rows(tmp_path, ZON)
    client, url = steward(), reverse("intake:new-record", args=["organisation"]) + "?jaar=2023"
    html = client.get(url).content.decode()
    assert 'hx-post="/records/organisation/bekend/"' in html
    typed = {"number": "R7", "name": "Zonneveld Ener", "kind": "company"}
    looked = client.post(url, typed | {"_look": "1"}).content.decode()
    assert "Zonneveld Energie B.V." in looked
    assert 'value="R7"' in looked
    assert "Verplicht" not in looked
    (chosen,) = {part.split('"')[0] for part in looked.split('name="_use" value="')[1:]}
    filled = client.post(url, typed | {"_use": chosen}).content.decode()
    for said in (
        'value="R7"',
        'value="12345678"',
        'value="Markt 12"',
        'value="4811AB"',
        'value="Zonneveld Energie B.V."',
    ):
        assert said in filled, said
    with acts("bom"):
        assert not Organisation.objects.exists()
    assert client.post(url, typed | {"_use": "register_fact:999999"}).status_code == 200
    assert client.post(url, typed | {"_use": "nonsense:x' OR 1"}).status_code == 200


def test_the_part_of_the_page_tells_how_many_and_is_for_who_may_keep_records(tmp_path):
    load_rows(tmp_path, ZON)
    with acts("bom") as bom:
        mine = organisation(bom, name="Zonneveld Energie")
    known_by("bom")
    url = reverse("intake:known", args=["organisation"])
    htmx = {"headers": {"HX-Request": "true"}}
    part = steward().post(url, {"name": "Zonneveld"}, **htmx).content.decode()
    assert 'id="known-told"' in part
    assert reverse("register:organisation", args=[mine.pk]) in part
    with acts("bom"):
        assert TrailEntry.objects.filter(verb="found", kind="organisation", objects_ids=[mine.pk]).count() == 1
    reader = Client()
    reader.force_login(somebody("lezer", "bom", "reader"))
    assert reader.post(url, {"name": "Zonneveld"}, **htmx).status_code == 403
    assert Client().post(url, {"name": "Zonneveld"}).status_code == 302
    assert steward().post(reverse("intake:known", args=["project"])).status_code == 404
    assert steward().get(url).status_code == 405


NAME = st.text("abcdefgxyz .&-'éö0123456789", min_size=1, max_size=40)


@given(names=st.lists(NAME, min_size=1, max_size=3))
def test_what_is_typed_as_it_stands_shares_its_keys(names):
    kept, typed = (
        pl.DataFrame(
            [
                {
                    "id": 1,
                    "names": said,
                    "numbers": [],
                    "rsin": None,
                    "postcode": None,
                    "house_number": None,
                    "website": None,
                }
            ],
            SAID,
        )
        for said in (names, names[:1])
    )
    one, other = (set(keys_of(frame)["keys"][0]) for frame in (kept, typed))
    assert other <= one


def test_the_index_is_used_behind_the_walls(tmp_path):
    load_rows(tmp_path, *({"kvk": f"{n:08d}", "name": f"Molen {n} B.V."} for n in range(1, 400)))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM register_registerfact WHERE keys @> ARRAY[hashtextextended('k00000007', 0)]"
        )
        assert "register_fact_keys" in "".join(row[0] for row in cursor.fetchall())
