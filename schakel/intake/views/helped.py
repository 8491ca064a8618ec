"""The form of a new record with help beside it: what may be known already, and filling in what was chosen."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from schakel.intake.beside import EntryAid, aid_for
from schakel.intake.forms.typing import RecordForm
from schakel.intake.kinds import RecordKind
from schakel.intake.typed import of_kind
from schakel.intake.views.gates import for_stewards
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties

LOOK, USE, OUT_OF = "_look", "_use", "uit"


@for_parties("agency", "secretariat")
@for_stewards
@require_POST
def known(request: PartyRequest, kind: str) -> HttpResponse:
    """What may be known of the record that is being typed, as a part of the page."""
    mine = "network" if request.role_held.party.kind == PartyKind.SECRETARIAT else "agency"
    found, aid = of_kind(kind, delivered_by=mine), aid_for(kind)
    if found is None or aid is None:
        raise Http404
    return HttpResponse(aid.look(request, texts_of(request, found)))


def asks_help(request: PartyRequest) -> bool:
    """Whether the form was sent, or its page opened, for help and not to be kept."""
    return bool({LOOK, USE} & set(request.POST)) or (request.method == "GET" and OUT_OF in request.GET)


def helped(request: PartyRequest, aid: EntryAid, kind: RecordKind, year: int) -> tuple[RecordForm, dict[str, Any]]:
    """The form as it was typed, with what was chosen filled in, and what its page shows beside it."""
    texts = texts_of(request, kind)
    chosen = request.POST.get(USE) or (request.GET.get(OUT_OF) if request.method == "GET" else "") or ""
    filled = aid.fill(chosen) if chosen else {}
    texts |= {name: text for name, text in filled.items() if text}
    form = RecordForm(None, kind=kind, owner=request.actor.owner, period=year, texts=texts)
    for name, field in form.fields.items():
        if field.required and not texts.get(name):  # where one goes on typing
            field.widget.attrs["autofocus"] = True
            break
    looked: SafeString = aid.look(request, texts)
    return form, {"known": looked, "filled": bool(filled)}


def texts_of(request: PartyRequest, kind: RecordKind) -> dict[str, str]:
    """What was typed so far, by field of the kind."""
    return {field.name: request.POST.get(field.name, "").replace("\x00", "")[:2000] for field in kind.fields}
