"""What the worker does with a delivery now, for its pages to show."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schakel.intake import actions
from schakel.intake.models import Delivery, DeliveryState
from schakel.intake.views.gates import for_stewards, may_change
from schakel.sharing.requests import PartyRequest, for_parties

_NOTHING_NEW = 204


def working(request: PartyRequest, delivery: Delivery) -> dict[str, object]:
    """What "intake/working.html" shows of a delivery; every page of a delivery that includes it asks for this."""
    progress = delivery.progress
    return {
        "delivery": delivery,
        "may_change": may_change(request),
        "told": " ".join(str(progress.get(key, "")) for key in ("step", "done", "of")),
        "working_label": _label(str(progress.get("step", ""))),
    }


def _label(step: str) -> str:
    return {
        "waiting": _("Waiting for its turn …"),
        "reading": _("Reading and checking the files …"),
        "checking": _("Checking the rows …"),
        "comparing": _("Comparing with what stands …"),
        "accepting": _("Accepting the rows …"),
    }.get(step, _("At work …"))


@for_parties("agency", "secretariat")
def standing(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Where the work is now: nothing while that is what the page says already, the whole page anew when it is over."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    context = working(request, found)
    if not found.progress.get("step"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.GET.get("told") == context["told"]:
        return HttpResponse(status=_NOTHING_NEW)
    return render(request, "intake/working_now.html", context)


@require_POST
@for_parties("agency", "secretariat")
@for_stewards
def again(request: PartyRequest, delivery_id: int) -> HttpResponse:
    """Go on with a delivery after the work on it stopped: check it again, or accept it after all."""
    found = get_object_or_404(Delivery, pk=delivery_id)
    accepting = found.state == DeliveryState.ACCEPTING
    try:
        if accepting:
            actions.ask_acceptance_again(actor=request.actor, delivery=found)
        else:
            actions.ask_examination(actor=request.actor, delivery=found)
    except actions.DeliveryRefused as refused:
        messages.error(request, str(refused))
    else:
        said = _("This delivery is being accepted again.") if accepting else _("This delivery is checked again.")
        messages.success(request, said)
    return redirect("intake:delivery", found.pk)
