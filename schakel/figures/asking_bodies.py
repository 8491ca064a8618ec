"""Who is asked to approve, and who hears what became of it: the inbox items round a publication.

Called inside the acts of ``actions.publishing``. No item says a number: titles go out by mail.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse

from schakel.figures.models import Approval, ApprovingBody, Publication
from schakel.inbox.actions import put, settle_prefix
from schakel.network.models import PartyKind, Role
from schakel.network.queries import secretariat
from schakel.trail.actors import Actor
from schakel.words import Words

_APPROVE = Words(
    "De cijfers van {year} wachten op {body}: leg het besluit vast",
    "The figures of {year} wait for {body}: record the decision",
)
_UNDER_EMBARGO = Words(
    "Tot de publicatie zijn ze onder embargo: deel ze niet.", "Until they are published they are under embargo."
)
_REFUSED = Words(
    "{body} ({party}) stemt niet in met de cijfers van {year}", "{body} ({party}) refuses the figures of {year}"
)
_ALL = Words(
    "Alle organen stemden in met de cijfers van {year}: bepaal het uur van publicatie",
    "All bodies approved the figures of {year}: set the hour of publication",
)


def bodies_of(period: int) -> Iterable[ApprovingBody]:
    """The bodies that must approve figures of ``period``, in the network's order."""
    until = Q(last_period__isnull=True) | Q(last_period__gte=period)
    return ApprovingBody.objects.filter(until, first_period__lte=period).select_related("owner")


def ask_all(*, actor: Actor, publication: Publication) -> None:
    """Have each body's own organisation record what it decides, where it did not approve already."""
    approving = _approving(publication)
    for body in bodies_of(publication.period):
        if body.pk not in approving:
            ask_one(actor=actor, publication=publication, body=body)


def ask_one(*, actor: Actor, publication: Publication, body: ApprovingBody) -> None:
    """Have the organisation of ``body`` record what it decides of ``publication``."""
    put(
        actor=actor,
        party=body.owner_id,
        key=f"{_prefix('approve', publication, body)}{publication.prepared_at.isoformat()}",
        title=_APPROVE.format(year=publication.period, body=body.name),
        body=_UNDER_EMBARGO,
        url=_page(publication),
        role=Role.SECRETARY if body.owner.kind == PartyKind.SECRETARIAT else Role.STEWARD,
        room="figures",
    )


def ask_none(*, actor: Actor, publication: Publication) -> None:
    """Nobody need approve ``publication`` any more."""
    for party in {body.owner_id for body in bodies_of(publication.period)}:
        settle_prefix(actor=actor, party=party, prefix=_prefix("approve", publication))
    for what in ("refused", "all"):
        settle_prefix(actor=actor, party=actor.owner, prefix=_prefix(what, publication))


def decided(*, actor: Actor, approval: Approval, all_approved: bool) -> None:
    """A body spoke: its organisation is done, and the secretariat hears of a refusal and of the last approval."""
    publication, body = approval.publication, approval.body
    settle_prefix(actor=actor, party=actor.owner, prefix=_prefix("approve", publication, body))
    refused = _prefix("refused", publication, body)
    settle_prefix(actor=actor, party=secretariat().pk, prefix=refused)
    if not approval.approved:
        title = _REFUSED.format(body=body.name, party=body.owner.name, year=publication.period)
        _tell_secretariat(actor, publication, f"{refused}{approval.pk}", title, urgent=True)
    elif all_approved and publication.publish_at is None:
        key = f"{_prefix('all', publication)}{approval.pk}"
        _tell_secretariat(actor, publication, key, _ALL.format(year=publication.period))


def hour_is_set(*, actor: Actor, publication: Publication, approved: bool) -> None:
    """The secretariat set an hour, and so need not be asked to any more."""
    if approved:
        settle_prefix(actor=actor, party=actor.owner, prefix=_prefix("all", publication))


def _approving(publication: Publication) -> set[int]:
    said = publication.approvals.order_by("recorded_at", "pk").values_list("body_id", "approved")
    return {body for body, approved in dict(said).items() if approved}


def _tell_secretariat(actor: Actor, publication: Publication, key: str, title: Words, *, urgent: bool = False) -> None:
    put(
        actor=actor,
        party=secretariat().pk,
        key=key,
        title=title,
        url=_page(publication),
        role=Role.SECRETARY,
        room="figures",
        urgent=urgent,
        by_hand=True,
    )


def _prefix(what: str, publication: Publication, body: ApprovingBody | None = None) -> str:
    """How the keys of such items begin; the rest says which time, as what was done does not wait again."""
    prefix = f"{what}:{publication.period}:{publication.closing.version}:"
    return prefix if body is None else f"{prefix}{body.pk}:"


def _page(publication: Publication) -> str:
    return reverse("figures:year", args=[publication.period])
