"""The way of a closing to its publication: prepared, approved by the bodies that must, given an hour, or called off.

Invariant: what everybody may read already is not moved, called off or refused any more; it is revised.
"""

from __future__ import annotations

import datetime as dt

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from schakel.figures import asking_bodies
from schakel.figures.editions import Edition
from schakel.figures.models import Approval, ApprovingBody, Closing, ClosingState, Publication
from schakel.figures.vintages import certified_of, editions
from schakel.network.models import Party, PartyKind
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

_SAME_MINUTE = dt.timedelta(minutes=1)  # an hour is filled in by the minute, and "now" takes a moment to be sent


class PublicationRefused(ValueError):  # noqa: N818 - it is an answer to a person, not a fault
    """This cannot be done to a publication (any more); the message says why and what to do."""


def prepare_publication(*, actor: Actor, closing: Closing, remark: str = "") -> Publication:
    """Put ``closing`` under embargo and ask the bodies of its year to approve; one that was called off is taken up.

    Raises PublicationRefused where it is not the year's newest, or another of the year is under embargo, or an agency
    did not certify the year and ``remark`` does not say why it is published without.
    """
    with acting(actor):
        _must_be_secretariat(actor)
        one_at_a_time()
        _must_be_preparable(closing)
        _must_be_signed(closing.period, remark)
        made, new = Publication.objects.get_or_create(
            closing=closing,
            defaults={
                "owner_id": actor.owner,
                "period": closing.period,
                "prepared_by_id": actor.person,
                "remark": remark,
            },
        )
        if not new:
            _take_up(made, actor, remark)
        note(
            actor=actor,
            verb="prepared" if new else "took up",
            kind="publication",
            objects=[made.pk],
            closing=closing.pk,
        )
        asking_bodies.ask_all(actor=actor, publication=made)
    return made


def set_hour(*, actor: Actor, publication: Publication, at: dt.datetime) -> Publication:
    """Have a publication open at ``at``, if all bodies have approved by then, and else once they have.

    Raises PublicationRefused for an hour that is past, or a publication that is open or called off.
    """
    with acting(actor):
        _must_be_secretariat(actor)
        one_at_a_time()
        held, edition = _pending(publication)
        now = timezone.now()
        if at < now - _SAME_MINUTE:
            raise PublicationRefused(_("That hour is past; choose a later one, or now."))
        held.publish_at = max(at, now)
        held.save(update_fields=["publish_at"])
        note(
            actor=actor,
            verb="set the hour",
            kind="publication",
            objects=[held.pk],
            at=held.publish_at.isoformat(timespec="seconds"),
        )
        asking_bodies.hour_is_set(actor=actor, publication=held, approved=edition.approved_at(now))
    return held


def withdraw(*, actor: Actor, publication: Publication, reason: str) -> Publication:
    """Call a publication off before it opens; it can be taken up again. Raises PublicationRefused."""
    with acting(actor):
        _must_be_secretariat(actor)
        one_at_a_time()
        held, _edition = _pending(publication)
        if not reason.strip():
            raise PublicationRefused(_("Say why you call it off; who must approve reads it."))
        held.publish_at, held.withdrawn_at, held.withdrawn_by_id = None, timezone.now(), actor.person
        held.withdrawn_because = reason.strip()
        held.save(update_fields=["publish_at", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
        note(actor=actor, verb="called off", kind="publication", objects=[held.pk], reason=reason.strip())
        asking_bodies.ask_none(actor=actor, publication=held)
    return held


def record_approval(
    *,
    actor: Actor,
    publication: Publication,
    body: ApprovingBody,
    approved: bool,
    decided_on: dt.date,
    reference: str = "",
    reason: str = "",
) -> Approval:
    """Write down what a body of the acting party decided, when, and where that is written (``reference``).

    A later decision takes the place of an earlier one while the figures are not public. Raises PublicationRefused.
    """
    with acting(actor):
        one_at_a_time()
        held, edition = _pending(publication)
        _must_be_its_own(actor, body, edition)
        _must_be_sound(held, approved, decided_on, reference, reason)
        made = Approval.objects.create(
            owner_id=actor.owner,
            publication=held,
            body=body,
            approved=approved,
            decided_on=decided_on,
            reference=reference.strip(),
            reason=reason.strip(),
            recorded_by_id=actor.person,
        )
        verb = "approved" if approved else "refused"
        note(actor=actor, verb=verb, kind="publication", objects=[held.pk], reason=made.reason, body=body.pk)
        after = _edition_of(held)[1]
        asking_bodies.decided(actor=actor, approval=made, all_approved=after.approved_at(made.recorded_at))
    return made


def one_at_a_time() -> None:
    """Hold back whoever else does something about publications or bodies, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('figures.publication', 0))")


def _must_be_secretariat(actor: Actor) -> None:
    if not Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists():
        raise PublicationRefused(_("Only the secretariat does this; ask it."))


def _must_be_preparable(closing: Closing) -> None:
    if closing.state != ClosingState.MADE:
        raise PublicationRefused(_("This closing is not made yet."))
    now, of_year = timezone.now(), editions(closing.period)
    if any(each.version > closing.version for each in of_year):
        raise PublicationRefused(_("A later closing of this year is there; publish that one."))
    if any(each.closing == closing.pk and each.publication is not None for each in of_year):
        raise PublicationRefused(_("The publication of this closing is prepared already."))
    if any(each.is_pending(now) for each in of_year):
        raise PublicationRefused(
            _("An earlier closing of this year is under embargo; call that publication off first.")
        )


def _must_be_signed(period: int, remark: str) -> None:
    counted, members = certified_of(period)
    if counted < members and not remark.strip():
        said = _("%(in)s of %(all)s agencies certified %(year)s. Say in the remark why the rest is left out.")
        raise PublicationRefused(said % {"in": counted, "all": members, "year": period})


def _take_up(called_off: Publication, actor: Actor, remark: str) -> None:
    """What the bodies said of it still holds: it is of the same figures."""
    called_off.withdrawn_at = called_off.withdrawn_by = None
    called_off.withdrawn_because, called_off.remark = "", remark or called_off.remark
    called_off.prepared_at, called_off.prepared_by_id = timezone.now(), actor.person
    called_off.save()


def _pending(publication: Publication) -> tuple[Publication, Edition]:
    """The publication as it is now, where it is still under embargo. Raises PublicationRefused."""
    held, edition = _edition_of(publication)
    if edition.publication is None:
        raise PublicationRefused(_("This publication was called off."))
    if edition.is_open(timezone.now()):
        raise PublicationRefused(_("These figures are published; what is to change becomes a revision."))
    return held, edition


def _edition_of(publication: Publication) -> tuple[Publication, Edition]:
    held = Publication.objects.select_related("closing").get(pk=publication.pk)
    return held, next(each for each in editions(held.period) if each.closing == held.closing_id)


def _must_be_its_own(actor: Actor, body: ApprovingBody, edition: Edition) -> None:
    if body.owner_id != actor.owner:
        raise PublicationRefused(_("Only the organisation whose body it is records what it decided."))
    if body.pk not in edition.bodies:
        raise PublicationRefused(_("This body need not approve the figures of this year."))


def _must_be_sound(publication: Publication, approved: bool, decided_on: dt.date, reference: str, reason: str) -> None:
    made_at = publication.closing.made_at
    if decided_on > timezone.localdate():
        raise PublicationRefused(_("A decision is recorded once it is taken; that day is still to come."))
    if made_at is not None and decided_on < timezone.localdate(made_at):
        raise PublicationRefused(_("On that day these figures were not closed yet."))
    if approved and not reference.strip():
        raise PublicationRefused(_("Say where the approval is written down, such as the minutes and their date."))
    if not approved and not reason.strip():
        raise PublicationRefused(_("Say why the body refused; the secretariat reads it."))
