"""Failed jobs are shown and tried again; jobs of a dead worker are found."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from schakel.cli.jobs import forget_old_jobs, retry_stalled_jobs
from schakel.cli.queue import failed_jobs, job_counts, retry, retry_left_behind

pytestmark = pytest.mark.django_db


def job(status: str, queue: str = "default", task: Task[..., object, ...] = forget_old_jobs) -> int:
    """A job that has come to this status."""
    number = task.configure(queue=queue).defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', attempts = 1 WHERE id = %s", [number])
        if status != "doing":
            cursor.execute(
                "UPDATE procrastinate_jobs SET status = %s::procrastinate_job_status WHERE id = %s", [status, number]
            )
    return int(number)


def status_of(number: int) -> str:
    (found,) = app.job_manager.list_jobs(id=number)
    return str(found.status)


def test_a_failed_job_is_shown_with_what_it_was_about() -> None:
    number = job("failed")
    (failed,) = [failed for failed in failed_jobs() if failed.id == number]
    assert (failed.queue, failed.task) == ("default", "schakel.cli.jobs.forget_old_jobs")
    assert failed.arguments == {"timestamp": 0}
    assert failed.at is not None


def test_jobs_are_counted_by_queue_and_status() -> None:
    job("failed", queue="link")
    assert ("link", "failed", 1) in job_counts()


def test_failed_jobs_leave_a_finding_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    number = job("failed")
    with pytest.raises(SystemExit) as leaving:
        call_command("jobs")
    assert leaving.value.code == 1
    assert f"failed {number} at" in capsys.readouterr().out


def test_programs_can_read_the_failed_jobs(capsys: pytest.CaptureFixture[str]) -> None:
    number = job("failed")
    with pytest.raises(SystemExit):
        call_command("jobs", "--json")
    assert number in [known["id"] for known in json.loads(capsys.readouterr().out)["failed"]]


def test_a_failed_job_is_tried_again_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    number = job("failed")
    call_command("jobs", "--retry", str(number))
    assert status_of(number) == "todo"
    assert "1 jobs will be tried again" in capsys.readouterr().out


def test_all_failed_jobs_are_tried_again_when_asked() -> None:
    numbers = [job("failed"), job("failed", task=retry_stalled_jobs)]
    call_command("jobs", "--retry", "all")
    assert [status_of(number) for number in numbers] == ["todo", "todo"]


def test_work_that_is_waiting_already_is_not_done_twice() -> None:
    numbers = [job("failed"), job("failed")]
    assert retry(numbers) == 1
    assert sorted(status_of(number) for number in numbers) == ["failed", "todo"]


@pytest.mark.parametrize("word", ["999999999", "seven"])
def test_a_number_of_no_failed_job_is_refused(word: str) -> None:
    with pytest.raises(CommandError, match=f"number {word}"):
        call_command("jobs", "--retry", word)


def test_a_new_worker_does_again_what_a_dead_one_left() -> None:
    left, others, waiting = job("doing"), job("doing", queue="link"), job("failed")
    assert retry_left_behind("default") >= 1
    assert [status_of(number) for number in (left, others, waiting)] == ["todo", "doing", "failed"]


def test_the_linker_may_do_with_jobs_what_a_worker_may() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(has_table_privilege('schakel_linker', oid, 'INSERT, UPDATE, DELETE'))"
            " FROM pg_class WHERE relname LIKE 'procrastinate_%' AND relkind = 'r'"
        )
        assert cursor.fetchone() == (True,)
