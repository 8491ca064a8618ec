"""The sender's own files with their findings marked: asked for, made in the background, and taken along."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from schakel.documents.queries import streamed
from schakel.intake import actions
from schakel.intake.handing_back import out_of_date, returned_of
from schakel.intake.models import Delivery, ReturnedFile
from schakel.intake.steps import steps_of
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note

_NOTHING_NEW = 204


@for_parties("agency", "secretariat")
def returned(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """The files of a delivery as they come back; asking for them has them made."""
    found = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    language = (get_language() or "nl")[:2]
    if request.method == "POST":
        actions.ask_returned(actor=request.actor, delivery=found, language=language)
        return redirect("intake:returned", found.pk)
    files = list(returned_of(found, language))
    waits = any(file.stored is None and not file.problem for file in files)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=_NOTHING_NEW) if waits else HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "delivery": found,
        "steps": steps_of(found),
        "files": files,
        "waits": waits,
        "due": not waits and found.examined_at is not None and out_of_date(found, language),
    }
    return render(request, "intake/returned.html", context)


@for_parties("agency", "secretariat")
def returned_file(request: PartyRequest, delivery_id: int, returned_id: int) -> HttpResponseBase:
    """One marked file; read part by part while it goes out."""
    found = get_object_or_404(
        ReturnedFile.objects.select_related("stored").exclude(stored=None), pk=returned_id, file__delivery=delivery_id
    )
    note(actor=request.actor, verb="opened", kind="file", objects=[found.file_id], marked=True)
    assert found.stored is not None  # noqa: S101 - as it was asked
    response = StreamingHttpResponse(
        streamed(found.stored, actor=request.actor), content_type="application/octet-stream"
    )
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.stored.name)}"
    response.headers["Content-Length"] = str(found.stored.size)
    return response
