"""The peer of `bench/upload.py`: what Django itself does with an upload, a form with a FileField on a model.

A whole project in one file, for a server to load as ``upload_peer:application``; PEER_FOLDER is where it keeps things.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

FOLDER = Path(os.environ["PEER_FOLDER"])


class PeerConfig(AppConfig):
    """The peer's only app."""

    name = "upload_peer"
    default = True


settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "peer.sqlite"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["upload_peer"],
    MEDIA_ROOT=FOLDER / "media",
    MIGRATION_MODULES={"upload_peer": None},
    ROOT_URLCONF="upload_peer",
)
application = get_wsgi_application()

from django.db import models  # noqa: E402 - only once the project is set up
from django.forms import modelform_factory  # noqa: E402


class Upload(models.Model):
    """A file as Django keeps it."""

    file = models.FileField()

    class Meta:
        app_label = "upload_peer"

    def __str__(self) -> str:
        return str(self.file)


_Form = modelform_factory(Upload, fields=["file"])


def upload(request: HttpRequest) -> HttpResponse:
    """Keep the file of the form."""
    if request.method == "POST":
        form = _Form(request.POST, request.FILES)
        form.save()
    return HttpResponse("here")


urlpatterns = [path("", upload)]
if not (FOLDER / "peer.sqlite").exists():
    call_command("migrate", run_syncdb=True, verbosity=0)
