"""How far a delivery is, as the steps that a steward takes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schakel.intake.models import Delivery, DeliveryState

Key = Literal["files", "mapping", "findings", "difference", "receipt"]
State = Literal["done", "current", "todo", "attention"]
_LOOKED_AT = (DeliveryState.CHECKED, DeliveryState.ACCEPTING, DeliveryState.ACCEPTED)
_GOING_IN = (DeliveryState.ACCEPTING, DeliveryState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Step:
    """A step: ``state`` says what it asks of people, ``url`` is empty while there is nothing to see there."""

    key: Key
    label: str
    url: str
    state: State
    note: str = ""


def steps_of(delivery: Delivery, *, found: Mapping[str, int] | None = None) -> list[Step]:
    """The steps of a delivery in order; at most one is "current": the one to take now.

    ``found``: how many findings of each severity are open, where the page has counted them already.
    """
    counted = _count(delivery) if found is None else found
    findings = _findings(delivery, errors=counted["error"], warnings=counted["warning"])
    return [_files(delivery), _mapping(delivery), findings, _difference(delivery), _receipt(delivery)]


@dataclass(frozen=True, slots=True)
class Next:
    """What to do now with a delivery: what the button says, and where it leads."""

    label: str
    url: str


def next_of(delivery: Delivery, steps: list[Step]) -> Next | None:
    """The one thing to do now, where that is on another page; None while there is nothing to do but wait."""
    if delivery.progress.get("step") or delivery.state in (DeliveryState.UPLOADING, DeliveryState.ACCEPTING):
        return None
    if delivery.state in (DeliveryState.FAILED, DeliveryState.DISCARDED):
        return Next(_("New delivery"), reverse("intake:new"))
    if delivery.state == DeliveryState.ACCEPTED:
        receipt = steps[-1].url
        return Next(_("See what happened to each row"), receipt) if receipt else None
    labels = {
        "mapping": _("Confirm the mapping"),
        "findings": _("Look at the findings"),
        "difference": _("Look at the difference"),
    }
    for step in steps:
        if step.url and step.key in labels and step.state in ("current", "attention"):
            return Next(labels[step.key], step.url)
    return None


def awaits_mapping(delivery: Delivery) -> bool:
    """Whether tables were read by a proposal that nobody has confirmed yet."""
    return bool(delivery.proposed_tables) and not delivery.mapping_settled


def _files(delivery: Delivery) -> Step:
    count = delivery.files.count()
    note = ngettext("%(count)s file", "%(count)s files", count) % {"count": count}
    state: State = "current" if delivery.state == DeliveryState.UPLOADING else "done"
    if delivery.state == DeliveryState.FAILED:
        state, note = "attention", _("not readable")
    return Step("files", _("Files"), reverse("intake:delivery", args=[delivery.pk]), state, note)


def _mapping(delivery: Delivery) -> Step:
    state: State = "done" if delivery.state in _LOOKED_AT else "todo"
    note = ""
    if delivery.state == DeliveryState.CHECKED and awaits_mapping(delivery):
        count = len(delivery.proposed_tables)
        state = "current"
        note = ngettext("%(count)s table to confirm", "%(count)s tables to confirm", count) % {"count": count}
    return Step("mapping", _("Mapping"), _address("mapping", delivery, state != "todo"), state, note)


def _count(delivery: Delivery) -> dict[str, int]:
    return delivery.findings.aggregate(
        error=Count("pk", filter=Q(severity="error")),
        warning=Count("pk", filter=Q(severity="warning", waived=False)),
    )


def _findings(delivery: Delivery, *, errors: int, warnings: int) -> Step:
    seen = delivery.examined_at is not None or delivery.state in (*_LOOKED_AT, DeliveryState.FAILED)
    state: State = "attention" if errors else "done" if seen else "todo"
    return Step("findings", _("Findings"), _address("findings", delivery, seen), state, _counted(errors, warnings))


def _counted(errors: int, warnings: int) -> str:
    if errors:
        return ngettext("%(count)s error", "%(count)s errors", errors) % {"count": errors}
    return ngettext("%(count)s warning", "%(count)s warnings", warnings) % {"count": warnings} if warnings else ""


def _difference(delivery: Delivery) -> Step:
    state: State = "done" if delivery.state in _GOING_IN else "todo"
    if delivery.state == DeliveryState.CHECKED and not awaits_mapping(delivery):
        state = "current"
    return Step("difference", _("Difference"), _address("difference", delivery, delivery.state in _LOOKED_AT), state)


def _receipt(delivery: Delivery) -> Step:
    accepted = delivery.state == DeliveryState.ACCEPTED
    note = _("being accepted") if delivery.state == DeliveryState.ACCEPTING else ""
    return Step("receipt", _("Receipt"), _address("receipt", delivery, accepted), "done" if accepted else "todo", note)


def _address(name: str, delivery: Delivery, there: bool) -> str:
    return reverse(f"intake:{name}", args=[delivery.pk]) if there else ""
