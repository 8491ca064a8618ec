"""Who at the agency mends what is found in which kind of record."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schakel.intake import actions, kinds
from schakel.intake.forms.findings import CaretakerForm
from schakel.intake.mending.rights import is_steward
from schakel.intake.models import Caretaker
from schakel.network.models import PartyKind
from schakel.network.queries import colleagues
from schakel.sharing.requests import PartyRequest, for_parties


@for_parties("agency", "secretariat")
def tasks(request: PartyRequest) -> HttpResponse:
    """Show and, for a steward, set who takes care of each kind."""
    form = _form(request)
    may = is_steward(request.actor)
    if request.method == "POST" and form.is_valid():
        _set(request, form)
        messages.success(request, _("This is how the tasks are divided now."))
        return redirect("intake:tasks")
    if not may:
        for field in form.fields.values():
            field.disabled = True
    return render(request, "intake/tasks.html", {"form": form, "may": may})


def _form(request: PartyRequest) -> CaretakerForm:
    by = "network" if request.role_held.party.kind == PartyKind.SECRETARIAT else "agency"
    language = get_language() or "nl"
    return CaretakerForm(
        request.POST or None,
        kinds=[(k.name, k.plural.in_(language).capitalize()) for k in kinds.kinds() if k.delivered_by == by],
        people=[(str(person.pk), person.name) for person in colleagues(request.actor.owner)],
        now=dict(Caretaker.objects.filter(owner_id=request.actor.owner).values_list("kind", "person_id")),
    )


def _set(request: PartyRequest, form: CaretakerForm) -> None:
    for kind, person in form.cleaned_data.items():
        if str(form[kind].initial) != person:
            actions.set_caretaker(actor=request.actor, kind=kind, person=int(person) if person else None)
