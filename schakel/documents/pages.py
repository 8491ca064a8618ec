"""The page on which a party takes all that it has along."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schakel.documents.models import Package
from schakel.documents.packages import KEPT, PackageRefused, ask, take_away
from schakel.documents.queries import streamed
from schakel.sharing.people.gates import for_administrators
from schakel.sharing.requests import PartyRequest
from schakel.trail.actions import note

_SHOWN = 20


@require_http_methods(["GET", "POST"])
@for_administrators
def packages(request: PartyRequest) -> HttpResponseBase:
    """What was asked for and can be fetched; and asking for another."""
    if request.method == "POST":
        try:
            ask(actor=request.actor)
        except PackageRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The package is being made. Open this page again in a few minutes."))
        return redirect("documents:packages")
    found = Package.objects.select_related("file", "asked_by")[:_SHOWN]
    asked = [{"package": one, "until": one.ready_at and one.asked_at + KEPT} for one in found]
    return render(request, "documents/packages.html", {"asked": asked, "days": KEPT.days})


@require_GET
@for_administrators
def package_file(request: PartyRequest, package_id: int) -> HttpResponseBase:
    """The package itself; read part by part while it goes out."""
    package = get_object_or_404(Package.objects.select_related("file"), pk=package_id)
    if package.file is None:
        raise Http404
    note(actor=request.actor, verb="exported", kind="package", objects=[package.pk], size=package.file.size)
    response = StreamingHttpResponse(streamed(package.file, actor=request.actor), content_type="application/zip")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(package.file.name)}"
    response.headers["Content-Length"] = str(package.file.size)
    return response


@require_POST
@for_administrators
def remove(request: PartyRequest, package_id: int) -> HttpResponseBase:
    """Take a package away before its time."""
    package = get_object_or_404(Package, pk=package_id)
    if package.gone_at is None and (package.ready_at or package.too_large):
        take_away(actor=request.actor, package=package)
        messages.success(request, _("The package is taken away."))
    return redirect("documents:packages")
