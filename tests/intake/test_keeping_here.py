"""An agency without a system keeps records here: typed on screen, with the checks of a delivery and its provenance."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from schakel.intake import actions
from schakel.intake.kinds import kind
from schakel.intake.models import Delivery, Origin
from schakel.intake.records import RecordState
from schakel.invest.models import Investment
from schakel.register.models import Organisation
from tests.intake.delivering import send, write
from tests.intake.people import signed_in
from tests.intake.test_differing import accept, compare
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
COMPANY = {"number": "R7", "name": "Deltawind B.V.", "kind": "company", "country": "NL", "postcode": "4331AA"}


def typed(slug: str = "impuls-zeeland", **values: str) -> Organisation:
    texts = COMPANY | values
    return actions.keep_record(actor=actor_for(slug), kind=kind("organisation"), period=2023, texts=texts)


def test_a_steward_adds_a_record_on_screen_and_it_says_who_typed_it():
    steward = signed_in("impuls-zeeland", "steward", name="anne")
    form = steward.get("/records/organisation/nieuw/?jaar=2023").content.decode()
    assert 'name="name"' in form
    answer = steward.post("/records/organisation/nieuw/?jaar=2023", COMPANY)
    assert answer.status_code == 302, answer.content.decode()
    page = steward.get(answer.url).content.decode()
    assert "Deltawind B.V." in page
    assert "Anne" in page
    assert "Deltawind B.V." in steward.get("/records/?jaar=2023").content.decode()
    assert "Deltawind B.V." not in steward.get("/records/?jaar=2022").content.decode()
    with acts("impuls-zeeland"):
        delivery = Delivery.objects.get()
        assert (delivery.origin, delivery.whole, delivery.state) == (Origin.FORM, False, "accepted")
        assert Organisation.objects.get().source.raw["name"] == "Deltawind B.V."
    with acts("oost-nl"):
        assert not Organisation.objects.exists()


def test_a_typed_record_is_refused_in_the_words_of_a_delivery_beside_its_field():
    steward = signed_in("impuls-zeeland", "steward")
    answer = steward.post("/records/organisation/nieuw/?jaar=2023", COMPANY | {"kvk": "12"})
    assert answer.status_code == 422
    assert 'id="id_kvk_error"' in answer.content.decode()
    answer = steward.post("/records/organisation/nieuw/?jaar=2023", COMPANY | {"name": ""})
    assert 'id="id_name_error"' in answer.content.decode()
    with acts("impuls-zeeland"):
        assert not Delivery.objects.exists()


def test_what_refers_is_chosen_from_ones_own_records_and_amounts_are_read_as_dutch():
    typed()
    steward = signed_in("impuls-zeeland", "steward")
    form = steward.get("/records/investment/nieuw/?jaar=2023").content.decode()
    assert "R7 · Deltawind B.V." in form
    posted = {"number": "I1", "organisation": "R7", "date": "2023-06-15", "amount": "1.250,50", "stage": "seed"}
    answer = steward.post("/records/investment/nieuw/?jaar=2023", posted)
    assert answer.status_code == 302, answer.content.decode()
    with acts("impuls-zeeland"):
        made = Investment.objects.get()
        assert (made.amount, made.organisation.number, made.stage) == (Decimal("1250.50"), "R7", "seed")


def many(slug: str = "impuls-zeeland", count: int = 30) -> None:
    """More organisations of an agency than a list shows."""
    with acts(slug):
        first = typed(slug)
        Organisation.objects.bulk_create(
            Organisation(
                owner_id=first.owner_id, delivery=first.delivery, source=first.source, period=2023,
                number=f"M{number}", name=f"Molen {number} B.V.", kind="company", country="NL",
            )
            for number in range(count)
        )  # fmt: skip


NEW = "/records/investment/nieuw/?jaar=2023"
INVESTED = {"number": "I1", "date": "2023-06-15", "amount": "1.250,50", "stage": "seed"}


def test_among_many_records_one_searches_chooses_and_keeps_without_scripts():
    many()
    many("bom")
    steward = signed_in("impuls-zeeland", "steward")
    form = steward.get(NEW).content.decode()
    assert 'name="organisation_search"' in form
    assert "Molen" not in form
    asked = INVESTED | {"organisation": "", "organisation_search": "delta wind", "organisation_searched": ""}
    for pressed in ({"search": "organisation"}, {}):  # the button, or Enter in the box
        page = steward.post(NEW, asked | pressed)
        shown = page.content.decode()
        assert page.status_code == 200
        assert "Er is er 1 gevonden" in shown
        assert shown.count("R7 · Deltawind B.V.") == 1
        assert 'value="1.250,50"' in shown, "what was typed stays"
        assert "error-summary" not in shown
    with acts("impuls-zeeland"):
        assert not Investment.objects.exists()
    chosen = asked | {"organisation": "R7", "organisation_searched": "delta wind"}
    assert steward.post(NEW, chosen).status_code == 302
    with acts("impuls-zeeland"):
        assert Investment.objects.get().organisation.number == "R7"


def test_what_is_not_found_or_found_too_often_is_said_and_a_number_can_still_be_typed():
    many()
    steward = signed_in("impuls-zeeland", "steward")
    nothing = steward.post(NEW, INVESTED | {"organisation_search": "zeppelin", "search": "organisation"})
    assert "Er is niets gevonden voor “zeppelin”" in nothing.content.decode()
    often = steward.post(NEW, INVESTED | {"organisation_search": "molen", "search": "organisation"}).content.decode()
    assert "meer dan 20 gevonden" in often
    assert often.count('type="radio" name="organisation"') == 21  # and none of these
    assert steward.post(NEW, INVESTED | {"organisation": "M3"}).status_code == 302


def test_what_a_record_refers_to_stays_chosen_while_one_searches_for_another():
    many()
    steward = signed_in("impuls-zeeland", "steward")
    asked = INVESTED | {"organisation": "R7", "organisation_search": "molen 12", "search": "organisation"}
    shown = steward.post(NEW, asked).content.decode()
    assert re.search(r'value="R7"[^>]*checked', shown)
    assert "R7, zoals het was" in shown


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.text(max_size=40))
def test_whatever_is_sought_is_answered_and_only_from_ones_own_records(said):
    with acts("liof"):
        filled = Organisation.objects.exists()
    if not filled:
        many("liof", 30)
    steward = signed_in("liof", "steward", name="leo")
    page = steward.post(NEW, INVESTED | {"organisation_search": said, "search": "organisation"})
    assert page.status_code == 200


def test_a_second_record_of_a_number_is_not_made():
    typed()
    with pytest.raises(actions.DeliveryRefused):
        typed(name="Een ander")
    with acts("impuls-zeeland"):
        assert Organisation.objects.get().name == "Deltawind B.V."


def test_a_record_kept_here_is_edited_by_another_delivery_of_one_row():
    made = typed()
    steward = signed_in("impuls-zeeland", "steward")
    url = f"/records/organisation/{made.pk}/bewerken/"
    assert "Deltawind B.V." in steward.get(url).content.decode()
    answer = steward.post(url, COMPANY | {"name": "Deltawind Holding B.V.", "number": "R8"})
    assert answer.status_code == 302, answer.content.decode()
    with acts("impuls-zeeland"):
        assert list(Organisation.objects.values_list("number", "name")) == [("R7", "Deltawind Holding B.V.")]
        assert Delivery.objects.filter(origin=Origin.FORM).count() == 2


def test_a_record_is_withdrawn_with_a_reason_and_counts_again():
    made = typed()
    steward, url = signed_in("impuls-zeeland", "steward"), f"/records/organisation/{made.pk}/intrekken/"
    assert steward.post(url, {}).status_code == 422
    steward.post(url, {"reason": "dubbel"})
    with acts("impuls-zeeland"):
        assert Organisation.objects.get().state == RecordState.WITHDRAWN
    steward.post(url, {"reason": "toch niet"})
    with acts("impuls-zeeland"):
        assert Organisation.objects.get().state == RecordState.STANDS


def test_a_delivered_record_is_not_edited_as_if_it_were_kept_here(tmp_path):
    send("bom", write(tmp_path / "d"))
    with acts("bom"):
        record_id = Organisation.objects.get(number="R1").pk
    assert signed_in("bom", "steward").get(f"/records/organisation/{record_id}/bewerken/").status_code == 404


def test_a_file_from_a_system_does_not_let_vanish_what_is_kept_here(tmp_path):
    typed("bom")
    accept("bom", compare("bom", write(tmp_path / "d")))
    with acts("bom"):
        assert Organisation.objects.get(number="R7").state == RecordState.STANDS


@pytest.mark.parametrize(("party", "role", "status"), [("bom", "reader", 403), ("provincie-utrecht", "reader", 403)])
def test_who_may_not_change_adds_nothing(party, role, status):
    person = signed_in(party, role)
    assert person.get("/records/").status_code == status
    assert person.post("/records/organisation/nieuw/?jaar=2023", COMPANY).status_code == status


def test_an_agency_keeps_no_list_of_the_network():
    assert signed_in("bom", "steward").get("/records/market_round/nieuw/?jaar=2023").status_code == 404


NAMES = st.from_regex(r"[A-Z][a-z]{2,9}( [A-Z][a-z]{1,8})?", fullmatch=True)


@settings(max_examples=5)
@given(names=st.lists(NAMES, min_size=1, max_size=2, unique=True))
def test_each_typed_record_adds_one_and_lets_the_others_be(names):
    with acts("liof"):
        before = Organisation.objects.count()
    for at, name in enumerate(names):
        typed("liof", number=f"N{before + at}", name=name)
    with acts("liof"):
        assert Organisation.objects.filter(state=RecordState.STANDS).count() == before + len(names)


def test_who_has_no_system_takes_a_blank_workbook_and_one_of_no_kind_is_not_there(tmp_path):
    send("bom", write(tmp_path / "d"))
    steward = signed_in("bom", "steward")
    assert "/aanleveringen/leeg/2023/project.xlsx" in steward.get("/records/?jaar=2023").content.decode()
    book = io.BytesIO(steward.get("/aanleveringen/leeg/2023/project.xlsx").content)
    assert "Projectnummer" in str(CalamineWorkbook.from_filelike(book).get_sheet_by_index(1).to_python())
    with zipfile.ZipFile(book) as parts:
        assert any(b"R1" in parts.read(name) for name in parts.namelist())  # the agency's own numbers to choose from
    assert steward.get("/aanleveringen/leeg/2023/alles.xlsx").status_code == 200
    assert steward.get("/aanleveringen/leeg/2023/market_round.xlsx").status_code == 404
