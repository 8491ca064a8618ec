"""The public page where files are checked and not kept: for whoever delivers, before there is an account.

Invariants: nothing of a file outlives the answer; the file is read in a process of its own that has no way to the
database; no more than a few are read at a time, so that this page takes no room from those who work here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from schakel.documents.actions import clean_name, unlike
from schakel.intake.forms.desk import DeskForm
from schakel.intake.views.naming import check_title
from schakel.sharing.acting import acting
from schakel.sharing.requests import PartyRequest

LARGEST = 25 * 1024 * 1024  # bytes of one request
_AT_A_TIME = BoundedSemaphore(2)
_SECONDS = 90
_SHOWN = 5
_KEPT_WORDS = ("PATH", "LANG", "LC_ALL", "HOME", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


@csrf_exempt  # it changes nothing and knows no session; checking a token would read a file of any size first
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Check files that are sent along, and say what is found."""
    if request.method != "POST":
        return _page(request, {"form": DeskForm()})
    if _size(request) > LARGEST:
        refusal = _("These files are too large for this page: it takes 25 MB. Send fewer, or check them at your desk.")
        return _page(request, {"form": DeskForm(), "refusal": refusal}, status=413)
    form = DeskForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, {"form": form}, status=422)
    if not _AT_A_TIME.acquire(timeout=10):
        refusal = _("Others are having their files checked just now. Nothing is wrong; try again in a minute.")
        return _page(request, {"form": form, "refusal": refusal}, status=503)
    try:
        said = _checked(form.cleaned_data["sent"], form.cleaned_data["agency"], form.cleaned_data["year"])
    finally:
        _AT_A_TIME.release()
    if said is None:
        refusal = _("These files could not be read within a minute and a half. Send fewer at a time.")
        return _page(request, {"form": form, "refusal": refusal}, status=422)
    return _page(request, {"form": form, "said": said, "groups": _groups(said["findings"])})


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The page as who asks sees it; no transaction is open while files are read."""
    with acting(cast(PartyRequest, request).actor):
        return render(request, "intake/desk.html", context, status=status)


def _size(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return LARGEST + 1


def _checked(files: list[UploadedFile[Any]], agency: str, year: int) -> dict[str, Any] | None:
    """What the files' checking said; None where it took too long or died."""
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    with tempfile.TemporaryDirectory(prefix="schakel-desk-") as folder:
        for file in files:
            name = clean_name(file.name or "") or "-"
            with Path(folder, unlike(name, os.listdir(folder))).open("wb") as written:
                written.writelines(file.chunks())
        words = ["check_files", folder, "--json", "--language", language, "--year", str(year), "--agency", agency]
        try:
            done = subprocess.run(  # noqa: S603 - our own command, in a list
                [sys.executable, "-m", "django", *words],
                check=False,
                capture_output=True,
                timeout=_SECONDS,
                cwd=settings.ROOT,
                env=_environment(),
            )
        except subprocess.TimeoutExpired:
            return None
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return None
    return answer


def _environment() -> dict[str, str]:
    """What the reading process knows: no password, no secret, no way to the database."""
    kept = {name: os.environ[name] for name in _KEPT_WORDS if name in os.environ}
    nowhere = {"SCHAKEL_VAR": tempfile.gettempdir(), "SCHAKEL_SECRET_KEY": "none", "SCHAKEL_LOG_LEVEL": "ERROR"}
    return kept | nowhere | {"DJANGO_SETTINGS_MODULE": "schakel.settings"}


def _groups(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings by check, the heaviest first, each with the first few."""
    same: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for found in findings:
        same[(found["severity"], found["check"])].append(found)
    order = ["error", "warning", "notice"]
    return [
        {
            "badge": severity.replace("notice", "info"),
            "title": check_title(check),
            "count": len(group),
            "first": [
                found | {"place": " ".join(filter(None, (found["file"], found["cell"])))} for found in group[:_SHOWN]
            ],
            "more": max(0, len(group) - _SHOWN),
        }
        for (severity, check), group in sorted(same.items(), key=lambda item: (order.index(item[0][0]), -len(item[1])))
    ]
