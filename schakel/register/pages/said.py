"""What people said of records: the list, confirming an answer, taking one back."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.register import queries
from schakel.register.actions.judging import JudgingRefused, confirm, take_back
from schakel.register.forms import TakeBackForm
from schakel.register.models import Judgement
from schakel.register.naming import named_pairs
from schakel.register.pages.gates import must_review
from schakel.register.verdicts import VERDICTS
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.trail.actions import note
from schakel.web.formats import language
from schakel.web.tables import Badge

_PAGE = 25


@for_parties("agency", "secretariat")
def said(request: PartyRequest) -> HttpResponseBase:
    """Every answer of the acting party, the last first; for the identity steward of all who take part."""
    must_review(request)
    page = Paginator(queries.said(request.actor), _PAGE).get_page(request.GET.get("page"))
    names = named_pairs(page, request.actor.owner)
    note(actor=request.actor, verb="listed", kind="judgement", objects=[each.pk for each in page])
    lines = [_line(request, each, names[each.pk]) for each in page]
    return render(request, "register/said.html", {"page": page, "lines": lines, "four_eyes": settings.FOUR_EYES})


@require_POST
@for_parties("agency", "secretariat")
def confirmed(request: PartyRequest, judgement_id: int) -> HttpResponseBase:
    """Say that a colleague's answer is right."""
    must_review(request)
    found = get_object_or_404(Judgement, pk=judgement_id, owner_id=request.actor.owner)
    try:
        confirm(actor=request.actor, judgement_id=found.pk)
    except JudgingRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("The answer is confirmed, and holds from now on."))
    return redirect("register:said")


@for_parties("agency", "secretariat")
def taken_back(request: PartyRequest, judgement_id: int) -> HttpResponseBase:
    """Have an answer no longer hold, and say why."""
    must_review(request)
    found = get_object_or_404(Judgement, pk=judgement_id, owner_id=request.actor.owner, takes_back=None)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            take_back(actor=request.actor, judgement_id=found.pk, why=form.cleaned_data["why"])
        except JudgingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("The answer is taken back; what followed from it is undone within a minute or so.")
            )
            return redirect("register:said")
    names = named_pairs([found], request.actor.owner)[found.pk]
    label = VERDICTS[found.verdict].in_(language())
    context = {"label": label, "names": names, "form": form}
    return render(request, "register/take_back.html", context, status=422 if form.errors else 200)


def _line(request: PartyRequest, line: Judgement, names: tuple[str, str]) -> dict[str, Any]:
    mine = line.owner_id == request.actor.owner
    undone = getattr(line, "taken_back_by", None)
    about = queries.doubt_of(line)
    waits = settings.FOUR_EYES and not line.confirms_id and not line.confirmations.exists()
    return {
        "judgement": line,
        "label": VERDICTS[line.verdict].in_(language()),
        "one": names[0],
        "other": names[1],
        "undone": undone,
        "state": _state(undone=undone is not None, confirms=line.confirms_id is not None, waits=waits),
        "may_take_back": mine and undone is None,
        "may_confirm": mine and undone is None and waits and line.person_id != request.actor.person,
        "url": reverse("register:doubt", args=[about.pk]) if about else "",
    }


def _state(*, undone: bool, confirms: bool, waits: bool) -> Badge:
    if undone:
        return Badge("neutral", _("taken back"))
    if confirms:
        return Badge("ok", _("confirms a colleague"))
    return Badge("info", _("waits for a second person")) if waits else Badge("ok", _("holds"))
