"""Beginning a delivery, and the forms that add, take out and finish its files; without JavaScript too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from schakel.documents.actions import LARGEST, FileRefused
from schakel.intake import actions, queries
from schakel.intake.forms.sending import BeginForm
from schakel.intake.models import DeliveredFile, Delivery, Origin
from schakel.intake.views.gates import for_stewards
from schakel.sharing.requests import PartyRequest, for_parties

_REFUSED = (FileRefused, actions.DeliveryRefused)


@require_http_methods(["GET", "HEAD", "POST"])
@for_parties("agency", "secretariat")
@for_stewards
def begin(request: PartyRequest) -> HttpResponse:
    """Begin a delivery: for which year, whether it is all there is, and its files.

    A page with JavaScript asks for JSON, and sends the files by itself in pieces.
    """
    form = BeginForm(request.POST or None)
    by_script = request.accepts("application/json") and not request.accepts("text/html")
    files = _files(request)
    if request.method == "POST" and not files and not by_script:
        form.add_error(None, _("Choose at least one file, or a folder that holds one."))
    if request.method == "POST" and form.is_valid():
        try:
            delivery = _begun(request, form)
        except actions.DeliveryRefused as refused:
            form.add_error("period", str(refused))
        else:
            return _places(delivery) if by_script else _with_files(request, delivery, files)
    if by_script:
        told = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"status": 422, "detail": told}, status=422, content_type="application/problem+json")
    context = {"form": form, "unfinished": queries.unfinished_deliveries(), "largest": LARGEST}
    return render(request, "intake/new.html", context, status=422 if request.method == "POST" else 200)


def _begun(request: PartyRequest, form: BeginForm) -> Delivery:
    return actions.begin_delivery(
        actor=request.actor,
        period=int(form.cleaned_data["period"]),
        origin=Origin.SCREEN,
        whole=form.cleaned_data["whole"] == "all",
    )


def _places(delivery: Delivery) -> JsonResponse:
    """Where a script sends the files, and where it goes when they are here."""
    create = reverse("intake:pieces", args=[delivery.pk])
    return JsonResponse({"delivery": reverse("intake:delivery", args=[delivery.pk]), "create": create})


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def add(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Add files to a delivery that is being sent."""
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    files = _files(request)
    if not files:
        messages.error(request, _("Choose at least one file, or a folder that holds one."))
        return redirect("intake:delivery", delivery.pk)
    return _with_files(request, delivery, files)


def _files(request: PartyRequest) -> list[UploadedFile[Any]]:
    """The files that were sent along; not what a system hides in a folder of its own accord."""
    sent = [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
    return [file for file in sent if (file.name or ".")[0] not in ".~"]


def _with_files(request: PartyRequest, delivery: Delivery, files: list[UploadedFile[Any]]) -> HttpResponse:
    try:
        content = [(file.name or "", _content(file)) for file in files]
        actions.add_whole_files(actor=request.actor, delivery=delivery, files=content)
    except _REFUSED as refused:
        messages.error(request, str(refused))
    return redirect("intake:delivery", delivery.pk)


def _content(file: UploadedFile[Any]) -> bytes | Path:
    """Where a file was put while it came in; a small one, which was not, itself."""
    return Path(file.temporary_file_path()) if isinstance(file, TemporaryUploadedFile) else file.read()


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def take_out(request: PartyRequest, delivery_id: int, file_id: int) -> HttpResponse:
    """Take a file out of a delivery that is being sent."""
    file = get_object_or_404(DeliveredFile, pk=file_id, delivery_id=delivery_id)
    try:
        actions.take_out_file(actor=request.actor, file=file)
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s is no longer in this delivery.") % {"name": file.name})
    return redirect("intake:delivery", delivery_id)


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def finish(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """All files are here: have them read and checked; or show the delivery that has the same content already."""
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    try:
        received = actions.finish_delivery(actor=request.actor, delivery=delivery)
        if not received.known:
            actions.ask_examination(actor=request.actor, delivery=received.delivery)
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
        return redirect("intake:delivery", delivery.pk)
    if received.known:
        said = _("These files are exactly those of delivery %(number)s, which you see here. Nothing was added.")
        messages.info(request, said % {"number": received.delivery.pk})
    return redirect("intake:delivery", received.delivery.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_parties("agency", "secretariat")
@for_stewards
def discard(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Discard a delivery: says what that does (GET), and does it (POST)."""
    delivery = get_object_or_404(Delivery.objects.select_related("owner"), pk=delivery_id)
    if request.method != "POST":
        return render(request, "intake/discard.html", {"delivery": delivery})
    try:
        actions.discard_delivery(actor=request.actor, delivery=delivery)
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
        return redirect("intake:delivery", delivery.pk)
    messages.success(request, _("Delivery %(number)s was discarded.") % {"number": delivery.pk})
    return redirect("intake:deliveries")
