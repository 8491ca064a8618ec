"""Files in pieces, by the tus protocol 1.0.0 (tus.io/protocols/resumable-upload): core, creation and termination.

What has arrived is kept, also when the connection breaks in the middle of a piece; the sender asks how far the file
is (HEAD) and goes on from there. A problem is told as problem+json (RFC 9457), for the page to show.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from schakel.documents.actions import LARGEST, PART, FileRefused, OutOfStep
from schakel.documents.models import StoredFile
from schakel.documents.queries import chunks
from schakel.intake import actions
from schakel.intake.models import DeliveredFile, Delivery
from schakel.intake.views.gates import may_change
from schakel.sharing.arriving import arrived_with
from schakel.sharing.requests import PartyRequest

P = ParamSpec("P")
_VERSION = "1.0.0"
_PIECE = "application/offset+octet-stream"
_NOT_STORED = 507


def _problem(status: int, detail: str) -> HttpResponse:
    content = {"title": _("This piece was not taken"), "status": status, "detail": detail}
    return JsonResponse(content, status=status, content_type="application/problem+json")


def _for_senders(view: Callable[Concatenate[PartyRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for stewards who are signed in, in this version of the protocol; a script cannot be sent to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        asked = cast(PartyRequest, request)
        if not request.user.is_authenticated or asked.role_held is None:
            answer = _problem(401, _("You are signed out. Sign in in another window, and go on here; nothing is lost."))
        elif not may_change(asked):
            answer = _problem(403, _("Only a data steward of your organisation may send files."))
        elif request.method not in ("GET", "OPTIONS") and request.headers.get("Tus-Resumable") != _VERSION:
            answer = _problem(412, _("This server speaks version 1.0.0 of tus."))
        else:
            answer = _answered(view, asked, *args, **kwargs)
        for header, value in (("Tus-Resumable", _VERSION), ("Tus-Version", _VERSION), ("Cache-Control", "no-store")):
            answer.headers[header] = value
        return answer

    return guarded


def _answered(
    view: Callable[Concatenate[PartyRequest, P], HttpResponse], asked: PartyRequest, *args: P.args, **kwargs: P.kwargs
) -> HttpResponse:
    try:
        return view(asked, *args, **kwargs)
    except Http404:
        gone = _("This file or delivery is not here (any more). Look at your deliveries, and choose the file again.")
        return _problem(404, gone)


@require_http_methods(["POST", "OPTIONS"])
@_for_senders
def create(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Begin a file (POST), or say what this server can (OPTIONS)."""
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Tus-Extension": "creation,termination", "Tus-Max-Size": str(LARGEST)})
    delivery = get_object_or_404(Delivery, pk=delivery_id)
    try:
        size, name = int(request.headers["Upload-Length"]), _name(request.headers.get("Upload-Metadata", ""))
    except (KeyError, ValueError, binascii.Error):
        return _problem(400, _("The size or the name of this file is missing; choose it again."))
    try:
        file = actions.begin_file(actor=request.actor, delivery=delivery, name=name, size=size)
    except FileRefused as refused:
        return _problem(413 if size > LARGEST else 400, str(refused))
    except actions.DeliveryRefused as refused:
        return _problem(409, str(refused))
    except DatabaseError:
        return _full()
    where = reverse("intake:piece", args=[delivery.pk, file.pk])
    return HttpResponse(status=201, headers={"Location": where, "Upload-Offset": str(file.stored.received)})


def _name(metadata: str) -> str:
    pairs = dict(part.strip().partition(" ")[::2] for part in metadata.split(","))
    return base64.b64decode(pairs["filename"], validate=True).decode()


@require_http_methods(["HEAD", "GET", "PATCH", "DELETE"])
@_for_senders
def piece(request: PartyRequest, delivery_id: int, file_id: int) -> HttpResponse:
    """How far a file is (HEAD), what of it is here (GET), its next piece (PATCH), or that it need not come (DELETE)."""
    file = get_object_or_404(DeliveredFile.objects.select_related("stored"), pk=file_id, delivery_id=delivery_id)
    answers = {"HEAD": _how_far, "GET": _what_is_here, "PATCH": _append, "DELETE": _take_out}
    try:
        return answers[str(request.method)](request, file)
    except OutOfStep as out:
        return _at(_problem(409, str(out)), out.received)
    except (actions.DeliveryRefused, FileRefused) as refused:
        return _problem(409 if isinstance(refused, actions.DeliveryRefused) else 413, str(refused))
    except StoredFile.DoesNotExist:
        return _problem(410, _("This file was replaced meanwhile; look again at what is in the delivery."))
    except (DatabaseError, OSError):
        return _full()


def _full() -> HttpResponse:
    """Told where the database could not keep something; a status of 500 and up undoes what the request wrote."""
    detail = _("The server could not keep this piece; its disk may be full. What was sent before is safe: go on later.")
    return _problem(_NOT_STORED, detail)


def _at(answer: HttpResponse, received: int) -> HttpResponse:
    answer.headers["Upload-Offset"] = str(received)
    return answer


def _how_far(_request: PartyRequest, file: DeliveredFile) -> HttpResponse:
    return _at(HttpResponse(headers={"Upload-Length": str(file.size)}), file.stored.received)


def _what_is_here(_request: PartyRequest, file: DeliveredFile) -> HttpResponse:
    """The digest of what is here, so that nobody goes on with another file of the same name and size."""
    digest = hashlib.sha256()
    for part in chunks(file.stored):
        digest.update(part)
    return JsonResponse({"received": file.stored.received, "digest": digest.hexdigest()})


def _append(request: PartyRequest, file: DeliveredFile) -> HttpResponse:
    if request.content_type != _PIECE:
        return _problem(415, _("A piece of a file is sent as application/offset+octet-stream."))
    try:
        offset = int(request.headers.get("Upload-Offset", ""))
    except ValueError:
        return _problem(400, _("It was not said where this piece begins."))
    actions.add_piece(actor=request.actor, file=file, offset=offset, content=b"")
    try:
        for content in arrived_with(request).pieces(PART):
            offset = actions.add_piece(actor=request.actor, file=file, offset=offset, content=content).received
    except RequestDataTooBig:
        return _problem(413, _("This piece is too large; send the file in smaller ones."))
    except UnreadablePostError:
        return _at(_problem(400, _("The connection broke off; go on from where the file is.")), offset)
    return _at(HttpResponse(status=204), offset)


def _take_out(request: PartyRequest, file: DeliveredFile) -> HttpResponse:
    actions.take_out_file(actor=request.actor, file=file)
    return HttpResponse(status=204)
