"""The page on which a party signs that it takes part in identity review, sees who does, and ends it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from schakel.network.models import Role
from schakel.network.queries import agencies
from schakel.sharing.mandate_forms import SigningForm
from schakel.sharing.requests import PartyRequest, for_parties
from schakel.sharing.reviewing import ReviewRefused, end_review, sign_review, taking_part
from schakel.web.tables import Badge, Column, Table

_MAY_SIGN = (Role.STEWARD, Role.SECRETARY)


@for_parties("agency", "secretariat")
def identity_review(request: PartyRequest) -> HttpResponseBase:
    """What the agreement opens, who takes part, and the form to sign it."""
    form = SigningForm(request.POST or None)
    if request.method == "POST":
        _must_sign(request)
        if form.is_valid():
            try:
                sign_review(actor=request.actor, signed_as=form.cleaned_data["signed_as"])
            except ReviewRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Your organisation takes part from now on."))
                return redirect("sharing:identity-review")
    standing = taking_part()
    mine = standing.filter(owner_id=request.actor.owner).first()
    context = {
        "form": form,
        "mine": mine,
        "table": _listed(),
        "may_sign": request.role_held.role in _MAY_SIGN,
    }
    return render(request, "sharing/identity_review.html", context, status=422 if form.errors else 200)


@for_parties("agency", "secretariat")
def end(request: PartyRequest) -> HttpResponseBase:
    """Take part no longer; asks before it does."""
    _must_sign(request)
    refused = ""
    if request.method == "POST":
        try:
            end_review(actor=request.actor)
        except ReviewRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(
                request, _("Your organisation takes part no longer; others see nothing of yours any more.")
            )
            return redirect("sharing:identity-review")
    return render(request, "sharing/end_identity_review.html", {"refused": refused}, status=409 if refused else 200)


def _listed() -> Table:
    """The agencies, and whoever else takes part, each with how it stands."""
    standing = {each.owner_id: each for each in taking_part()}
    parties = [*agencies(), *(each.owner for each in standing.values() if each.owner.kind != "agency")]
    rows = [
        {
            "party": party.name,
            "state": Badge("ok", _("takes part"))
            if party.pk in standing
            else Badge("neutral", _("does not take part")),
            "since": standing[party.pk].since if party.pk in standing else None,
            "signed_as": standing[party.pk].signed_as if party.pk in standing else "",
        }
        for party in parties
    ]
    return Table(
        caption=_("Who takes part"),
        columns=[
            Column("party", _("Organisation"), heading=True),
            Column("state", _("State")),
            Column("since", _("Since"), kind="date"),
            Column("signed_as", _("Signed as")),
        ],
        rows=rows,
    )


def _must_sign(request: PartyRequest) -> None:
    if request.role_held.role not in _MAY_SIGN:
        raise PermissionDenied(_("Agreements are signed by data stewards; ask one of your organisation."))
