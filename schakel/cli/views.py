"""The page of jobs that failed, for the secretariat, who sees to it that they are done again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from schakel.cli.queue import FailedJob, failed_jobs, retry
from schakel.sharing.requests import PartyRequest, for_parties, must_be_secretary
from schakel.trail.actions import note
from schakel.web.tables import Column, Table


@require_http_methods(["GET", "POST"])
@for_parties("secretariat", administration=True)
def jobs(request: PartyRequest) -> HttpResponse:
    """The jobs that failed; a POST has all of them done again."""
    failed = failed_jobs()
    if request.method == "POST":
        must_be_secretary(request)
        count = retry(job.id for job in failed)
        note(actor=request.actor, verb="retried", kind="job", objects=[job.id for job in failed])
        messages.success(
            request,
            ngettext("%(count)s job is tried again.", "%(count)s jobs are tried again.", count) % {"count": count},
        )
        return redirect("cli:jobs")
    return render(request, "cli/jobs.html", {"table": _table(failed), "any": bool(failed)})


def _table(failed: list[FailedJob]) -> Table:
    return Table(
        caption=_("Jobs that failed"),
        columns=[
            Column("id", _("Number"), kind="number", heading=True),
            Column("task", _("What")),
            Column("attempts", _("Attempts"), kind="number"),
            Column("at", _("Last tried"), kind="moment"),
        ],
        rows=[{"id": job.id, "task": job.task, "attempts": job.attempts, "at": job.at} for job in failed],
        empty=_("No job has failed."),
        empty_how=_("Jobs make receipts and join records; one that fails five times waits here for a person."),
    )
