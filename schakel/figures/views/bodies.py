"""The bodies that must approve figures: everybody who makes figures sees them, the secretariat keeps them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures.actions.bodies import add_body, end_body
from schakel.figures.forms import BodyForm, EndBodyForm
from schakel.figures.models import ApprovingBody
from schakel.figures.views.year import done
from schakel.figures.vintages import MAKERS
from schakel.intake.views.gates import may_change
from schakel.network.models import Party, PartyKind
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.web.tables import Column, Table


@for_parties("agency", "secretariat")
def bodies(request: PartyRequest) -> HttpResponse:
    """All bodies, of which years they approve the figures, and for the secretariat forms to add and end one."""
    steers = request.role_held.party.kind == PartyKind.SECRETARIAT and may_change(request)
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    refused: forms.Form | None = None
    if asked:
        if not steers:
            raise PermissionDenied(_("Only the secretariat does this; ask it."))
        refused = _add(request) if asked == "add" else _end(request)
        if refused is None:
            return redirect("figures:bodies")
    known = list(ApprovingBody.objects.select_related("owner"))
    context = {"table": _table(known), "steers": steers} | (_forms(request, known, refused) if steers else {})
    return render(request, "figures/bodies.html", context, status=200 if refused is None else 422)


def _table(known: list[ApprovingBody]) -> Table:
    return Table(
        caption=_("Bodies that approve figures"),
        columns=[
            Column("party", _("Of whom"), heading=True),
            Column("name", _("Body")),
            Column("kind", _("Sort")),
            Column("years", _("Approves the figures of")),
        ],
        rows=[
            {"name": body.name, "party": body.owner.name, "kind": body.get_kind_display(), "years": _years(body)}
            for body in known
        ],
        empty=_("No body need approve figures yet."),
        empty_how=_("The secretariat adds them; until then figures open at the hour that it sets."),
        caption_hidden=True,
    )


def _years(body: ApprovingBody) -> str:
    if body.last_period is None:
        return _("%(first)s and later") % {"first": body.first_period}
    return _("%(first)s to %(last)s") % {"first": body.first_period, "last": body.last_period}


def _forms(request: PartyRequest, known: list[ApprovingBody], refused: forms.Form | None) -> dict[str, Any]:
    going = [body for body in known if body.last_period is None]
    ending = request.POST.get("body", "") if isinstance(refused, EndBodyForm) else ""
    return {
        "add_form": refused if isinstance(refused, BodyForm) else _body_form(None),
        "endings": [(body, refused if ending == str(body.pk) else _end_form(None, body)) for body in going],
    }


def _body_form(sent: Any) -> BodyForm:  # noqa: ANN401 - what was sent, as Django has it
    makers = Party.objects.filter(kind__in=MAKERS)
    this_year = timezone.localdate().year
    return BodyForm(sent, makers=makers, auto_id="add_%s", initial={"first_period": this_year})


def _end_form(sent: Any, body: ApprovingBody) -> EndBodyForm:  # noqa: ANN401 - what was sent, as Django has it
    return EndBodyForm(sent, auto_id=f"end_{body.pk}_%s")


def _add(request: PartyRequest) -> forms.Form | None:
    def add(asked: dict[str, Any]) -> None:
        add_body(actor=request.actor, **asked)

    return done(request, _body_form(request.POST), add, _("The body is added."))


def _end(request: PartyRequest) -> forms.Form | None:
    number = request.POST.get("body", "")
    if request.POST.get("do") != "end" or not number.isdigit():
        raise Http404
    body = get_object_or_404(ApprovingBody, pk=number)

    def end(asked: dict[str, Any]) -> None:
        end_body(actor=request.actor, body=body, last_period=asked["last_period"])

    return done(request, _end_form(request.POST, body), end, _("The last year of this body is set."))
