"""The queue of jobs: which failed, which are stuck, and trying them again."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation

_FAILED = """
    SELECT job.id, job.queue_name, job.task_name, job.args::text, job.attempts, max(event.at)
    FROM procrastinate_jobs job LEFT JOIN procrastinate_events event ON event.job_id = job.id
    WHERE job.status = 'failed'
    GROUP BY job.id ORDER BY job.id
"""
_COUNTS = "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs GROUP BY 1, 2 ORDER BY 1, 2"
_LEFT_BEHIND = "SELECT id FROM procrastinate_jobs WHERE status = 'doing' AND queue_name = %s ORDER BY id"


@dataclass(frozen=True)
class FailedJob:
    """A job that failed and will not be tried again by itself."""

    id: int
    queue: str
    task: str
    arguments: dict[str, object]
    attempts: int
    at: datetime.datetime | None


def failed_jobs() -> list[FailedJob]:
    """Return the jobs that failed, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED)
        rows = cursor.fetchall()
    return [
        FailedJob(number, queue, task, json.loads(words), tries, at) for number, queue, task, words, tries, at in rows
    ]


def job_counts() -> list[tuple[str, str, int]]:
    """Return (queue, status, number of jobs) of every queue."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return [(str(queue), str(status), int(number)) for queue, status, number in cursor.fetchall()]


def retry(ids: Iterable[int]) -> int:
    """Let failed jobs, or jobs left behind by a dead worker, be done again now; returns how many.

    A job whose work is waiting already, as another job, stays as it is.
    """
    now = datetime.datetime.now(tz=datetime.UTC)
    return sum(_retried(number, now) for number in ids)


def _retried(number: int, now: datetime.datetime) -> bool:
    try:
        with transaction.atomic():
            app.job_manager.retry_job_by_id(number, retry_at=now)
    except UniqueViolation:
        return False
    return True


def retry_left_behind(queue: str) -> int:
    """Let jobs be done again whose worker died; returns how many.

    Only for a worker that is sure to be the only one of ``queue``: then every job that is being done was left behind.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_BEHIND, [queue])
        return retry([int(number) for (number,) in cursor.fetchall()])
