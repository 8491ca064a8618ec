"""Which bodies must approve figures before they are published: kept by the secretariat.

Invariant: for a year that is published nothing changes, and while one waits for approval no body is taken away.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures import asking_bodies
from schakel.figures.actions.publishing import PublicationRefused, one_at_a_time
from schakel.figures.models import ApprovingBody, BodyKind, Publication
from schakel.figures.vintages import MAKERS, editions
from schakel.network.models import Party, PartyKind
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor


def add_body(*, actor: Actor, owner: Party, name: str, kind: BodyKind, first_period: int) -> ApprovingBody:
    """Have a body of ``owner`` approve figures from ``first_period`` on; what is under embargo then waits for it too.

    Raises PublicationRefused for a year that is published, and for a second body of one name.
    """
    with acting(actor):
        _must_be_secretariat(actor)
        one_at_a_time()
        if owner.kind not in MAKERS:
            raise PublicationRefused(_("Only a body of an agency or of the secretariat approves figures."))
        if first_period <= (last := _last_published()):
            raise PublicationRefused(
                _("The figures of %(year)s are published; begin with %(next)s.") % {"year": last, "next": last + 1}
            )
        if ApprovingBody.objects.filter(owner=owner, name=name.strip()).exists():
            raise PublicationRefused(_("There is a body of this name already."))
        made = ApprovingBody.objects.create(owner=owner, name=name.strip(), kind=kind, first_period=first_period)
        note(actor=actor, verb="added", kind="approving body", objects=[made.pk], since=first_period)
        for publication in _waiting():
            if publication.period >= first_period:
                asking_bodies.ask_one(actor=actor, publication=publication, body=made)
    return made


def end_body(*, actor: Actor, body: ApprovingBody, last_period: int) -> ApprovingBody:
    """The last year that a body approves figures of. Raises PublicationRefused where a later year needs it already."""
    with acting(actor):
        _must_be_secretariat(actor)
        one_at_a_time()
        held = ApprovingBody.objects.get(pk=body.pk)
        needed = max([_last_published(), *(waiting.period for waiting in _waiting())])
        if last_period < max(held.first_period, needed) or held.last_period is not None:
            raise PublicationRefused(
                _("The figures of %(year)s are published or wait for this body; it can end with that year or later.")
                % {"year": max(held.first_period, needed)}
            )
        held.last_period = last_period
        held.save(update_fields=["last_period"])
        note(actor=actor, verb="ended", kind="approving body", objects=[held.pk], last=last_period)
    return held


def _must_be_secretariat(actor: Actor) -> None:
    if not Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists():
        raise PublicationRefused(_("Only the secretariat does this; ask it."))


def _last_published() -> int:
    """The last year of which figures are published; 0 where there is none."""
    now = timezone.now()
    return max((each.period for each in editions() if each.is_open(now)), default=0)


def _waiting() -> list[Publication]:
    """What is prepared and not open yet."""
    now = timezone.now()
    pending = [each.closing for each in editions() if each.is_pending(now)]
    return list(Publication.objects.filter(closing__in=pending).select_related("closing"))
