"""A person's value holds over later deliveries until the source agrees or it is taken back; the same checks apply."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.innovate.models import InnovationProject
from schakel.intake import actions
from schakel.intake.kinds import kind
from schakel.intake.models import DeliveredRow, Override
from schakel.intake.overriding import AGREES
from schakel.intake.typed import check_typed, read_value, text_of
from schakel.invest.models import Investment
from schakel.network.queries import party
from tests.intake.delivering import TABLES, send, write
from tests.intake.people import signed_in
from tests.intake.test_differing import accept, compare, lines
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


def project() -> InnovationProject:
    return InnovationProject.objects.get(number="P1")


def override(text: str = "275.000,00", *, field: str = "volume", reason: str = "volgens de beschikking") -> Override:
    with acts("bom"):
        record_id = project().pk
    return actions.override_value(
        actor=actor_for("bom"), kind="project", record_id=record_id, field=field, text=text, reason=reason
    )


def with_volume(folder: Path, volume: str) -> Path:
    return write(folder, projecten=TABLES["projecten"].replace("250.000,00", volume))


def test_a_value_holds_at_once_and_what_was_delivered_stays(tmp_path):
    send("bom", write(tmp_path / "d"))
    made = override()
    assert (made.delivered, made.value) == ("250000.00", "275000.00")
    with acts("bom"):
        assert project().volume == Decimal(275_000)
        assert project().source.raw["volume"] == "250.000,00"


def test_it_holds_over_a_later_delivery_and_the_difference_shows_no_change(tmp_path):
    send("bom", write(tmp_path / "d"))
    override()
    other = TABLES["relaties"].replace("AgroLoop B.V.", "AgroLoop Holding B.V.")
    delivery = compare("bom", write(tmp_path / "e", relaties=other))
    assert set(lines("bom", delivery)) == {("organisation", "R2")}
    accept("bom", delivery)
    with acts("bom"):
        assert project().volume == Decimal(275_000)
        assert DeliveredRow.objects.filter(table__delivery=delivery, number="P1").get().raw["volume"] == "250.000,00"


def test_another_delivered_value_is_kept_beside_it(tmp_path):
    send("bom", write(tmp_path / "d"))
    made = override()
    accept("bom", compare("bom", with_volume(tmp_path / "e", "260.000,00")))
    with acts("bom"):
        assert project().volume == Decimal(275_000)
        assert Override.objects.get(pk=made.pk).delivered == "260000.00"


def test_it_ends_once_the_source_says_the_same(tmp_path):
    send("bom", write(tmp_path / "d"))
    made = override()
    accept("bom", compare("bom", with_volume(tmp_path / "e", "275.000,00")))
    with acts("bom"):
        ended = Override.objects.get(pk=made.pk)
        assert (ended.ended_at is not None, ended.ended_because) == (True, AGREES)
        assert project().volume == Decimal(275_000)
    accept("bom", compare("bom", with_volume(tmp_path / "f", "280.000,00")))
    with acts("bom"):
        assert project().volume == Decimal(280_000)


def test_taken_back_the_delivered_value_holds_again(tmp_path):
    send("bom", write(tmp_path / "d"))
    made = override()
    actions.take_back_override(actor=actor_for("bom"), override_id=made.pk, reason="toch niet")
    with acts("bom"):
        assert project().volume == Decimal(250_000)


def test_a_reference_leads_to_another_record_by_its_number(tmp_path):
    send("bom", write(tmp_path / "d"))
    assert (override("R2", field="lead").delivered, override("", field="lead").delivered) == ("R1", "R1")
    with acts("bom"):
        assert project().lead is None
    override("R2", field="lead")
    accept("bom", compare("bom", with_volume(tmp_path / "e", "260.000,00")))
    with acts("bom"):
        assert project().lead.number == "R2"


@pytest.mark.parametrize(
    ("field", "text"), [("start", "31-02-2023"), ("volume", "veel"), ("title", ""), ("lead", "R9"), ("number", "P2")]
)
def test_what_a_delivery_would_not_take_is_not_taken_here_either(tmp_path, field, text):
    send("bom", write(tmp_path / "d"))
    with pytest.raises(actions.ValueRefused):
        override(text, field=field)
    with acts("bom"):
        assert not Override.objects.exists()


def test_a_row_check_sees_the_whole_record_and_not_only_the_value(tmp_path):
    send("bom", write(tmp_path / "d"))
    with acts("bom"):
        record_id = Investment.objects.get().pk
    with pytest.raises(actions.ValueRefused):
        actions.override_value(
            actor=actor_for("bom"), kind="investment", record_id=record_id, field="amount", text="-5", reason="x"
        )


def test_nobody_overrides_anothers_value_and_none_without_a_reason(tmp_path):
    send("bom", write(tmp_path / "d"))
    with acts("bom"):
        record_id = project().pk
    with pytest.raises(InnovationProject.DoesNotExist):
        actions.override_value(
            actor=actor_for("oost-nl"), kind="project", record_id=record_id, field="volume", text="1", reason="x"
        )
    with pytest.raises(actions.DeliveryRefused):
        override(reason=" ")


def test_a_steward_overrides_on_the_records_page_and_everybody_there_sees_who_and_why(tmp_path):
    send("bom", write(tmp_path / "d"))
    with acts("bom"):
        url = f"/records/project/{project().pk}/"
    steward = signed_in("bom", "steward", name="anne")
    refused = steward.post(f"{url}wijzigen/volume/", {"value": "veel", "reason": "x"})
    assert refused.status_code == 422
    assert "veel" in refused.content.decode()
    assert steward.post(f"{url}wijzigen/volume/", {"value": "275.000", "reason": "beschikking"}).status_code == 302
    page = signed_in("bom", "reader").get(url).content.decode()
    for text in ("Anne", "beschikking", "275.000,00", "250.000,00"):
        assert text in page
    assert "wijzigen/volume" not in page
    assert signed_in("bom", "reader").post(f"{url}wijzigen/volume/", {"value": "1", "reason": "x"}).status_code == 403
    assert signed_in("oost-nl", "steward").get(f"{url}wijzigen/volume/").status_code == 404
    steward.post(f"{url}wijzigen/volume/terug/")
    with acts("bom"):
        assert project().volume == Decimal(250_000)


TYPED = [field for field in kind("investment").fields if field.type in ("money", "date", "code", "text")]


@given(data=st.data())
def test_a_value_written_as_a_person_types_it_is_read_as_that_value(data):
    field = data.draw(st.sampled_from([field for field in TYPED if not field.several]))
    value = data.draw(
        {
            "money": st.decimals(0, 10**9, places=2),
            "date": st.dates(min_value=date(1990, 1, 1), max_value=date(2029, 1, 1)),
            "code": st.sampled_from([code.value for code in field.codes] or [""]),
            "text": st.from_regex(r"[A-Za-z][A-Za-z0-9 .]{0,20}[a-z]", fullmatch=True),
        }[field.type]
    )
    with acts("bom"):
        examination = check_typed(
            kind("investment"),
            {field.name: text_of(field, value), "number": "I1"} | {field.name: text_of(field, value)},
            party=party("bom"),
            period=2023,
        )
    assert read_value(examination, kind("investment"), field) == value
