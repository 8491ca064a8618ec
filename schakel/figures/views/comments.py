"""What is said of a figure: all of it, saying more, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.figures import comments, queries
from schakel.figures.actions import comments as acts
from schakel.figures.actions.comments import CommentRefused
from schakel.figures.catalogue import Indicator
from schakel.figures.comment_forms import SHARED, CommentForm
from schakel.figures.models import FigureComment
from schakel.figures.pages.addresses import page_url
from schakel.figures.pages.labels import province_labels, theme_labels
from schakel.figures.views.asked import counted, indicator_or_404, vintage_asked
from schakel.figures.vintages import Readable
from schakel.intake.views.remarks import people_of
from schakel.network.models import PartyKind
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties()
@counted
def comments_on(request: PartyRequest, indicator_id: str) -> HttpResponse:
    """The comments on a figure in a year (``?year=``, ``?stand=``), and a form to say more."""
    found, party = indicator_or_404(indicator_id), request.role_held.party
    vintage = vintage_asked(request, Readable(party))
    year = vintage.period
    stand = request.GET.get("stand", "")
    form = CommentForm(request.POST or None, parts=_parts(request, found), people=people_of(request))
    if request.method == "POST" and form.is_valid():
        made = _say(request, form, found, year, stand)
        if made is not None:
            messages.success(request, _("Your comment is there."))
            return redirect(f"{page_url(found.id, year, stand=stand)}#opmerking-{made.pk}")
    context = {
        "name": queries.name_of(found),
        "indicator": found,
        "year": year,
        "vintage": vintage,
        "figure_url": page_url(found.id, year, stand=stand),
        "comments": comments.of_figure(party, found.id, year),
        "form": form,
        "me": request.actor.person,
    }
    return render(request, "figures/comments.html", context, status=422 if form.errors else 200)


@require_POST
@for_parties()
def withdraw_comment(request: PartyRequest, number: int) -> HttpResponse:
    """Take a comment back that one wrote oneself."""
    held = get_object_or_404(FigureComment, pk=number, owner_id=request.role_held.party_id)
    try:
        acts.withdraw_comment(actor=request.actor, comment=held)
        messages.success(request, _("The comment is taken back."))
    except CommentRefused as refused:
        messages.error(request, str(refused))
    return redirect(page_url(held.indicator, held.period))


def _say(request: PartyRequest, form: CommentForm, found: Indicator, year: int, stand: str) -> FigureComment | None:
    said: dict[str, Any] = form.cleaned_data
    try:
        return acts.comment(
            actor=request.actor,
            indicator=found.id,
            period=year,
            text=said["text"],
            cut=form.cut(),
            shared=said["shared"] == SHARED,
            stand=stand,
            mentioned=form.mentioned(),
        )
    except CommentRefused as refused:
        form.add_error(None, str(refused))
        return None


def _parts(request: PartyRequest, found: Indicator) -> list[tuple[str, str]]:
    """The parts of a figure that can be spoken of: one's own column, provinces and themes."""
    party, parts = request.role_held.party, []
    if "agency" in found.breakdowns and party.kind == PartyKind.AGENCY:
        parts.append((f"agency:{party.slug}", party.name))
    for dimension, labels in (("province", province_labels()), ("theme", theme_labels())):
        if dimension in found.breakdowns:
            parts += [(f"{dimension}:{code}", label) for code, label in labels.items()]
    return parts
