"""The page on which an administrator closes somebody off from the party."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from schakel.network.models import Person
from schakel.network.queries import colleagues
from schakel.sharing.people.forms import LeaveForm
from schakel.sharing.people.gates import for_administrators
from schakel.sharing.people.giving import PeopleRefused, held_at
from schakel.sharing.people.leaving import Left, invitations_of, keys_of, leave, open_work_of, told
from schakel.sharing.requests import PartyRequest
from schakel.web.formats import language


@require_http_methods(["GET", "POST"])
@for_administrators
def leaving(request: PartyRequest, person_id: int) -> HttpResponseBase:
    """What lies with a person, and the form that closes them off; then, what was handed over."""
    at = request.role_held.party
    held = list(held_at([at]).filter(person_id=person_id))
    if not held:
        raise Http404
    known = held[0].person
    others = colleagues(at.pk).exclude(pk=known.pk)
    form = LeaveForm(request.POST if request.method == "POST" else None, colleagues=others)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            left = leave(actor=request.actor, person=known, at=at, to=asked["to"], withdraw_keys=asked["withdraw_keys"])
        except PeopleRefused as refused:
            form.add_error(None, str(refused))
        else:
            _say(request, known, left, others.filter(pk=asked["to"]).first())
            return redirect("/" if known.pk == request.role_held.person_id else "people:people")
    context = {
        "known": known,
        "at": at,
        "held": held,
        "work": [(lies.name.in_(language()), lies.count) for lies in open_work_of(known.pk, at)],
        "keys": keys_of(known.pk),
        "invitations": invitations_of(known.pk),
        "form": form,
    }
    return render(request, "people/leaving.html", context, status=422 if form.errors else 200)


def _say(request: PartyRequest, known: Person, left: Left, to: Person | None) -> None:
    said = _("%(person)s no longer acts for your organisation.")
    messages.success(request, said % {"person": known})
    if left.handed and to is not None:
        said = _("Handed over to %(person)s: %(work)s.")
        messages.success(request, said % {"person": to, "work": told(left.handed, language())})
    elif left.handed:
        messages.success(request, _("Back to the role: %(work)s.") % {"work": told(left.handed, language())})
    else:
        messages.success(request, _("There was no open work to hand over."))
    if left.keys:
        messages.success(
            request, ngettext("%(n)s key withdrawn.", "%(n)s keys withdrawn.", left.keys) % {"n": left.keys}
        )
    if left.invitations:
        count = left.invitations
        said = ngettext("%(n)s invitation withdrawn.", "%(n)s invitations withdrawn.", count)
        messages.success(request, said % {"n": count})
