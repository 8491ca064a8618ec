"""The page on which what is doubtful is taken along as a workbook, and the answers are brought back."""

from __future__ import annotations

import tempfile
from urllib.parse import quote

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.register.actions.answering import Taken, take_answers
from schakel.register.forms import WorkbookForm
from schakel.register.pages.gates import asked, filtering, kept, must_review
from schakel.register.queries import Chosen
from schakel.register.sides import sides_of
from schakel.register.workbooks import read_workbook, write_workbook
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.tables import Column, Table

_MOST = 5000  # rows of a workbook
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_parties("agency", "secretariat")
def workbook(request: PartyRequest) -> HttpResponseBase:
    """Take what is doubtful along as a workbook, or bring its answers back and see what became of each."""
    must_review(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    told: Taken | None = None
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        rows, wrong = read_workbook(file.chunks(), file.name, request.actor.owner)
        if wrong:
            form.add_error("workbook", wrong)
        else:
            told = take_answers(actor=request.actor, rows=rows)
    context = {
        "form": form,
        "waiting": asked(request, Chosen()).count(),
        "told": told,
        "refused": _refused(told) if told else None,
        "file_url": reverse("register:workbook-file") + kept(request.GET),
    }
    return render(request, "register/workbook.html", context, status=422 if form.errors else 200)


@for_parties("agency", "secretariat")
def taken(request: PartyRequest) -> HttpResponseBase:
    """The pairs that wait, as a workbook with a column for the answer."""
    must_review(request)
    found = list(asked(request, filtering(request).chosen())[:_MOST])
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_workbook(target, found, sides_of(found, request.actor.owner), request.actor.owner)
    target.seek(0)
    note(actor=request.actor, verb="exported", kind="doubt", objects=[each.pk for each in found])
    name = _("doubtful-%(day)s.xlsx") % {"day": timezone.localdate().isoformat()}
    response = FileResponse(target, content_type=_XLSX)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def _refused(told: Taken) -> Table:
    return Table(
        caption=_("What was not taken, and why"),
        columns=[Column("row", _("Row of the sheet"), heading=True), Column("why", _("Why not"))],
        rows=[{"row": str(row), "why": why} for row, why in told.refused],
    )
