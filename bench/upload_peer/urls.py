"""The one page: a form with a file."""

from __future__ import annotations

from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponse
from django.urls import path
from upload_peer.models import Upload

_Form = modelform_factory(Upload, fields=["file"])


def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file of the form."""
    if request.method == "POST":
        _Form(request.POST, request.FILES).save()
    return HttpResponse("here")


urlpatterns = [path("", upload)]
