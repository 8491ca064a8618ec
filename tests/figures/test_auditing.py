"""An auditor draws a sample under mandates, sees what is behind it, concludes; and sees nothing without."""

from __future__ import annotations

import io
import json
from decimal import Decimal

import openpyxl
import pytest
from django.db import ProgrammingError, transaction

from schakel.figures.actions.auditing import AuditRefused, conclude_item, conclude_sample, draw_sample, units_of
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.auditing.drawing import monetary, simple
from schakel.figures.models import Conclusion, Method, Outcome, Sample, SampleItem
from schakel.invest.models import Investment
from schakel.network.queries import party
from schakel.sharing.mandates import looks, withdraw_mandate
from schakel.sharing.roles import WEB, database_role
from tests.intake.people import signed_in
from tests.making import actor_for, acts
from tests.sharing.mandates import HOUR, OFFICE, mandate, move, office

from .auditing import YEAR, counting, delivered, joined, stands_behind

pytestmark = pytest.mark.django_db
__all__ = ["counting"]


@pytest.fixture(scope="module", autouse=True)
def _delivered(tmp_path_factory, around):
    """BOM and NOM delivered six and three investments."""
    folder = tmp_path_factory.mktemp("years")
    with database_role(WEB):
        delivered(folder, "bom")
        delivered(folder, "nom", investments=3)
        joined()


@pytest.fixture
def years(counting):
    """BOM gave a mandate for its year."""
    return mandate("bom")


def drawn(size: int = 3, method: Method = Method.SIMPLE, seed: str = "zaad") -> Sample:
    behind = stands_behind(agency=["bom"])
    return draw_sample(actor=actor_for(OFFICE), behind=behind, method=method, seed=seed, size=size)


def test_only_what_is_under_mandate_is_drawn_from_and_the_rest_is_a_number(years):
    mandate("rom-nederland")
    behind = stands_behind()
    assert (behind.behind, len(behind.frame), {unit.agency for unit in behind.frame}) == (9, 6, {"bom"})
    assert sum(unit.amount for unit in behind.frame) == 2_100_000_00


def test_the_sample_is_drawn_again_from_what_it_keeps(years):
    for method, rule in ((Method.SIMPLE, simple), (Method.MONETARY, monetary)):
        sample = drawn(method=method)
        with acts(OFFICE):
            kept = [(item.kind, item.record_id) for item in sample.items.all()]
            again = rule(sample.seed, units_of(sample), sample.asked)
        assert kept == [(item.unit.kind, item.unit.id) for item in again.items]


def test_without_a_mandate_nothing_unpublished_is_counted_and_nothing_drawn(years, counting):
    withdraw_mandate(actor=actor_for("bom"), mandate_id=years.pk, reason="klaar")
    with pytest.raises(QuestionError):
        stands_behind(agency=["bom"])


@pytest.mark.parametrize(
    "audience",
    [
        Audience(auditor=0, agencies=("bom",)),
        Audience(auditor=-1, agencies=("bom",)),
        Audience(auditor=-1, agencies=("bom", "nom")),
        Audience(auditor=-1, maker=True),
        Audience(auditor=-1, all_agencies=True),
        Audience(auditor=-1, agency="nom"),
    ],
)
def test_the_counting_process_looks_itself_what_a_mandate_covers(years, counting, audience):
    auditor = party(OFFICE).pk if audience.auditor == -1 and audience.agencies != ("bom",) else audience.auditor
    asked = Audience(audience.agency, audience.all_agencies, audience.maker, auditor, audience.agencies)
    with pytest.raises(QuestionError):
        counting.ask(None, Question("population", ("invested_eur",), (), {"year": [YEAR]}, asked))


def test_the_network_is_the_secretariats_to_show(years):
    with pytest.raises(QuestionError, match="not published"):
        stands_behind()
    mandate("rom-nederland", years=(2019,))
    with pytest.raises(QuestionError, match="not published"):
        stands_behind()


def test_a_figure_that_no_agency_has_is_not_had_by_asking_of_an_agency(years, counting):
    office = party(OFFICE).pk
    for indicators in ((), ("joint_projects_share",), ("invested_eur", "joint_projects_share")):
        asked = Audience(auditor=office, agencies=("bom",))
        question = Question("figures", indicators, (), {"year": [YEAR], "agency": ["bom"]}, asked)
        with pytest.raises(QuestionError, match="not published"):
            counting.ask(None, question)


def test_another_agency_is_not_asked_of(years):
    with pytest.raises(QuestionError):
        stands_behind(agency=["nom"])


def test_an_office_that_is_no_auditor_draws_nothing(years):
    behind = stands_behind(agency=["bom"])
    with pytest.raises(AuditRefused, match="accountants"):
        draw_sample(actor=actor_for("nom"), behind=behind, method=Method.SIMPLE, seed="x", size=1)


def test_conclusions_stay_and_a_correction_is_another_line(years):
    sample = drawn(1)
    auditor = actor_for(OFFICE)
    with acts(OFFICE):
        (item,) = sample.items.all()
    first = conclude_item(actor=auditor, item=item, outcome=Outcome.AGREES)
    found = Decimal(item.amount) / 100 - 1000
    second = conclude_item(actor=auditor, item=item, outcome=Outcome.DEVIATES, found=found, remark="factuur lager")
    assert second.corrects_id == first.pk
    with acts(OFFICE):
        for change in (
            lambda: Conclusion.objects.update(outcome="agrees"),
            lambda: Conclusion.objects.all()._raw_delete("default"),
            lambda: SampleItem.objects.update(amount=0),
            lambda: Sample.objects.update(seed="x"),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                change()
    whole = conclude_sample(actor=auditor, sample=sample, outcome=Outcome.DEVIATES, remark="klein verschil")
    assert whole.projection["known"] == "1000.00"
    assert whole.projection["projected"] == "6000.00"


@pytest.mark.parametrize(
    ("outcome", "found", "remark"),
    [(Outcome.DEVIATES, Decimal(1), " "), (Outcome.DEVIATES, None, "waarom"), (Outcome.UNKNOWN, None, "")],
)
def test_a_conclusion_that_says_too_little_is_refused(years, outcome, found, remark):
    sample = drawn(1)
    with acts(OFFICE):
        (item,) = sample.items.all()
    with pytest.raises(AuditRefused):
        conclude_item(actor=actor_for(OFFICE), item=item, outcome=outcome, found=found, remark=remark)


def test_the_whole_is_concluded_last(years):
    with pytest.raises(AuditRefused, match="3 staan nog open"):
        conclude_sample(actor=actor_for(OFFICE), sample=drawn(3), outcome=Outcome.AGREES, remark="goed")


def test_samples_and_conclusions_are_the_auditors_own(years):
    drawn(1)
    for slug in ("bom", "rom-nederland"):
        with acts(slug):
            assert not Sample.objects.exists()


def test_the_way_on_screen_and_who_looked(years):
    auditor, steward = signed_in(OFFICE, "auditor"), signed_in("bom", "steward")
    home = auditor.get("/controle/").content.decode()
    assert "BOM" in home
    table = auditor.get(f"/controle/cijfers/{YEAR}/").content.decode()
    assert "2.100.000" in table
    assert "NOM" not in table
    files = auditor.get(f"/controle/bestanden/{YEAR}/").content.decode()
    assert "investeringen.csv" in files
    assert "NOM" not in files
    where = f"/controle/steekproef/nieuw/?indicator=invested_eur&year={YEAR}&stand=nu&agency=bom"
    assert "6 onder mandaat" in auditor.get(where).content.decode()
    answer = auditor.post(where, {"method": "simple", "size": 2, "seed": "zaad"})
    assert answer.status_code == 302, answer.content.decode()
    sample = answer.headers["Location"]
    item = auditor.get(f"{sample}1/").content.decode()
    for said in ("Zonneveld ", "investeringen!", "Bedrag", "SHA-256", "[[table]]", "dit record"):
        assert said in item
    counted = {f"Zoals geteld: €\N{NO-BREAK SPACE}{n}00.000" for n in range(1, 7)}
    assert any(said in item for said in counted)
    assert auditor.post(f"{sample}1/", {"outcome": "agrees", "remark": ""}).status_code == 302
    assert auditor.post(f"{sample}2/", {"outcome": "deviates", "remark": ""}).status_code == 422
    assert "drawn" not in steward.get("/inzage/").content.decode()
    seen = steward.get("/inzage/").content.decode()
    assert "getrokken in een steekproef" in seen
    assert "geopend" in seen
    with acts("nom"):
        assert not looks().exists()


def test_a_page_that_is_open_shows_no_record_once_the_mandate_is_withdrawn(years):
    sample = drawn(1)
    auditor = signed_in(OFFICE, "auditor")
    with acts(OFFICE):
        (item,) = sample.items.all()
        record = f"/records/investment/{item.record_id}/"
    assert "Zonneveld" in auditor.get(f"/controle/steekproef/{sample.pk}/1/").content.decode()
    assert auditor.get(record).status_code == 200
    withdraw_mandate(actor=actor_for("bom"), mandate_id=years.pk, reason="klaar")
    page = auditor.get(f"/controle/steekproef/{sample.pk}/1/")
    assert page.status_code == 200
    assert "Zonneveld" not in page.content.decode()
    assert auditor.get(record).status_code == 404
    assert auditor.get(f"/controle/cijfers/{YEAR}/").status_code == 404
    assert auditor.get(f"/controle/bestanden/{YEAR}/").status_code == 404
    assert "Zonneveld" not in auditor.get(f"/controle/steekproef/{sample.pk}/steekproef.json").content.decode()
    assert auditor.post(f"/controle/steekproef/{sample.pk}/1/", {"outcome": "agrees"}).status_code == 302


def test_a_mandate_that_ended_an_hour_ago_opens_no_page(years):
    move(years, since=-3 * HOUR, until=-HOUR)
    auditor = signed_in(OFFICE, "auditor")
    assert auditor.get("/controle/").status_code == 200
    assert auditor.get(f"/controle/cijfers/{YEAR}/").status_code == 404
    with acts(OFFICE):
        assert not Investment.objects.exists()


@pytest.mark.parametrize(
    ("slug", "role"), [("bom", "steward"), ("rom-nederland", "secretary"), ("ministerie-ez", "reader")]
)
def test_the_pages_are_for_auditors(slug, role):
    client = signed_in(slug, role)
    for path in ("/controle/", f"/controle/cijfers/{YEAR}/", "/controle/steekproef/1/", "/controle/steekproef/1/1/"):
        assert client.get(path).status_code == 403


def test_another_offices_sample_is_not_there(years):
    sample = drawn(1)
    office("another")
    other = signed_in("another", "auditor")
    for path in ("", "1/", "steekproef.csv"):
        assert other.get(f"/controle/steekproef/{sample.pk}/{path}").status_code == 404


def test_what_is_taken_along_has_the_evidence_and_runs_nothing(years):
    sample = drawn(2, seed="=1+1")
    auditor = signed_in(OFFICE, "auditor")
    with acts(OFFICE):
        item = sample.items.first()
    remark = "=HYPERLINK(1)"
    conclude_item(actor=actor_for(OFFICE), item=item, outcome=Outcome.UNKNOWN, remark=remark)
    at = f"/controle/steekproef/{sample.pk}/steekproef"
    csv = auditor.get(f"{at}.csv").content.decode()
    assert "'=HYPERLINK" in csv
    assert "100.000,00" in csv or "00.000,00" in csv
    book = openpyxl.load_workbook(io.BytesIO(auditor.get(f"{at}.xlsx").content))
    assert {cell.data_type for page in book for row in page.iter_rows() for cell in row} <= {"s", "n"}
    told = json.loads(auditor.get(f"{at}.json").content)
    assert told["sample"][0]["frame_sha256"] == sample.frame_digest
    assert len(told["drawn_from"]) == 6
    assert told["records"][0]["remark"] == remark
    with acts("bom"):
        assert {look.verb for look in looks()} >= {"sampled", "exported"}


def test_the_trail_is_taken_along_as_far_as_the_mandate_goes(years):
    from schakel.trail.actions import seal

    seal()
    auditor = signed_in(OFFICE, "auditor")
    lines = [json.loads(line) for line in auditor.get("/controle/spoor.ndjson").getvalue().decode().splitlines()]
    owners = {json.loads(line["line"])["owner_id"] for line in lines}
    assert owners == {party("bom").pk, party(OFFICE).pk} or owners == {party("bom").pk}
    assert auditor.get("/controle/spoor.txt").status_code == 404
    with acts("bom"):
        assert looks().filter(kind="trail").exists()
