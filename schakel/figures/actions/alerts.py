"""Asking to hear of publications, and telling who asked.

Invariant: each alert is told once of each publication, whoever else tells at the same moment.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from schakel.figures.catalogue import catalogue
from schakel.figures.models import Alert, AlertTold
from schakel.inbox.actions import tell
from schakel.network.places import PROVINCES
from schakel.network.queries import is_auditor
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

News = tuple[Words, Words, str]  # title, more, and the page


class AlertRefused(ValueError):  # noqa: N818 - it is an answer to a person, not a fault
    """Nobody can be told of this; the message says why."""


def ask_to_hear(*, actor: Actor, indicator: str = "", province: str = "") -> Alert:
    """Have the acting person told when figures are published: of an indicator, a province, both or any.

    Asked again it is left as it is. Raises AlertRefused for an indicator or province that is not there, and for an
    auditor, who changes nothing but its own conclusions.
    """
    if actor.person is None:
        raise ValueError("only a person is told")
    if indicator and indicator not in catalogue():
        raise AlertRefused(_("There is no such indicator; choose one of the list."))
    if province and province not in PROVINCES:
        raise AlertRefused(_("There is no such province; choose one of the list."))
    with acting(actor):
        if is_auditor(actor.owner):
            raise AlertRefused(_("An auditor is told of no publications; its mandates say what it reads."))
        known = Alert.objects.filter(person_id=actor.person, indicator=indicator, province=province).first()
        return known or _asked(actor, indicator, province)


def _asked(actor: Actor, indicator: str, province: str) -> Alert:
    try:
        with transaction.atomic():
            made = Alert.objects.create(
                owner_id=actor.owner, person_id=actor.person or 0, indicator=indicator, province=province
            )
    except IntegrityError as known:  # asked twice at once, or for another organisation that they act for
        raise AlertRefused(_("You asked for this already; look at your alerts for each of your roles.")) from known
    note(actor=actor, verb="asked to hear of", kind="publication", objects=[made.pk], indicator=indicator)
    return made


def hear_no_more(*, actor: Actor, alert: Alert) -> None:
    """An alert of the acting person's own is told no more. Raises AlertRefused for another's."""
    with acting(actor):
        if not Alert.objects.filter(pk=alert.pk, person_id=actor.person or 0).delete()[0]:
            raise AlertRefused(_("Only who asked for this takes it away."))
        note(actor=actor, verb="asked no more to hear of", kind="publication", objects=[alert.pk])


def tell_of_publication(*, actor: Actor, publication: int, person: int, alerts: Sequence[Alert], news: News) -> bool:
    """Tell a person once of a publication that their ``alerts`` ask for; False where all of them were told already."""
    with acting(actor):
        if not _claimed(actor, publication, alerts):
            return False
        title, body, url = news
        tell(
            actor=actor,
            party=actor.owner,
            person=person,
            key=f"figures:published:{publication}",
            title=title,
            body=body,
            url=url,
            room="figures",
        )
    return True


def _claimed(actor: Actor, publication: int, alerts: Collection[Alert]) -> bool:
    """Whether one of these was not told before; who claims the same at the same time waits, and then finds it told."""
    new = [
        AlertTold.objects.get_or_create(alert=alert, publication_id=publication, defaults={"owner_id": actor.owner})[1]
        for alert in sorted(alerts, key=lambda alert: alert.pk)
    ]
    return any(new)
