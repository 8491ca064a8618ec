"""The index says what stands: after an acceptance, a correction, a withdrawal; and a second time changes nothing."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.intake.actions import settle_vanished
from schakel.network.queries import party
from schakel.register.models import Organisation, RegisterEntry
from schakel.search.models import SearchEntry
from schakel.search.queries import entries, find
from schakel.search.registry import Source, register, sources
from schakel.sharing.roles import WORKER, database_role
from schakel.words import Words
from tests.intake.delivering import TABLES, send, write
from tests.making import actor_for, acts, make, organisation
from tests.search.indexing import do_jobs, indexed, public, titles

pytestmark = pytest.mark.django_db

ROWS = TABLES["relaties"]


def test_an_acceptance_queues_the_work_for_its_owner_and_year_and_then_its_records_are_found(tmp_path):
    send("bom", write(tmp_path / "d"))
    asked = do_jobs()
    assert {"party": party("bom").pk, "period": 2023} in [{k: a[k] for k in ("party", "period")} for a in asked]
    assert titles("bom", "agroloop")[0] == "AgroLoop B.V."
    assert titles("bom", "12345678")[0] == "Zonneveld Energie B.V."
    assert "Waterstof in de wijk" in titles("bom", "waterstof")
    assert [title.split()[0] for title in titles("bom", "relaties.csv")] == ["Aanlevering"]
    assert titles("oost-nl", "agroloop") == []


def test_a_record_comes_before_what_is_named_after_it(tmp_path):
    send("bom", write(tmp_path / "d"))
    do_jobs()
    with acts("bom"):
        kinds = [entry.kind for entry in entries(find("zonneveld").candidates)]
    assert kinds[0] == "organisation"
    assert {"investment", "project_participant"} <= set(kinds[1:])


def test_a_corrected_name_is_found_and_the_former_one_no_longer(tmp_path):
    send("bom", write(tmp_path / "d"))
    do_jobs()
    send("bom", write(tmp_path / "e", relaties=ROWS.replace("AgroLoop", "FieldCircle")))
    do_jobs()
    assert titles("bom", "fieldcircle")[0] == "FieldCircle B.V."
    assert titles("bom", "agroloop") == []


def test_what_was_withdrawn_is_no_longer_found_and_what_is_only_proposed_still_is(tmp_path):
    send("bom", write(tmp_path / "d"))
    do_jobs()
    shorter = ROWS[: ROWS.index("R2;")]
    participants = TABLES["deelnemers"].replace("P1;R2;partner\n", "")
    send("bom", write(tmp_path / "e", relaties=shorter, deelnemers=participants))
    do_jobs()
    assert "AgroLoop B.V." in titles("bom", "agroloop")
    settle_vanished(actor=actor_for("bom"), period=2023, withdraw=True, reason="gone")
    do_jobs()
    assert titles("bom", "agroloop") == []
    assert titles("bom", "zonneveld") != []


def test_a_second_round_writes_nothing(tmp_path):
    send("bom", write(tmp_path / "d"))
    first, second = indexed("bom"), indexed("bom")
    assert first.written > 0
    assert (second.written, second.dropped) == (0, 0)


def test_an_organisation_of_several_years_shows_once_the_newest_and_by_year_each():
    with acts("bom") as bom:
        for year in (2021, 2022, 2023):
            organisation(bom, number="R1", period=year, name=f"Zonneveld {year}")
    indexed("bom")
    assert titles("bom", "zonneveld") == ["Zonneveld 2023"]
    assert titles("bom", "zonneveld", year=2021) == ["Zonneveld 2021"]


def test_exact_numbers_come_first_then_beginnings_then_titles_then_the_rest_each_newest_first():
    with acts("bom") as bom:
        organisation(bom, number="A1", name="De Molen Zuid", city="Breda")
        organisation(bom, number="A2", name="Graan", city="Molenschot")
        organisation(bom, number="A3", name="Molen Noord", period=2022)
        organisation(bom, number="A4", name="Molen Oost", period=2023)
        organisation(bom, number="Molen1", name="Iets anders")
    indexed("bom")
    assert titles("bom", "molen") == ["Molen Oost", "Molen Noord", "De Molen Zuid", "Graan", "Iets anders"]
    assert titles("bom", "molen1")[0] == "Iets anders"


def test_an_organisation_is_found_by_a_trade_name_of_the_register():
    with acts("rom-nederland") as secretariat:
        make(RegisterEntry, secretariat, number="1", kvk="12345678", name="Z Holding", trade_names=["Lichtbron"])
    with acts("bom") as bom:
        organisation(bom, name="Zonneveld B.V.", kvk="12345678")
    indexed("bom")
    assert titles("bom", "lichtbron") == ["Zonneveld B.V."]


def test_a_round_over_some_records_leaves_the_others():
    with acts("bom") as bom:
        one, other = organisation(bom, number="R1", name="Een"), organisation(bom, number="R2", name="Ander")
    indexed("bom")
    with acts("bom"):
        Organisation.objects.filter(pk=one.pk).update(name="Eerste")
        Organisation.objects.filter(pk=other.pk).update(name="Tweede")
    indexed("bom", kind="organisation", ids=[str(one.pk)])
    assert titles("bom", "eerste") == ["Eerste"]
    assert titles("bom", "ander") == ["Ander"]
    assert titles("bom", "een") == []


@given(names=st.lists(st.text("abc xyz", min_size=1, max_size=8), max_size=6), data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happened_in_between_the_index_is_that_of_a_fresh_one(names, data):
    """Records that come, change and go: a round after it leaves just what a first round would write."""
    with acts("bom") as bom:
        Organisation.objects.all().delete()
        made = [organisation(bom, number=f"N{n}", name=name) for n, name in enumerate(names)]
    indexed("bom")
    with acts("bom"):
        for one in made:
            fate = data.draw(st.sampled_from(["stays", "renamed", "withdrawn"]))
            if fate == "renamed":
                Organisation.objects.filter(pk=one.pk).update(name="nieuw")
            elif fate == "withdrawn":
                Organisation.objects.filter(pk=one.pk).update(state="withdrawn")
    indexed("bom")
    after = kept_for_bom()
    forget_bom()
    indexed("bom")
    assert kept_for_bom() == after


def kept_for_bom() -> list[tuple[object, ...]]:
    with acts("bom"):
        mine = SearchEntry.objects.filter(owner=party("bom"), kind="organisation").order_by("object_id")
        return list(mine.values_list("object_id", "title", "thing", "period", "sort_key", "vector"))


def forget_bom() -> None:
    with database_role(WORKER), acts("bom"):
        SearchEntry.objects.filter(owner=party("bom")).delete()


def test_indicators_are_for_everybody_in_both_languages():
    public()
    for slug in ("bom", "ministerie-ez"):
        assert "Innovatieprojecten" in titles(slug, "innovatieproject")
        assert "Innovatieprojecten" in titles(slug, "innovation projects")


def test_the_command_fills_the_index_of_one_party_or_of_all(capsys):
    with acts("bom") as bom:
        organisation(bom, name="Zonneveld")
    as_owner()
    call_command("index", "bom")
    assert "entries written" in capsys.readouterr().err
    with pytest.raises(CommandError, match="no party called nobody"):
        call_command("index", "nobody")
    assert titles("bom", "zonneveld") == ["Zonneveld"]


def as_owner() -> None:
    """Go on with the rights of who runs commands, as the tests' own sign-in is."""
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_a_kind_has_one_source():
    taken = sources()["delivery"]
    with pytest.raises(ValueError, match="two sources"):
        register(Source(taken.name, Words("x", "x"), Words("x", "x"), lambda _scope: [], str))
