"""A trade register is loaded from files: what is new, what changed, what is gone, and what nothing may undo."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, connection, transaction

from schakel.register.facts.entries import current_entry, entry_of
from schakel.register.facts.frame import entry_and_fact, register_frame
from schakel.register.facts.reading import FileRefused, found_columns
from schakel.register.models import RegisterEntry, RegisterFact, RegisterLoad
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from schakel.trail.models import Entry as TrailEntry
from tests.making import acts, as_owner, make
from tests.register.registers import fact, load_rows, loaded, written

pytestmark = pytest.mark.django_db
ZON = {"kvk": "12345678", "name": "Zonneveld Energie B.V.", "city": "Breda", "postcode": "4811 AB", "street": "Markt"}
MOLEN = {"kvk": "01234567", "name": "Molen Beheer B.V."}
LATER = dt.date(2025, 1, 1)


def test_a_file_as_the_register_publishes_it_is_read_by_its_dutch_headers(tmp_path):
    path = tmp_path / "open-data.csv"
    path.write_text(
        "Dossiernummer;Volledige naam;Handelsnaam;Rechtsvorm;Huisnr;Datum uitschrijving;Gefuseerd met;SBI;Iets anders\n"
        "1234567;Molen Beheer B.V.;Molen|De Molen;BV;12a;31-12-2023;12345678;6420|7010;x\n",
        encoding="utf-8",
    )
    load = loaded(path)
    known = fact("01234567")
    assert (load.rows, load.added, load.refused) == (1, 1, 0)
    assert (known.name, known.trade_names, known.house_number) == ("Molen Beheer B.V.", ["Molen", "De Molen"], "12a")
    assert (known.ended_on, known.merged_into) == (dt.date(2023, 12, 31), "12345678")
    assert known.activities == ["6420", "7010"]


def test_a_header_serves_one_field_and_the_own_word_goes_first():
    assert found_columns(["Naam", "Statutaire naam", "KVK nummer"]) == {"kvk": "KVK nummer", "name": "Statutaire naam"}


def test_rows_without_a_number_or_of_a_number_twice_are_refused_and_counted(tmp_path):
    load = load_rows(tmp_path, ZON, ZON | {"name": "Een ander"}, {"kvk": None, "name": "Niemand"}, MOLEN)
    assert (load.rows, load.added, load.refused) == (4, 2, 2)
    assert fact("12345678").name == "Zonneveld Energie B.V."


def test_a_name_that_is_replaced_becomes_a_former_name_and_one_that_returns_is_former_no_longer(tmp_path):
    load_rows(tmp_path, ZON)
    load_rows(tmp_path, ZON | {"name": "Zonkracht B.V."}, day=LATER)
    assert fact("12345678").former_names == ["Zonneveld Energie B.V."]
    load_rows(tmp_path, ZON, day=dt.date(2026, 1, 1))
    assert (fact("12345678").name, fact("12345678").former_names) == ("Zonneveld Energie B.V.", ["Zonkracht B.V."])


def test_what_a_newer_register_lacks_is_marked_and_stays_and_may_return(tmp_path):
    load_rows(tmp_path, ZON, MOLEN)
    gone = load_rows(tmp_path, ZON, day=LATER)
    assert (gone.added, gone.changed, gone.vanished) == (0, 0, 1)
    assert fact("01234567").missing_since == LATER
    again = load_rows(tmp_path, ZON, MOLEN, day=dt.date(2026, 1, 1))
    assert (again.changed, fact("01234567").missing_since) == (1, None)


def test_a_file_of_changes_leaves_alone_what_it_does_not_name(tmp_path):
    load_rows(tmp_path, ZON, MOLEN)
    changes = load_rows(tmp_path, MOLEN | {"ended_on": dt.date(2024, 6, 1)}, day=LATER, whole=False)
    assert (changes.changed, changes.vanished) == (1, 0)
    assert fact("12345678").missing_since is None
    assert fact("01234567").ended_on == dt.date(2024, 6, 1)


def test_the_same_file_again_changes_nothing_and_an_older_one_is_refused(tmp_path):
    path = written(tmp_path, [ZON])
    loaded(path, LATER)
    assert loaded(path, LATER) is None
    with pytest.raises(FileRefused, match="an older one would undo"):
        load_rows(tmp_path, ZON | {"name": "Oud"}, day=dt.date(2020, 1, 1))
    assert RegisterLoad.objects.count() == 1
    assert fact("12345678").name == "Zonneveld Energie B.V."


def test_a_file_that_was_cut_off_is_refused_whole_unless_it_is_said_to_be_right(tmp_path):
    many = [{"kvk": f"{n:08d}", "name": f"Molen {n}"} for n in range(1, 41)]
    load_rows(tmp_path, *many)
    with pytest.raises(FileRefused, match="lacks 20 of the 40 live entries"):
        load_rows(tmp_path, *many[:20], day=LATER)
    assert not RegisterFact.objects.exclude(missing_since=None).exists()
    assert load_rows(tmp_path, *many[:20], day=LATER, may_shrink=True).vanished == 20


def test_breaking_off_leaves_all_as_it_was(tmp_path):
    def stop(_done, _all):
        raise KeyboardInterrupt

    path = written(tmp_path, [ZON])
    with pytest.raises(KeyboardInterrupt):
        loaded(path, on_rows=stop)
    assert not RegisterFact.objects.exists()
    assert not RegisterLoad.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('register_fact_keys') IS NOT NULL")
        assert cursor.fetchone() == (True,)
    assert loaded(path).added == 1


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("register.xlsx", "x", "export the register as one of these"),
        ("register.csv", "Naam;Plaats\nMolen;Breda\n", "no column “KvK-nummer”"),
        ("register.parquet", "x", "is not a parquet file"),
        ("register.csv", 'kvk;naam\n1;"open\n', "cannot be read as csv"),
    ],
)
def test_a_file_that_is_no_register_is_refused_in_words(tmp_path, name, text, said):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FileRefused, match=said):
        loaded(path)


def test_the_command_loads_queues_linking_and_ends_with_one_line(tmp_path):
    out = io.StringIO()
    with as_owner():
        call_command("register", written(tmp_path, [ZON, MOLEN]), "--source", "KvK", "--date", "2024-01-01", stdout=out)
        assert TrailEntry.objects.filter(verb="loaded", kind="register_fact").count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'register.link_all'")
            assert cursor.fetchone() == (1,)
        with pytest.raises(CommandError, match="export the register"):
            call_command("register", written(tmp_path, [ZON], "register.doc"), "--source", "KvK")
    assert out.getvalue() == "register.parquet, 2024-01-01: read 2 rows; 2 new, 0 changed, 0 missing, 0 refused.\n"


@pytest.mark.parametrize("slug", ["bom", "rom-nederland", "ministerie-ez"])
def test_facts_are_for_all_to_read_and_for_no_party_to_write(tmp_path, slug):
    load_rows(tmp_path, ZON)
    with acts(slug):
        assert fact("12345678").city == "Breda"
        for change in (RegisterFact.objects.all().update, RegisterLoad.objects.all().update):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change(id=7)
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            RegisterFact.objects.all().delete()


@pytest.mark.parametrize("role", [WORKER, COUNTER, LINKER])
def test_no_process_but_the_owner_loads_a_register(tmp_path, role):
    from schakel.register.actions import load_register
    from schakel.trail.actors import Actor

    path = written(tmp_path, [ZON])
    with (
        database_role(role),
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        load_register(actor=Actor(party=None), path=path, source="x", reference_date=LATER)


def test_a_number_is_followed_through_mergers_and_moves_to_where_it_leads(tmp_path):
    load_rows(
        tmp_path,
        {"kvk": "11111111", "name": "Oud B.V.", "merged_into": "22222222", "former_numbers": None},
        {"kvk": "22222222", "name": "Midden B.V.", "merged_into": None, "former_numbers": None},
        {"kvk": "33333333", "name": "Nieuw B.V.", "merged_into": None, "former_numbers": ["22222222"]},
    )
    led = current_entry("11111111")
    assert led.numbers == ("11111111", "22222222", "33333333")
    assert led.entry.name == "Nieuw B.V."
    assert current_entry("33333333").numbers == ("33333333",)
    assert current_entry("99999999").entry is None


def test_entries_that_lead_in_a_ring_or_to_nothing_end(tmp_path):
    load_rows(
        tmp_path,
        {"kvk": "11111111", "name": "Een", "merged_into": "22222222"},
        {"kvk": "22222222", "name": "Twee", "merged_into": "11111111"},
        {"kvk": "33333333", "name": "Drie", "merged_into": "44444444"},
    )
    assert current_entry("11111111").numbers == ("11111111", "22222222")
    assert current_entry("33333333").entry is None


def delivered(kvk: str | None, name: str, period: int = 2023, **values: object) -> RegisterEntry:
    with acts("rom-nederland") as secretariat:
        return make(RegisterEntry, secretariat, number=kvk or name, name=name, kvk=kvk, period=period, **values)


def test_delivered_entries_and_loaded_facts_are_one_register_the_newest_of_each_number(tmp_path):
    old = delivered("12345678", "Zon (oude lijst)", trade_names=["Zonnig"])
    only = delivered(None, "Universiteit", rsin="123456782")
    newer = delivered("01234567", "Molen (nieuwe lijst)", period=2030)
    load_rows(tmp_path, ZON, MOLEN, {"kvk": "55555555", "name": "Alleen geladen"})
    with database_role(LINKER):
        frame = register_frame()
    said = {row["entry"]: (row["kvk"], row["name"]) for row in frame.iter_rows(named=True)}
    assert said.pop(old.pk) == ("12345678", "Zonneveld Energie B.V.")  # the number of the entry, the words of the fact
    assert said.pop(only.pk) == (None, "Universiteit")
    assert said.pop(newer.pk) == ("01234567", "Molen (nieuwe lijst)")
    ((entry, rest),) = said.items()
    assert rest == ("55555555", "Alleen geladen")
    assert entry_and_fact(entry) == (None, fact("55555555").pk)
    assert entry_and_fact(old.pk) == (old.pk, None)
    assert entry_of("12345678").name == "Zonneveld Energie B.V."
    assert entry_of("01234567").name == "Molen (nieuwe lijst)"


def test_the_frame_holds_lists_as_lists_and_nothing_as_nothing(tmp_path):
    load_rows(tmp_path, ZON | {"trade_names": ['Zon, "zee"', "Öl & Zn."]}, day=YEAR_AFTER)
    with database_role(LINKER):
        (row,) = register_frame().iter_rows(named=True)
    assert row["trade_names"] == ['Zon, "zee"', "Öl & Zn."]
    assert (row["former_names"], row["rsin"], row["legal_form"]) == ([], None, None)


YEAR_AFTER = dt.date(2024, 2, 1)
