"""Show the jobs of the queues; try failed ones again."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from schakel.cli.queue import FailedJob, failed_jobs, job_counts, retry


class Command(BaseCommand):
    """``schakel jobs``: what waits, what failed; ``--retry 12 13`` or ``--retry all``."""

    group = "administration"
    help = "Show waiting and failed jobs; try failed ones again"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the command's words."""
        parser.add_argument("--retry", nargs="+", metavar="NUMBER", help="try these failed jobs again, or `all`")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: object, **options: object) -> None:
        """Exit code 1 where failed jobs wait for a person, 2 where a number is not that of a failed job."""
        failed = failed_jobs()
        wanted = options["retry"]
        if isinstance(wanted, list):
            self.stdout.write(f"{retry(_chosen(wanted, failed))} jobs will be tried again.")
            return
        self.stdout.write(_as_json(failed) if options["json"] else _as_text(failed))
        if failed:
            sys.exit(1)


def _chosen(words: list[str], failed: list[FailedJob]) -> list[int]:
    known = {job.id for job in failed}
    if words == ["all"]:
        return sorted(known)
    strange = [word for word in words if not word.isdecimal() or int(word) not in known]
    if strange:
        raise CommandError(
            f"No failed job has the number {', '.join(strange)}. `schakel jobs` shows them.", returncode=2
        )
    return [int(word) for word in words]


def _as_json(failed: list[FailedJob]) -> str:
    queues = [{"queue": queue, "status": status, "jobs": number} for queue, status, number in job_counts()]
    lines = [{**asdict(job), "at": job.at.isoformat() if job.at else None} for job in failed]
    return json.dumps({"queues": queues, "failed": lines}, indent=2)


def _as_text(failed: list[FailedJob]) -> str:
    counts = [f"{queue:<10} {status:<10} {number:>8}" for queue, status, number in job_counts()]
    lines = [_line(job) for job in failed]
    remedy = ["", "Try them again: schakel jobs --retry NUMBER ... (or `all`)"] if failed else []
    return "\n".join([*(counts or ["No jobs."]), *([""] if lines else []), *lines, *remedy])


def _line(job: FailedJob) -> str:
    when = timezone.localtime(job.at).strftime("%Y-%m-%d %H:%M") if job.at else "unknown time"
    return f"failed {job.id} at {when}: {job.task} {json.dumps(job.arguments)} ({job.attempts} attempts)"
