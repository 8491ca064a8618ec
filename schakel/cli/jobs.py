"""Background work of the running itself."""

from __future__ import annotations

import datetime
import logging

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

log = logging.getLogger(__name__)
_KEPT_DAYS = 30


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=False)
async def retry_stalled_jobs(timestamp: int) -> None:
    """Let the jobs of workers that no longer give a sign of life be done again."""
    now = datetime.datetime.now(tz=datetime.UTC)
    for job in await app.job_manager.get_stalled_jobs():
        log.warning("job %s (%s) was left behind by a dead worker and is tried again", job.id, job.task_name)
        try:
            await app.job_manager.retry_job(job, retry_at=now)
        except UniqueViolation:  # another job waits to do the same work
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_old_jobs", pass_context=False)
async def forget_old_jobs(timestamp: int) -> None:
    """Remove jobs that were done a month ago; what they did is in the trail. Failed ones wait for a person."""
    await app.job_manager.delete_old_jobs(nb_hours=_KEPT_DAYS * 24)
