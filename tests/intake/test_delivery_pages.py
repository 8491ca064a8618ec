"""The pages of deliveries, as people of each role see and use them, with forms alone."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schakel.documents import actions as documents
from schakel.documents.queries import content_of
from schakel.intake import actions
from schakel.intake.actions import say_progress
from schakel.intake.delivering import examine_in_background
from schakel.intake.models import CollectionYear, DeliveredFile, Delivery, DeliveryState, Origin
from schakel.intake.steps import steps_of
from schakel.network.queries import secretariat
from schakel.sharing.roles import WORKER, database_role
from tests.intake.delivering import send, write
from tests.intake.people import signed_in
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
LAST_YEAR = dt.date.today().year - 1
ORGANISATIONS = b"Nr;Naam\nR1;Zonneveld Energie B.V.\n"


@pytest.fixture
def steward() -> Client:
    return signed_in("bom", "steward", name="anna")


def sent(name: str = "relaties.csv", content: bytes = ORGANISATIONS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def begin(client: Client, *files: SimpleUploadedFile, **values: object):
    form = {"period": LAST_YEAR, "whole": "all", "files": list(files)} | values
    return client.post("/aanleveringen/nieuw/", form)


def the_delivery() -> Delivery:
    with acts("bom"):
        return Delivery.objects.get()


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_a_steward_sends_files_with_a_form_alone_and_has_them_checked(steward):
    answer = begin(steward, sent(), sent("projecten.csv", b"Project\nP1\n"))
    delivery = the_delivery()
    assert answer.headers["Location"] == f"/aanleveringen/{delivery.pk}/"
    page = text(steward, f"/aanleveringen/{delivery.pk}/")
    assert "relaties.csv" in page
    assert "Klaar: controleer deze bestanden" in page
    assert (delivery.state, delivery.period, delivery.origin, delivery.whole) == (
        "uploading",
        LAST_YEAR,
        "screen",
        True,
    )
    steward.post(f"/aanleveringen/{delivery.pk}/klaar/")
    assert the_delivery().state == DeliveryState.RECEIVED
    assert the_delivery().progress == {"step": "waiting"}
    page = text(steward, f"/aanleveringen/{delivery.pk}/")
    assert "Wacht op zijn beurt" in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_files_that_only_add_are_kept_as_such(steward):
    begin(steward, sent(), whole="some")
    assert not the_delivery().whole


def test_without_a_file_nothing_is_begun_and_it_is_said(steward):
    answer = begin(steward)
    assert answer.status_code == 422
    assert "Kies ten minste één bestand" in answer.content.decode()
    with acts("bom"):
        assert not Delivery.objects.exists()


def test_a_closed_year_cannot_be_chosen(steward):
    with acts("rom-nederland"):
        CollectionYear.objects.create(
            owner=secretariat(),
            period=LAST_YEAR,
            opens=dt.date(LAST_YEAR, 1, 1),
            due=dt.date(LAST_YEAR, 12, 31),
            closed_at=dt.datetime(LAST_YEAR + 1, 6, 1, tzinfo=dt.UTC),
        )
    assert begin(steward, sent()).status_code == 422
    with acts("bom"):
        assert not Delivery.objects.exists()


def test_a_script_is_told_where_the_files_go_or_what_is_wrong(steward):
    asked = {"accept": "application/json"}
    answer = steward.post("/aanleveringen/nieuw/", {"period": LAST_YEAR, "whole": "all"}, headers=asked)
    url = f"/aanleveringen/{the_delivery().pk}/"
    assert answer.json() == {"delivery": url, "create": f"{url}bestanden/"}
    answer = steward.post("/aanleveringen/nieuw/", {"period": 1950, "whole": "all"}, headers=asked)
    assert answer.status_code == 422
    assert "1950" in answer.json()["detail"]


def test_two_files_of_one_name_in_a_folder_are_both_kept(steward):
    begin(steward, sent(content=b"a\n"), sent(content=b"b\n"))
    with acts("bom"):
        names = list(DeliveredFile.objects.order_by("name").values_list("name", flat=True))
    assert names == ["relaties (2).csv", "relaties.csv"]


def test_what_a_system_hides_in_a_folder_is_left_out(steward):
    begin(steward, sent(), sent("~$relaties.xlsx"), sent(".DS_Store"))
    with acts("bom"):
        assert [file.name for file in DeliveredFile.objects.all()] == ["relaties.csv"]


def test_a_large_file_of_a_form_arrives_as_it_was_sent(steward):
    content = bytes(range(256)) * 14_000  # 3.5 MB: more than Django keeps in memory
    begin(steward, sent("groot.bin", content))
    with acts("bom"):
        assert content_of(DeliveredFile.objects.select_related("stored").get().stored) == content


def test_a_file_can_be_added_and_taken_out_until_all_is_sent(steward):
    begin(steward, sent())
    url = f"/aanleveringen/{the_delivery().pk}/"
    steward.post(f"{url}toevoegen/", {"files": [sent("extra.csv")]})
    with acts("bom"):
        extra = DeliveredFile.objects.get(name="extra.csv").pk
    steward.post(f"{url}bestanden/{extra}/weg/")
    steward.post(f"{url}klaar/")
    assert (
        "is compleet" in steward.post(f"{url}toevoegen/", {"files": [sent("laat.csv")]}, follow=True).content.decode()
    )
    with acts("bom"):
        assert [file.name for file in DeliveredFile.objects.all()] == ["relaties.csv"]


def test_a_half_sent_file_is_listed_and_keeps_the_delivery_open(steward):
    delivery = actions.begin_delivery(actor=actor_for("bom"), period=LAST_YEAR, origin=Origin.SCREEN)
    file = actions.begin_file(actor=actor_for("bom"), delivery=delivery, name="half.csv", size=10)
    actions.add_piece(actor=actor_for("bom"), file=file, offset=0, content=b"a;b")
    page = text(steward, f"/aanleveringen/{delivery.pk}/")
    assert 'data-name="half.csv" data-size="10"' in page
    assert "Kies hieronder hetzelfde bestand opnieuw" in page
    assert "Klaar: controleer deze bestanden" not in page
    assert f"aanlevering {delivery.pk}" in text(steward, "/aanleveringen/nieuw/")
    said = steward.post(f"/aanleveringen/{delivery.pk}/klaar/", follow=True).content.decode()
    assert "half.csv" in said
    assert the_delivery().state == DeliveryState.UPLOADING


def test_the_same_content_again_leads_to_the_delivery_that_has_it(steward):
    for _ in range(2):
        begin(steward, sent())
        with acts("bom"):
            newest = Delivery.objects.order_by("-pk")[0]
        answer = steward.post(f"/aanleveringen/{newest.pk}/klaar/", follow=True)
    with acts("bom"):
        first = Delivery.objects.order_by("pk")[0]
        assert list(Delivery.objects.order_by("pk").values_list("state", flat=True)) == ["received", "discarded"]
    assert answer.redirect_chain[-1][0] == f"/aanleveringen/{first.pk}/"
    assert f"precies die van aanlevering {first.pk}" in answer.content.decode()


def test_discarding_asks_first_and_is_told(steward):
    begin(steward, sent())
    url = f"/aanleveringen/{the_delivery().pk}/weggooien/"
    assert "Ja, gooi weg" in text(steward, url)
    assert the_delivery().state == DeliveryState.UPLOADING
    assert "is weggegooid" in steward.post(url, follow=True).content.decode()
    assert the_delivery().state == DeliveryState.DISCARDED


def test_an_accepted_delivery_cannot_be_discarded(steward, tmp_path):
    done = send("bom", write(tmp_path / "sent"))
    page = text(steward, f"/aanleveringen/{done.delivery.pk}/")
    assert "weggooien" not in page
    steward.post(f"/aanleveringen/{done.delivery.pk}/weggooien/")
    assert the_delivery().state == DeliveryState.ACCEPTED


def test_colleagues_see_who_did_what_and_who_is_looking(steward):
    colleague = signed_in("bom", "steward", name="bas")
    begin(steward, sent())
    url = f"/aanleveringen/{the_delivery().pk}/"
    steward.post(f"{url}klaar/")
    page = text(colleague, url)
    assert "Anna bekijkt" not in page
    text(steward, url)
    page = text(colleague, url)
    assert "Anna bekijkt deze aanlevering ook" in page
    assert "Bas bekijkt" not in page
    assert "<strong>Anna</strong> stuurde alle bestanden" in page


def test_a_reader_looks_and_changes_nothing(steward):
    begin(steward, sent())
    delivery, reader = the_delivery(), signed_in("bom", "reader")
    page = text(reader, f"/aanleveringen/{delivery.pk}/")
    assert "relaties.csv" in page
    assert "Klaar: controleer" not in page
    assert 'type="file"' not in page
    assert "Nieuwe aanlevering" not in text(reader, "/aanleveringen/")
    assert reader.get("/aanleveringen/nieuw/").status_code == 403
    for verb in ("klaar", "toevoegen", "weggooien", "opnieuw"):
        answer = reader.post(f"/aanleveringen/{delivery.pk}/{verb}/")
        assert answer.status_code == 403
        assert "datasteward" in answer.content.decode()
    assert begin(reader, sent()).status_code == 403
    assert the_delivery().state == DeliveryState.UPLOADING


@pytest.mark.parametrize(("slug", "role"), [("oost-nl", "steward"), ("rom-nederland", "secretary")])
def test_nobody_else_finds_a_delivery(steward, slug, role):
    begin(steward, sent())
    delivery, other = the_delivery(), signed_in(slug, role)
    text(other, f"/aanleveringen/{delivery.pk}/", status=404)
    text(other, f"/aanleveringen/{delivery.pk}/stand/", status=404)
    for verb in ("klaar", "toevoegen", "weggooien", "opnieuw"):
        assert other.post(f"/aanleveringen/{delivery.pk}/{verb}/", {"files": [sent()]}).status_code == 404
    assert f"/aanleveringen/{delivery.pk}/" not in text(other, "/aanleveringen/")


def test_a_province_has_no_deliveries():
    assert signed_in("provincie-utrecht", "reader").get("/aanleveringen/").status_code == 403


def test_who_has_not_signed_in_signs_in_first(client):
    assert client.get("/aanleveringen/nieuw/").headers["Location"] == "/aanmelden/?next=/aanleveringen/nieuw/"


def test_a_file_is_read_part_by_part_while_it_goes_out(steward):
    content = b"x" * (documents.PART + 7)
    begin(steward, sent("groot.csv", content))
    with acts("bom"):
        file = DeliveredFile.objects.get().pk
    answer = steward.get(f"/bestanden/{file}/")
    assert answer.headers["Content-Length"] == str(len(content))
    assert [len(part) for part in answer.streaming_content] == [documents.PART, 7]


def test_the_list_is_chosen_by_year_and_state_and_begins_with_how(steward):
    assert "kies ‘Nieuwe aanlevering’" in text(steward, "/aanleveringen/")
    for year in (2021, 2022):
        actions.begin_delivery(actor=actor_for("bom"), period=year, origin=Origin.SCREEN)
    with acts("bom"):
        older, newer = (Delivery.objects.get(period=year).pk for year in (2021, 2022))
    page = text(steward, "/aanleveringen/?jaar=2021&staat=uploading")
    assert f"/aanleveringen/{older}/" in page
    assert f"/aanleveringen/{newer}/" not in page
    assert "Zo’n aanlevering is er niet." in text(steward, "/aanleveringen/?staat=accepted")
    assert f"/aanleveringen/{newer}/" in text(steward, "/aanleveringen/?jaar=zomer")


def test_a_long_list_comes_in_pages(steward):
    for _ in range(27):
        actions.begin_delivery(actor=actor_for("bom"), period=2022, origin=Origin.SCREEN)
    assert text(steward, "/aanleveringen/?page=2").count("badge--neutral") == 2


def test_the_steps_follow_a_delivery_to_its_end(steward, tmp_path):
    delivery = actions.begin_delivery(actor=actor_for("bom"), period=2023, origin=Origin.SCREEN)
    with acts("bom"):
        assert [step.state for step in steps_of(delivery)] == ["current", "todo", "todo", "todo", "todo"]
    done = send("bom", write(tmp_path / "sent"), accept=False)
    with acts("bom"):
        kept = Delivery.objects.get(pk=done.delivery.pk)
        assert [step.state for step in steps_of(kept)] == ["done", "done", "done", "current", "todo"]
    page = text(steward, f"/aanleveringen/{done.delivery.pk}/")
    assert page.count('aria-current="step"') == 1
    done = send("bom", write(tmp_path / "sent"))
    with acts("bom"):
        kept = Delivery.objects.get(pk=done.delivery.pk)
        assert [step.state for step in steps_of(kept)] == ["done", "done", "done", "done", "done"]


def test_the_page_is_told_of_progress_only_when_there_is_some(steward):
    begin(steward, sent())
    delivery = the_delivery()
    say_progress(actor=actor_for("bom"), delivery_id=delivery.pk, step="checking", done=3, of=9)
    stand = f"/aanleveringen/{delivery.pk}/stand/"
    answer = steward.get(stand)
    assert "3 van 9" in answer.content.decode()
    assert steward.get(stand, {"told": "checking 3 9"}).status_code == 204
    say_progress(actor=actor_for("bom"), delivery_id=delivery.pk)
    assert steward.get(stand, {"told": "checking 3 9"}).headers["HX-Refresh"] == "true"


def test_work_that_stopped_says_why_and_can_be_tried_again(steward):
    begin(steward, sent())
    delivery = the_delivery()
    steward.post(f"/aanleveringen/{delivery.pk}/klaar/")
    say_progress(actor=actor_for("bom"), delivery_id=delivery.pk, error="out of memory")
    page = text(steward, f"/aanleveringen/{delivery.pk}/")
    assert "out of memory" in page
    assert "Opnieuw proberen" in page
    steward.post(f"/aanleveringen/{delivery.pk}/opnieuw/")
    with database_role(WORKER):
        examine_in_background(actor=actor_for("bom"), delivery_id=delivery.pk)
    assert the_delivery().examined_at is not None
    assert "out of memory" not in text(steward, f"/aanleveringen/{delivery.pk}/")


def test_an_acceptance_that_stopped_can_be_tried_again_and_one_that_goes_on_cannot(steward, tmp_path):
    done = send("bom", write(tmp_path / "sent"), accept=False)
    actions.ask_acceptance(actor=actor_for("bom"), delivery=done.delivery)
    again = f"/aanleveringen/{done.delivery.pk}/opnieuw/"
    assert "al aan het accepteren" in steward.post(again, follow=True).content.decode()
    say_progress(actor=actor_for("bom"), delivery_id=done.delivery.pk, error="out of memory")
    assert "Opnieuw proberen" in text(steward, f"/aanleveringen/{done.delivery.pk}/")
    steward.post(again)
    assert the_delivery().progress == {"step": "waiting"}


def test_a_file_of_the_wrong_type_is_told_by_reading_not_by_the_form(steward):
    begin(steward, SimpleUploadedFile("foto.png", io.BytesIO(b"\x89PNG\r\n\x1a\n").getvalue()))
    delivery = the_delivery()
    steward.post(f"/aanleveringen/{delivery.pk}/klaar/")
    with database_role(WORKER):
        examine_in_background(actor=actor_for("bom"), delivery_id=delivery.pk)
    page = text(steward, f"/aanleveringen/{delivery.pk}/")
    assert the_delivery().state == DeliveryState.FAILED
    assert "niet leesbaar" in page
    assert "Nieuwe aanlevering" in page
