"""Nobody finds or counts what is another's, whatever is asked of the function that looks for all."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, DataError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.network.queries import party
from schakel.search.models import SearchEntry
from schakel.search.queries import find
from schakel.sharing.roles import BACKUP, COUNTER, LINKER, WORKER, database_role
from tests.making import acts, organisation
from tests.search.indexing import indexed, public, titles

pytestmark = pytest.mark.django_db

CALL = "SELECT entry FROM search_candidates(%s::tsquery, %s::tsquery, %s::tsquery, %s, %s, %s, %s)"
KINDS = ["organisation", "indicator", "delivery"]


@pytest.fixture
def secret():
    """What BOM alone knows, and what Oost NL knows."""
    with acts("bom") as bom:
        organisation(bom, number="R1", name="Geheim Zonneveld B.V.", kvk="12345678")
    with acts("oost-nl") as oost:
        organisation(oost, number="R9", name="Zonneveld Oost B.V.")
    indexed("bom")
    indexed("oost-nl")
    public()


def candidates(query: str, slug: str = "oost-nl", *, kinds: list[str] | None = None) -> set[int]:
    """What the function gives somebody who calls it as he likes."""
    with acts(slug), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CALL, [query, query, query, "", kinds or KINDS, None, 1000])
        return {row[0] for row in cursor.fetchall()}


def belonging_to(slug: str) -> set[int]:
    with acts(slug):
        return set(SearchEntry.objects.filter(owner=party(slug)).values_list("pk", flat=True))


def test_a_party_finds_its_own_and_not_anothers(secret):
    assert titles("bom", "zonneveld") == ["Geheim Zonneveld B.V."]
    assert titles("oost-nl", "zonneveld") == ["Zonneveld Oost B.V."]
    assert titles("oost-nl", "12345678") == []
    with acts("oost-nl"):
        assert find("geheim").by_kind() == {}
        assert not SearchEntry.objects.filter(title__contains="Geheim").exists()


@pytest.mark.parametrize("slug", ["rom-nederland", "ministerie-ez", "provincie-utrecht", "nom"])
def test_secretariat_ministry_province_and_other_agencies_find_no_record_of_an_agency(secret, slug):
    assert titles(slug, "zonneveld") == []
    assert titles(slug, "innovatieprojecten") != []  # what is for everybody they do find


def test_without_an_acting_party_nothing_is_found_not_even_what_is_for_all(secret):
    with connection.cursor() as cursor:
        cursor.execute(CALL, ["'zonneveld' | 'innovatieprojecten'"] * 3 + ["", KINDS, None, 1000])
        assert cursor.fetchall() == []
    assert SearchEntry.objects.count() == 0


@pytest.mark.parametrize(
    "query",
    [
        "'geheim'",
        "!'nothing'",
        "!('a' & !'a')",
        "'zonneveld' | !'zonneveld'",
        "''",
        "'@{bom}'",
        "!'@{oost}'",
        "'@{bom}' | '@all' | !'@{oost}'",
        "'g':*",
        "'geheim':A",
        "'geheim' <-> 'zonneveld' | 'geheim'",
    ],
)
def test_no_expression_that_reaches_the_function_gives_anothers_entry(secret, query):
    said = query.format(bom=party("bom").pk, oost=party("oost-nl").pk)
    try:
        given_back = candidates(said)
    except (DataError, ProgrammingError):
        return  # the database does not read it as an expression
    assert not given_back & belonging_to("bom")


_OPERATORS = st.lists(
    st.sampled_from(["'geheim'", "'zonneveld'", "'@all'", "&", "|", "!", "(", ")", "<->", ":*", ":A"])
)
_TYPED = st.one_of(
    st.text(max_size=60),
    _OPERATORS.map(" ".join),
    st.sampled_from(
        [
            "geheim' | '@all",
            "geheim'; SELECT * FROM search_searchentry; --",
            "x' OR owner_id IS NOT NULL --",
            "$$ geheim $$",
            "geheim:* | !oost",
            "%' UNION SELECT pk FROM search_searchentry --",
            "\\' | geheim",
        ]
    ),
)


@given(typed=_TYPED)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_that_is_typed_finds_or_counts_anothers_entry(secret, typed):
    with acts("oost-nl"):
        found = find(typed)
        assert not {one.entry for one in found.candidates} & belonging_to("bom")
        assert sum(found.by_kind().values()) == len(found.candidates)


@given(query=_OPERATORS.map(" ".join))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_expression_put_together_from_operators_gives_anothers_entry(secret, query):
    try:
        given_back = candidates(query)
    except DatabaseError:
        return
    assert not given_back & belonging_to("bom")


def test_only_web_and_worker_may_call_the_function():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(array_agg(DISTINCT coalesce(r.rolname, 'PUBLIC')::text), '{}')"
            " FROM pg_proc p, aclexplode(p.proacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee"
            " WHERE p.proname = 'search_candidates' AND a.privilege_type = 'EXECUTE'"
        )
        assert set(cursor.fetchone()[0]) == {"schakel_owner", "schakel_web", "schakel_worker"}
        cursor.execute("SELECT prosecdef, proconfig FROM pg_proc WHERE proname = 'search_candidates'")
        definer, settings_of_it = cursor.fetchone()
    assert definer
    assert "search_path=public, pg_temp" in settings_of_it


@pytest.mark.parametrize("role", [COUNTER, LINKER, BACKUP])
def test_no_other_process_may_ask_it(role):
    with database_role(role), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        find("zonneveld")


def test_the_web_process_writes_nothing_in_the_index(secret):
    with acts("bom") as bom:
        for write in (
            lambda: SearchEntry.objects.update(title="x"),
            lambda: SearchEntry.objects.all().delete(),
            lambda: SearchEntry.objects.create(owner=bom, kind="organisation", object_id="x", vector="'x'"),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                write()


def test_the_worker_writes_for_the_one_it_acts_for_alone(secret):
    with database_role(WORKER), acts("oost-nl"):
        assert SearchEntry.objects.filter(owner=party("bom")).update(title="x") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            SearchEntry.objects.create(owner=party("bom"), kind="organisation", object_id="x", vector="'x'")


def test_a_table_of_the_callers_own_does_not_deceive_the_function(secret):
    with acts("oost-nl"):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE search_searchentry (id bigint)")
        with connection.cursor() as cursor:
            cursor.execute(CALL, ["'oost'"] * 3 + ["", KINDS, None, 10])
            assert len(cursor.fetchall()) == 1
