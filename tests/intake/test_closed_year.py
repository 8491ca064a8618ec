"""A delivery for a closed year is refused with whom to ask, whichever way it comes, and nothing of it is lost."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from schakel.inbox.models import Item
from schakel.intake import actions
from schakel.intake.delivering import accept_in_background
from schakel.intake.models import Delivery, DeliveryState
from schakel.intake.sources.declared import Source
from schakel.intake.sources.looking import look
from schakel.sharing.roles import WORKER, database_role
from tests.api.system import System, send_files
from tests.intake.collecting import of, opened
from tests.intake.delivering import MAPPING, TABLES, write
from tests.intake.going_wrong import CONTENT, YEAR, begun, kept
from tests.intake.people import signed_in
from tests.intake.test_differing import compare, held
from tests.intake.test_sources import AT_ONCE
from tests.intake.test_uploading import create, patch
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


def _close() -> None:
    opened(YEAR)
    actions.close_year(actor=of("rom-nederland"), period=YEAR)


def _reopen() -> None:
    actions.reopen_year(actor=of("rom-nederland"), period=YEAR)


def test_on_the_pages_a_closed_year_is_refused_at_each_step_and_goes_on_when_it_is_opened(tmp_path):
    steward = signed_in("bom", "steward")
    sending, ready = begun(), compare("bom", write(tmp_path / "d"))
    url = create(steward, sending, "nieuw.csv", len(CONTENT)).headers["Location"]
    _close()
    answer = steward.post(
        "/aanleveringen/nieuw/", {"period": YEAR, "whole": "all", "files": [SimpleUploadedFile("a.csv", CONTENT)]}
    )
    assert answer.status_code == 422
    assert patch(steward, url, 0, CONTENT).status_code == 204  # what is on its way is not thrown away
    for delivery, act in ((sending, "klaar"), (ready, "accepteren")):
        page = steward.post(f"/aanleveringen/{delivery.pk}/{act}/", follow=True).content.decode()
        assert "Vraag ROM-Nederland" in page, act
        english = steward.post(f"/aanleveringen/{delivery.pk}/{act}/", follow=True, headers={"accept-language": "en"})
        assert "Ask ROM-Nederland" in english.content.decode(), act
    assert held("bom", sending.pk).state == DeliveryState.UPLOADING
    assert held("bom", ready.pk).state == DeliveryState.CHECKED
    assert kept("nieuw.csv") == CONTENT
    _reopen()
    for delivery, act in ((sending, "klaar"), (ready, "accepteren")):
        steward.post(f"/aanleveringen/{delivery.pk}/{act}/")
    assert held("bom", sending.pk).state == DeliveryState.RECEIVED
    assert held("bom", ready.pk).state == DeliveryState.ACCEPTING


def test_who_asked_for_an_acceptance_reads_in_their_own_language_why_it_was_not_done(tmp_path):
    steward, ready = signed_in("bom", "steward"), compare("bom", write(tmp_path / "d"))
    steward.post(f"/aanleveringen/{ready.pk}/accepteren/")
    _close()
    with database_role(WORKER):
        accept_in_background(actor=actor_for("bom"), delivery_id=ready.pk)
    assert held("bom", ready.pk).state == DeliveryState.CHECKED
    with acts("bom"):
        told = Item.objects.get(key=f"refused:{ready.pk}")
    assert "Vraag ROM-Nederland" in told.body_nl
    assert "Ask ROM-Nederland" in told.body_en


def test_by_the_api_a_closed_year_is_a_problem_that_says_whom_to_ask():
    system = System()
    ready = send_files(system)
    sending = system.begin(YEAR)
    _close()
    assert system.ask("PUT", f"/deliveries/{sending}/files/relaties.csv", CONTENT)[0] == 201
    for path, body in (
        ("/deliveries", {"year": YEAR}),
        (f"/deliveries/{sending}/submission", None),
        (f"/deliveries/{ready}/acceptance", {}),
    ):
        status, problem = system.ask("POST", path, body)
        assert (status, problem["status"], "Ask ROM-Nederland" in problem["detail"]) == (409, 409, True), path
    _reopen()
    assert system.ask("POST", f"/deliveries/{sending}/submission")[0] == 202
    assert system.ask("POST", f"/deliveries/{ready}/acceptance", {})[0] == 202


def test_on_the_command_line_a_closed_year_is_refused_with_whom_to_ask(tmp_path):
    _close()
    mapping = tmp_path / "bom.toml"
    mapping.write_text(MAPPING.format(agency="bom"))
    with pytest.raises(CommandError, match="ROM-Nederland"):
        call_command("deliver", "bom", str(YEAR), str(write(tmp_path / "d")), "--mapping", str(mapping))
    with acts("bom"):
        assert not Delivery.objects.exists()


def test_files_in_a_watched_folder_wait_for_a_closed_year_and_a_steward_hears_whom_to_ask(tmp_path):
    (tmp_path / "bom").mkdir()
    write(tmp_path / "bom" / str(YEAR))
    source = Source(agency="bom", folder=str(tmp_path / "bom"))
    _close()
    for _ in range(2):
        with database_role(WORKER):
            assert look([source], quiet=AT_ONCE) == []
    with acts("bom"):
        item = Item.objects.get(key__startswith="source/", done_at=None)
    assert "Vraag ROM-Nederland" in item.body_nl
    assert "Ask ROM-Nederland" in item.body_en
    assert signed_in("bom", "steward").get(item.url).status_code == 200
    _reopen()
    with database_role(WORKER):
        (taken,) = look([source], quiet=AT_ONCE)
    with acts("bom"):
        assert taken.files.count() == len(TABLES)
        assert not Item.objects.filter(key__startswith="source/", done_at=None).exists()
