"""What accepting would do is told beforehand, and is what accepting then does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.intake import actions
from schakel.intake.canonical import canonical, heard
from schakel.intake.delivering import accept_in_background, examine_in_background
from schakel.intake.kinds import kinds
from schakel.intake.models import DeliveredRow, Delivery, DifferenceLine, RowOutcome
from schakel.intake.records import RecordState
from schakel.invest.models import Investment, Position, Valuation
from schakel.register.models import Organisation
from schakel.sharing.roles import WORKER, database_role
from tests.examples import shown_by
from tests.intake.delivering import TABLES, send, write
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
KINDS = ("organisation", "project", "project_participant", "investment")


def compare(slug: str, folder: Path, *, whole: bool = True, period: int = 2023) -> Delivery:
    """A delivery that waits for its acceptance, compared by the worker."""
    sent = send(slug, folder, period=period, accept=False)
    with acts(slug):
        Delivery.objects.filter(pk=sent.delivery.pk).update(whole=whole)
    with database_role(WORKER):
        examine_in_background(actor=actor_for(slug), delivery_id=sent.delivery.pk)
    return held(slug, sent.delivery.pk)


def held(slug: str, delivery_id: int) -> Delivery:
    with acts(slug):
        return Delivery.objects.get(pk=delivery_id)


def accept(slug: str, delivery: Delivery) -> None:
    actions.ask_acceptance(actor=actor_for(slug), delivery=delivery)
    with database_role(WORKER):
        accept_in_background(actor=actor_for(slug), delivery_id=delivery.pk)


def lines(slug: str, delivery: Delivery) -> dict[tuple[str, str], DifferenceLine]:
    with acts(slug):
        return {(line.kind, line.number): line for line in DifferenceLine.objects.filter(delivery=delivery)}


def test_a_first_delivery_is_all_new_and_leaves_no_trace_before_it_is_accepted(tmp_path):
    delivery = compare("bom", write(tmp_path / "d"))
    assert delivery.compared["organisation"] == {"new": 2, "changed": 0, "unchanged": 0, "refused": 0, "vanished": 0}
    assert lines("bom", delivery)["organisation", "R1"].title == "Zonneveld Energie B.V."
    with acts("bom"):
        assert not Organisation.objects.exists()
        assert not DeliveredRow.objects.exists()


def test_a_changed_field_stands_with_what_it_was_and_what_it_becomes(tmp_path):
    send("bom", write(tmp_path / "d"))
    corrected = TABLES["projecten"].replace("250.000,00", "275.000,00").replace(";R1;", ";R2;")
    delivery = compare("bom", write(tmp_path / "d", projecten=corrected))
    line = lines("bom", delivery)["project", "P1"]
    assert (line.outcome, line.row, line.table) == ("changed", 2, "projecten")
    assert {change["field"]: (change["before"], change["after"]) for change in line.fields} == {
        "volume": ("250000.00", "275000.00"),
        "lead": ("R1 · Zonneveld Energie B.V.", "R2 · AgroLoop B.V."),
    }
    assert len(lines("bom", delivery)) == 1


def test_what_vanishes_is_listed_and_a_delivery_that_only_adds_lets_nothing_vanish(tmp_path):
    send("bom", write(tmp_path / "d"))
    other = "Investering;Nr;Datum;Bedrag;Fase\nI2;R2;15-06-2023;5.000,00;seed\n"
    whole = compare("bom", write(tmp_path / "d", investeringen=other))
    assert {key: line.outcome for key, line in lines("bom", whole).items()} == {
        ("investment", "I1"): "vanished",
        ("investment", "I2"): "new",
    }
    actions.discard_delivery(actor=actor_for("bom"), delivery=whole)
    adding = compare("bom", write(tmp_path / "d", investeringen=other), whole=False)
    assert set(lines("bom", adding)) == {("investment", "I2")}
    accept("bom", adding)
    with acts("bom"):
        assert dict(Investment.objects.values_list("number", "state")) == {
            "I1": RecordState.STANDS,
            "I2": RecordState.STANDS,
        }


def test_the_effect_on_ones_own_figures_is_told_and_nobody_elses(tmp_path):
    send("oost-nl", write(tmp_path / "o"))
    delivery = compare("bom", write(tmp_path / "d"))
    effects = {effect["id"]: effect for effect in delivery.effects}
    assert (effects["innovation_projects"]["now"], effects["innovation_projects"]["after"]) == ("0", "1")
    assert Decimal(effects["innovation_project_volume_eur"]["after"]) == Decimal(250_000)
    assert Decimal(effects["invested_eur"]["now"]) == 0


def test_another_agency_sees_nothing_of_a_difference(tmp_path):
    compare("bom", write(tmp_path / "d"))
    with acts("oost-nl"):
        assert not DifferenceLine.objects.exists()


POSITIONS = """
agency = "bom"
[[table]]
kind = "organisation"
table = "relaties"
header_row = 1
fields = { number = "Nr", name = "Naam", kind = { constant = "bedrijf" } }
[[table]]
kind = "fund"
table = "fondsen"
header_row = 1
fields = { number = "Fonds", name = "Naam", capital = { header = "Kapitaal", format = "1.234,56" } }
[[table]]
kind = "position"
table = "participaties"
header_row = 1
[table.fields]
fund = "Fonds"
organisation = "Nr"
cost = { header = "Inleg", format = "1.234,56" }
value = { header = "Waarde", format = "1.234,56" }
"""


def test_another_valuation_alone_makes_a_position_changed(tmp_path):
    folder = tmp_path / "d"
    folder.mkdir()
    for name, text in {
        "relaties": "Nr;Naam\nR1;Zonneveld\n",
        "fondsen": "Fonds;Naam;Kapitaal\nF1;Groeifonds;1.000.000,00\n",
        "participaties": "Fonds;Nr;Inleg;Waarde\nF1;R1;100.000,00;120.000,00\n",
    }.items():
        (folder / f"{name}.csv").write_text(text)
    first = _positions(folder)
    assert first.compared["position"]["new"] == 1
    accept("bom", first)
    (folder / "participaties.csv").write_text("Fonds;Nr;Inleg;Waarde\nF1;R1;100.000,00;150.000,00\n")
    again = _positions(folder)
    assert (again.compared["position"]["changed"], again.compared["fund"]["unchanged"]) == (1, 1)
    (line,) = lines("bom", again).values()
    assert line.fields == [{"field": "value", "before": "120000.00", "after": "150000.00"}]
    accept("bom", again)
    with acts("bom"):
        assert Valuation.objects.get(position=Position.objects.get()).value == Decimal(150_000)


def _positions(folder: Path) -> Delivery:
    actor = actor_for("bom")
    actions.confirm_mapping(actor=actor, text=POSITIONS)
    sent = actions.receive(actor=actor, period=2023, paths=[folder])
    with database_role(WORKER):
        examine_in_background(actor=actor, delivery_id=sent.delivery.pk)
    return held("bom", sent.delivery.pk)


NUMBERS = st.lists(st.sampled_from("ABCDEFG"), unique=True, max_size=5)


@st.composite
def versions(draw: st.DrawFn) -> dict[str, str]:
    """The usual tables with some organisations and investments, a few of them with faults."""
    organisations = draw(NUMBERS.filter(bool))
    relations = "Nr;Naam;KvK;Postcode;Soort\n"
    for number in organisations:
        relations += f"{number};Bedrijf {draw(st.sampled_from('xyz'))};;4818CL;bedrijf\n"
    rows = "Investering;Nr;Datum;Bedrag;Fase\n"
    for number in draw(NUMBERS):
        day = draw(st.sampled_from(("15-06-2023", "31-02-2023", "16-06-2023")))
        whom = draw(st.sampled_from("ABCDEFG"))
        rows += f"I{number};{whom};{day};{draw(st.sampled_from((5, 6)))}.000,00;seed\n"
    project = f"P1;Waterstof;01-03-2023;250.000,00;{draw(st.sampled_from(organisations))};\n"
    return {
        "relaties": relations,
        "investeringen": rows,
        "projecten": "Project;Titel;Start;Omvang;Penvoerder;Samen met\n" + project,
        "deelnemers": f"Project;Nr;Rol\nP1;{organisations[0]};partner\n",
    }


@settings(max_examples=shown_by(3, assured_by=6))
@given(first=versions(), second=versions(), whole=st.booleans())
def test_the_difference_counts_what_accepting_then_writes(first, second, whole, tmp_path_factory):
    folder = tmp_path_factory.mktemp("d")
    before = compare("bom", write(folder / "a", **first))
    _told_is_done("bom", before)
    _told_is_done("bom", compare("bom", write(folder / "b", **second), whole=whole))


def _told_is_done(slug: str, delivery: Delivery) -> None:
    if delivery.state != "checked":
        return
    with acts(slug):
        stood = set(Investment.objects.filter(state="stands").values_list("number", flat=True))
    accept(slug, delivery)
    with acts(slug):
        for kind, told in delivery.compared.items():
            rows = DeliveredRow.objects.filter(table__delivery=delivery, table__kind=kind)
            done = {outcome: rows.filter(outcome=outcome).count() for outcome in RowOutcome.values}
            assert {name: told[name] for name in done} == done
            listed = DifferenceLine.objects.filter(delivery=delivery, kind=kind)
            assert {o: listed.filter(outcome=o).count() for o in ("new", "changed")} == {
                o: told[o] for o in ("new", "changed")
            }
        gone = set(Investment.objects.filter(state="vanished", number__in=stood).values_list("number", flat=True))
        told = DifferenceLine.objects.filter(delivery=delivery, kind="investment", outcome="vanished")
        assert set(told.values_list("number", flat=True)) == gone


FIELDS = [field for kind in kinds() for field in kind.fields if field.refers_to is None]


@given(data=st.data())
def test_a_value_kept_as_text_is_the_value_again(data):
    field = data.draw(st.sampled_from(FIELDS))
    value = data.draw(_values(field))
    assert heard(field, canonical(field, value)) == value


def _values(field):
    text = st.text(min_size=1)
    if field.several or field.type == "agencies":
        return st.lists(text)
    return st.none() | {
        "date": st.dates(),
        "money": st.decimals(-(10**12), 10**12, places=2),
        "number": st.decimals(-(10**6), 10**6, places=2),
        "integer": st.integers(),
        "year": st.integers(1, 9999),
    }.get(field.type, text)
