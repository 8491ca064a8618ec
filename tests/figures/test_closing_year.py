"""The secretariat closes a year: who may, when not, what is kept, and what everybody reads of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from schakel.figures import jobs
from schakel.figures.actions.closing import ClosingRefused, closing_failed, closing_made, order_closing
from schakel.figures.answering import answer
from schakel.figures.asking import Audience, Question, QuestionError
from schakel.figures.closing import ClosingError, making
from schakel.figures.closing.carrying import written
from schakel.figures.closing.kept import files_of, open_closing
from schakel.figures.closing.making import NotYetError, close_year
from schakel.figures.closing.verifying import verify
from schakel.figures.models import Closing, ClosingFile, ClosingState
from schakel.figures.process import CountingError
from schakel.inbox.models import Item
from schakel.intake.models import Delivery, DeliveryState
from schakel.register.actions import link
from schakel.sharing.acting import acting
from schakel.sharing.roles import BACKUP, COUNTER, LINKER, WEB, WORKER, database_role
from schakel.trail.models import Entry
from tests.inbox.people import acts_as, of, somebody
from tests.intake.delivering import send, write

from .closings import COMPANIES, COVERAGE, INVESTED, SEED, definitions

pytestmark = pytest.mark.django_db
ALL = Audience(all_agencies=True, maker=True)
NAMES = ("Zonneveld", "AgroLoop", "Waterstof", "12345678", "4818CL")


@pytest.fixture(autouse=True)
def _small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "texts", lambda: definitions(INVESTED, COMPANIES, COVERAGE))


@pytest.fixture
def delivered(tmp_path: Path) -> Path:
    """BOM's year is accepted and joined."""
    deliver(tmp_path)
    return tmp_path


def deliver(folder: Path, slug: str = "bom", **tables: str) -> None:
    send(slug, write(folder / "sent", **tables))
    with database_role(LINKER):
        link()


def secretary():
    return acts_as(somebody("sara", "rom-nederland", "secretary"), "rom-nederland")


def make(closing: Closing) -> Closing:
    """What worker and counting process do with an order."""
    with database_role(COUNTER):
        made = close_year(closing.pk)
    with database_role(WORKER):
        return closing_made(actor=secretary(), closing_id=closing.pk, digest=made.digest, manifest=made.manifest)


def closed(reason: str = "") -> Closing:
    return make(order_closing(actor=secretary(), period=2023, reason=reason))


def opened(closing: Closing):
    with database_role(COUNTER):
        return open_closing(closing.pk)


def invested(closing: Closing) -> int:
    found = opened(closing)
    question = Question("figures", ("invested",), filters={"year": [2023]}, audience=ALL, vintage=closing.pk)
    amount: int = answer(question, found.extract, found.indicators)["figures"][0]["total"]["amount"]
    return amount


def test_a_closing_is_made_told_and_kept(delivered):
    closing = closed()
    assert (closing.version, closing.state, closing.corrects) == (1, ClosingState.MADE, None)
    assert closing.manifest["indicators"] == {"invested": 1, "companies": 1, "coverage": 1}
    assert not {"facts", "files"} & set(closing.manifest)  # every party may read it, published or not
    assert invested(closing) == 100_000_00
    with acting(secretary()):
        assert Item.objects.filter(key=f"closing:{closing.pk}:made").exists()
        assert Entry.objects.filter(verb="closed", kind="closing", objects_ids=[closing.pk]).count() == 1


def test_it_verifies_from_its_files(delivered):
    closing = closed()
    with database_role(COUNTER), written(files_of(closing.pk)) as folder:
        report = verify(folder, digest=closing.digest)
    assert (report.differences, report.notes, report.year) == ((), (), 2023)


def test_later_deliveries_change_nothing_of_it(delivered):
    closing = closed()
    deliver(delivered, investeringen="Investering;Nr;Datum;Bedrag;Fase\nI1;R1;15-06-2023;999.000,00;seed\n")
    assert invested(closing) == 100_000_00
    assert invested(closed("BOM delivered again")) == 999_000_00


def test_a_correction_names_what_it_corrects_and_why(delivered):
    first = closed()
    deliver(delivered, investeringen="Investering;Nr;Datum;Bedrag;Fase\nI1;R1;15-06-2023;1,00;seed\n")
    with pytest.raises(ClosingRefused, match=r"reden|why"):
        order_closing(actor=secretary(), period=2023)
    second = closed("A slip of the keyboard")
    assert (second.version, second.corrects, second.reason) == (2, first, "A slip of the keyboard")
    assert second.manifest["corrects"] == first.digest
    assert second.ordered_by.name == "Sara"


@pytest.mark.parametrize("slug", ["bom", "ministerie-ez", "provincie-noord-brabant"])
def test_only_the_secretariat_closes(delivered, slug):
    with pytest.raises(ClosingRefused):
        order_closing(actor=of(slug), period=2023)


def test_without_a_delivery_there_is_nothing_to_close():
    with pytest.raises(ClosingRefused, match="2019"):
        order_closing(actor=secretary(), period=2019)


def test_a_year_is_not_closed_twice_at_once(delivered):
    order_closing(actor=secretary(), period=2023)
    with pytest.raises(ClosingRefused):
        order_closing(actor=secretary(), period=2023)


def test_one_that_hangs_can_be_ordered_again(delivered):
    hanging = order_closing(actor=secretary(), period=2023)
    with acting(secretary()):
        Closing.objects.update(ordered_at=timezone.now() - timedelta(hours=2))
    assert order_closing(actor=secretary(), period=2023).pk == hanging.pk
    assert make(hanging).state == ClosingState.MADE


def answered(monkeypatch, reply):
    """The counting process as it answers the job, where it can."""

    def ask(_path, question, *, patience):
        return reply(question)

    monkeypatch.setattr(jobs, "ask", ask)


def run_job(closing: Closing, attempt: int = 0) -> Closing:
    with database_role(WORKER):
        jobs.make_closing(closing_id=closing.pk, party=closing.owner_id, person=closing.ordered_by_id, attempt=attempt)
    with acting(secretary()):
        return Closing.objects.get(pk=closing.pk)


def queued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'figures.make_closing'")
        return int(cursor.fetchone()[0])


def silent(_question):
    raise CountingError("nobody counts")


def refusing(_question):
    raise QuestionError("nothing is other")


def test_the_job_has_the_closing_made_and_writes_it_down(delivered, monkeypatch):
    def counter(question):
        with database_role(COUNTER):
            made = close_year(question.vintage)
        return {"digest": made.digest, "manifest": made.manifest}

    closing = order_closing(actor=secretary(), period=2023)
    answered(monkeypatch, counter)
    assert run_job(closing).state == ClosingState.MADE
    assert run_job(closing).state == ClosingState.MADE


@pytest.mark.parametrize("reply", [silent, lambda _question: {"wait": "records are on their way"}])
def test_the_job_tries_again_while_it_cannot_be_made_and_says_so_in_the_end(delivered, monkeypatch, reply):
    closing = order_closing(actor=secretary(), period=2023)
    answered(monkeypatch, reply)
    before = queued()
    assert run_job(closing).state == ClosingState.ORDERED
    assert queued() == before + 1
    failed = run_job(closing, attempt=jobs.TRIES)
    assert (failed.state, bool(failed.failure)) == (ClosingState.FAILED, True)


def test_the_job_writes_down_why_it_is_not_to_be_made(delivered, monkeypatch):
    closing = order_closing(actor=secretary(), period=2023)
    answered(monkeypatch, refusing)
    assert run_job(closing).failure == "nothing is other"


def test_while_a_delivery_is_being_accepted_the_closing_waits(delivered):
    closing = order_closing(actor=secretary(), period=2023)
    with acting(of("bom")):
        Delivery.objects.update(state=DeliveryState.ACCEPTING)
    with database_role(COUNTER), pytest.raises(NotYetError):
        close_year(closing.pk)


def test_while_records_are_not_joined_the_closing_waits(tmp_path):
    send("bom", write(tmp_path / "sent"))
    closing = order_closing(actor=secretary(), period=2023)
    with database_role(COUNTER), pytest.raises(NotYetError):
        close_year(closing.pk)


def test_the_same_state_is_not_closed_twice(delivered):
    closed()
    again = order_closing(actor=secretary(), period=2023, reason="To be sure")
    with database_role(COUNTER), pytest.raises(ClosingError):
        close_year(again.pk)


def test_one_that_failed_is_ordered_again_under_its_own_version(delivered):
    first = closed()
    failing = order_closing(actor=secretary(), period=2023, reason="To be sure")
    closing_failed(actor=secretary(), closing_id=failing.pk, failure="nothing is other")
    making_texts = definitions(SEED, COMPANIES, COVERAGE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "texts", lambda: making_texts)
        again = closed("The definition of 2024")
    assert (again.pk, again.version, again.corrects, again.failure) == (failing.pk, 2, first, "")
    assert again.manifest["indicators"]["invested"] == 2


def test_made_twice_is_made_once(delivered):
    closing = order_closing(actor=secretary(), period=2023)
    with database_role(COUNTER):
        assert close_year(closing.pk) == close_year(closing.pk)
    assert make(closing).digest == make(closing).digest


def test_the_same_state_gives_the_same_files(delivered):
    with database_role(COUNTER):
        one, other = making.state_now(2023), making.state_now(2023)
    assert one.digest == other.digest
    assert one.inputs() == other.inputs()


@pytest.fixture
def kept(delivered) -> Iterator[dict[str, bytes]]:
    closing = closed()
    with database_role(COUNTER):
        yield files_of(closing.pk)


def test_no_name_and_no_number_of_an_organisation_is_in_it(kept):
    assert not [(name, word) for name, content in kept.items() for word in NAMES if word.encode() in content]


@pytest.mark.parametrize("role", [WEB, WORKER])
def test_nobody_but_the_counter_reads_its_files(kept, role):
    with database_role(role), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ClosingFile.objects.count()


def test_the_counter_cannot_alter_them(kept):
    with database_role(COUNTER), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ClosingFile.objects.update(content=b"other")
    with database_role(COUNTER), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ClosingFile.objects.all()._raw_delete("default")


def test_no_file_is_kept_twice(delivered):
    closing = closed()
    with database_role(COUNTER), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO figures_closingfile (closing_id, name, sha256, content)"
            " SELECT closing_id, name, sha256, content FROM figures_closingfile WHERE closing_id = %s",
            [closing.pk],
        )


def test_a_backup_reads_all_of_it(kept):
    with database_role(BACKUP):
        assert Closing.objects.count() == 1
        assert {file.name: bytes(file.content) for file in ClosingFile.objects.all()} == kept
