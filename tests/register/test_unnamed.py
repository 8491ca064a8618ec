"""Rounds without names: who shows no names counts once with who does, and is followed by its numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.intake.delivering import Delivered
from schakel.intake.models import DeliveredRow
from schakel.network.queries import party
from schakel.register.actions import foresee
from schakel.register.actions.proposals import accept_proposal, decline_proposal
from schakel.register.actions.unnamed import RoundRefused, begin_round
from schakel.register.keyed import RoundKey
from schakel.register.keyed.delivering import write_table
from schakel.register.models import (
    Card,
    Decision,
    Doubt,
    Identity,
    Judgement,
    KeyedEntry,
    KeyedRecord,
    KeyedRound,
    Organisation,
    Proposal,
)
from schakel.sharing.roles import COUNTER, LINKER, database_role
from tests.intake.delivering import RELATIONS, send
from tests.making import actor_for, acts

from .keyed_lists import register
from .reviewing import identity_steward, take_part
from .unnamed import (
    HEADER,
    KEY,
    LOOP,
    NEXT_KEY,
    ZON,
    Client,
    as_other,
    begun,
    deliver,
    deliver_register,
    identity_of,
    linked,
)

pytestmark = pytest.mark.django_db
OTHER_KEY = RoundKey(bytes(range(10, 42)), "2023-1")


def errors(done: Delivered) -> set[str]:
    assert done.examination is not None
    return {finding.check for finding in done.examination.findings if finding.severity.name == "ERROR"}


def known_to(slug: str) -> list[str]:
    with acts(slug):
        return sorted(Organisation.objects.values_list("number", flat=True))


def test_a_client_of_an_agency_without_names_is_the_one_that_another_names(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    assert errors(deliver(tmp_path, "nom", as_other(ZON, "N7"), named=False)) == set()
    linked()
    assert identity_of("nom", "N7") == identity_of("bom", "R1") != identity_of("bom", "R2")
    with database_role(LINKER):
        told = Decision.objects.get(verb="linked", owner_id=party("nom").pk)
        assert (told.rule, told.by) == ("codes-number-name", "rule")
        assert "number same" in told.evidence
        assert "Zonneveld" not in told.evidence


def test_two_agencies_without_names_have_one_client_that_nobody_names(tmp_path: Path) -> None:
    begun()
    for slug, number in (("nom", "N7"), ("liof", "L1")):
        deliver(tmp_path, slug, as_other(ZON, number), as_other(LOOP, f"{number}-{slug}"), named=False)
    linked()
    assert identity_of("nom", "N7") == identity_of("liof", "L1") != identity_of("nom", "N7-nom")
    assert identity_of("nom", "N7-nom") == identity_of("liof", "L1-liof")
    with database_role(LINKER):
        assert Identity.objects.filter(thing="organisation").count() == 2


def test_the_encoded_register_joins_what_lists_alone_would_not(tmp_path: Path) -> None:
    """BOM has the number, NOM the address: only the entry has both."""
    begun()
    by_number = Client("R1", "Zonneveld Energie", kvk="12345678")
    by_place = Client("N7", "Zonneveld Energie B.V.", postcode="4818CL", city="Breda")
    others = [Client(f"E{n}", f"Molen {n} B.V.", f"{n:08}", f"{1000 + n}AB", "Assen") for n in range(1, 30)]
    assert errors(deliver_register(tmp_path, "liof", ZON, *others)) == set()
    deliver(tmp_path, "bom", by_number, named=False)
    deliver(tmp_path, "nom", by_place, named=False)
    linked()
    assert identity_of("nom", "N7") == identity_of("bom", "R1")


def test_a_mistyped_number_is_known_for_one_though_nobody_sees_it(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    mistyped = as_other(ZON, "N7", kvk="12345687")
    assert errors(deliver(tmp_path, "nom", mistyped, named=False)) == set()
    linked()
    assert identity_of("nom", "N7") == identity_of("bom", "R1")
    with database_role(LINKER):
        assert "number slip" in Decision.objects.get(verb="linked", owner_id=party("nom").pk).evidence


def test_codes_that_a_former_version_of_the_command_wrote_are_taken_too(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    assert errors(deliver(tmp_path, "nom", as_other(ZON, "N7"), named=False, former=True)) == set()
    linked()
    assert identity_of("nom", "N7") == identity_of("bom", "R1")
    with database_role(LINKER):
        kept = KeyedRecord.objects.get(owner=party("nom"))
        assert (kept.address_code, kept.slip_codes) == (None, None)


def test_over_rounds_a_record_is_followed_by_its_own_number_whatever_the_key(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", as_other(ZON, "N7"), Client("N8", "Eigen Wijs V.O.F."), named=False)
    linked()
    before = {number: identity_of("nom", number) for number in ("N7", "N8")}
    begun(NEXT_KEY, 2024)
    deliver(tmp_path, "bom", ZON, LOOP, named=True, key=NEXT_KEY, period=2024)
    renamed = Client("N8", "Wijsheid van Eigen Bodem B.V.", postcode="9711AA")
    deliver(tmp_path, "nom", as_other(ZON, "N7"), renamed, named=False, key=NEXT_KEY, period=2024)
    linked()
    assert {number: identity_of("nom", number, 2024) for number in before} == before
    assert {number: identity_of("nom", number) for number in before} == before
    assert identity_of("bom", "R1", 2024) == before["N7"]
    with database_role(LINKER):
        assert set(Decision.objects.values_list("verb", flat=True)) == {"born", "linked"}
        followed = Decision.objects.filter(rule="permanent", owner_id=party("nom").pk, verb="linked")
        assert set(followed.values_list("evidence", flat=True)) == {"N7", "N8"}


def test_who_stops_showing_names_keeps_its_identities(tmp_path: Path) -> None:
    deliver(tmp_path, "nom", as_other(ZON, "N7"), named=True, key=None)
    linked()
    before = identity_of("nom", "N7")
    begun(NEXT_KEY, 2024)
    deliver(tmp_path, "nom", as_other(ZON, "N7"), named=False, key=NEXT_KEY, period=2024)
    linked()
    assert identity_of("nom", "N7", 2024) == before


def test_a_second_round_of_joining_changes_nothing(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", as_other(ZON, "N7"), as_other(LOOP, "N8", kvk="", name="Agro Loop"), named=False)
    linked()
    with database_role(LINKER):
        lines = Decision.objects.count()
    linked()
    with database_role(LINKER):
        assert Decision.objects.count() == lines


def test_who_comes_later_with_the_name_joins_what_stood_without(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "nom", as_other(ZON, "N7"), named=False)
    linked()
    before = identity_of("nom", "N7")
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    linked()
    assert identity_of("bom", "R1") == before
    assert identity_of("bom", "R2") != before


def test_identities_that_codes_hold_for_one_are_proposed_to_be_merged_and_stay(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", Client("N7", "Zonneveld Energie B.V."), named=False)
    linked()
    apart = identity_of("nom", "N7"), identity_of("bom", "R1")
    assert len(set(apart)) == 2
    begun(NEXT_KEY, 2024)
    told_more = as_other(ZON, "N7", name="Zonneveld", kvk="", city="Breda")
    deliver(tmp_path, "bom", ZON, LOOP, named=True, key=NEXT_KEY, period=2024)
    deliver(tmp_path, "nom", told_more, named=False, key=NEXT_KEY, period=2024)
    linked()
    assert (identity_of("nom", "N7", 2024), identity_of("bom", "R1", 2024)) == apart
    with database_role(LINKER):
        proposal = Proposal.objects.get()
        assert (proposal.verb, proposal.state, proposal.rule) == ("merge", "open", "codes-likeness")


def test_what_people_keep_apart_stays_apart_whatever_codes_say(tmp_path: Path) -> None:
    begun()
    take_part("bom", "nom")
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", as_other(ZON, "N7"), named=False)
    linked()
    with database_role(LINKER):
        one, other = (Organisation.objects.get(number=number).pk for number in ("R1", "N7"))
    said = {"thing": "organisation", "kind_a": "organisation", "kind_b": "organisation", "verdict": "different"}
    with acts("nom") as nom:
        Judgement.objects.create(owner=nom, record_a=one, record_b=other, **said)
    linked()
    assert identity_of("nom", "N7") != identity_of("bom", "R1")
    begun(NEXT_KEY, 2024)
    deliver(tmp_path, "bom", ZON, LOOP, named=True, key=NEXT_KEY, period=2024)
    deliver(tmp_path, "nom", as_other(ZON, "N7"), named=False, key=NEXT_KEY, period=2024)
    linked()
    assert identity_of("nom", "N7", 2024) != identity_of("bom", "R1", 2024)


def test_clashing_numbers_are_two_however_alike_the_names(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", as_other(ZON, "N7", kvk="90001234"), named=False)
    linked()
    assert identity_of("nom", "N7") != identity_of("bom", "R1")


def test_codes_of_another_key_are_refused_with_the_reason(tmp_path: Path) -> None:
    begun()
    done = deliver(tmp_path, "nom", ZON, named=False, key=OTHER_KEY)
    assert "organisation-codes.other-key" in errors(done)
    assert done.examination is not None
    told = next(f for f in done.examination.findings if f.check == "organisation-codes.other-key")
    assert OTHER_KEY.check in told.message.en
    assert KEY.check in told.message.en
    with acts("nom"):
        assert not KeyedRecord.objects.exists()


def test_without_a_round_codes_are_refused(tmp_path: Path) -> None:
    assert "organisation-codes.no-round" in errors(deliver(tmp_path, "nom", ZON, named=False))
    with acts("nom"):
        assert not KeyedRecord.objects.exists()


def test_a_round_of_last_year_is_none_for_this_year(tmp_path: Path) -> None:
    begun(KEY, 2023)
    begun(NEXT_KEY, 2024)
    assert "organisation-codes.other-key" in errors(deliver(tmp_path, "nom", ZON, named=False, period=2024))


def test_a_name_may_only_stay_empty_where_codes_say_it(tmp_path: Path) -> None:
    begun()
    assert "field.required" in errors(deliver(tmp_path, "nom", ZON, LOOP, named=False, key=None))
    assert known_to("nom") == []
    deliver(tmp_path, "nom", ZON, named=False)
    assert known_to("nom") == ["R1"]


def test_codes_with_anything_else_in_them_are_refused(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "nom", ZON, named=False)
    file = tmp_path / "nom-2023-2023-1" / "codes.csv"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([lines[0], lines[1].replace("R1;", "R9;", 1).rsplit(";", 3)[0] + ";Zonneveld;;"]) + "\n")
    done = send("nom", file.parent, mapping=RELATIONS)
    assert "organisation-codes.unsound" in errors(done)


@pytest.mark.parametrize("slug", ["nom", "rom-nederland", "ministerie-ez"])
def test_nobody_sees_anothers_codes_and_nobody_but_the_secretariat_begins_a_round(tmp_path: Path, slug: str) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, named=False)
    deliver_register(tmp_path, "bom", ZON)
    with acts("bom"):
        assert (KeyedRecord.objects.count(), KeyedEntry.objects.count()) == (1, 1)
    with acts(slug):
        assert not KeyedRecord.objects.exists()
        assert not KeyedEntry.objects.exists()
        assert not DeliveredRow.objects.exists()
        assert KeyedRound.objects.get().mark == KEY.check
    with database_role(COUNTER):
        assert KeyedRecord.objects.count() == 1
    if slug != "rom-nederland":
        with pytest.raises(RoundRefused, match="secretariaat"):
            begin_round(actor=actor_for(slug), period=2023, name="2023-2", mark="ab" * 16)


def test_a_round_is_begun_by_a_mark_and_a_key_has_one_round() -> None:
    begun()
    with pytest.raises(RoundRefused, match="nieuwe"):
        begun()
    with pytest.raises(RoundRefused, match="32"):
        begin_round(actor=actor_for("rom-nederland"), period=2023, name="2023-2", mark="not a mark")
    with pytest.raises(RoundRefused, match="naam"):
        begin_round(actor=actor_for("rom-nederland"), period=2023, name=" ", mark="ab" * 16)


def test_a_reviewer_sees_of_the_other_that_it_is_a_record_and_nothing_else(tmp_path: Path) -> None:
    begun()
    take_part("bom", "nom")
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", as_other(ZON, "N7", kvk="", name="Zonnevelt Energie"), named=False)
    linked()
    with acts("bom"):
        doubt = Doubt.objects.get()
        assert "by-codes" in doubt.reasons
        card = Card.objects.get(record_kind="organisation", owner_id=party("nom").pk)
        assert {key: value for key, value in card.says.items() if value} == {"unnamed": True}


def test_parts_of_the_register_are_delivered_together(tmp_path: Path) -> None:
    begun()
    for part, client in (("register-1", ZON), ("register-2", LOOP)):
        (tmp_path / "both").mkdir(exist_ok=True)
        said = {name: value for name, value in client.said().items() if name != "record"}
        write_table(register(said, key=KEY), tmp_path / "both" / f"{part}.csv")
    assert errors(send("liof", tmp_path / "both", mapping=RELATIONS)) == set()
    with acts("liof"):
        assert KeyedEntry.objects.count() == 2


def test_a_mapping_that_was_confirmed_with_codes_beside_it_does_not_ask_for_codes_next_year(tmp_path: Path) -> None:
    headers = "\n".join(f'{name} = "{name}"' for name in ("number", "round", "mark"))
    codes = f'[[table]]\nkind = "organisation_codes"\ntable = "codes"\nheader_row = 1\n[table.fields]\n{headers}'
    begun()
    deliver(tmp_path, "nom", ZON, named=False)
    (tmp_path / "next").mkdir()
    (tmp_path / "next" / "relaties.csv").write_text(f"{HEADER}\nR5;Kade Glas B.V.;;4331AA;bedrijf\n")
    done = send("nom", tmp_path / "next", period=2024, mapping=f"{RELATIONS}\n{codes}")
    assert done.examination is not None
    assert not [finding for finding in done.examination.findings if finding.check == "mapping.table-missing"]
    assert [table.kind for table in done.examination.mapping.tables] == ["organisation"]


def test_what_is_accepted_of_codes_merges_and_undone_it_parts_again(tmp_path: Path) -> None:
    begun()
    deliver(tmp_path, "bom", ZON, LOOP, named=True)
    deliver(tmp_path, "nom", Client("N7", "Zonneveld Energie B.V."), named=False)
    linked()
    begun(NEXT_KEY, 2024)
    deliver(tmp_path, "bom", ZON, LOOP, named=True, key=NEXT_KEY, period=2024)
    told_more = as_other(ZON, "N7", name="Zonneveld", kvk="", city="Breda")
    deliver(tmp_path, "nom", told_more, named=False, key=NEXT_KEY, period=2024)
    linked()
    with database_role(LINKER):
        proposal = Proposal.objects.get()
        assert foresee() == 0
    steward = identity_steward()
    accept_proposal(actor=steward, proposal_id=proposal.pk)
    linked()
    assert identity_of("nom", "N7", 2024) == identity_of("bom", "R1", 2024) == identity_of("bom", "R1")
    decline_proposal(actor=steward, proposal_id=proposal.pk, why="another company after all")
    linked()
    assert identity_of("nom", "N7", 2024) == identity_of("nom", "N7") != identity_of("bom", "R1", 2024)
