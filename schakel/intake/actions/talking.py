"""Talking about a delivery, a row of it or a finding; whoever is mentioned, and whoever spoke before, hears of it.

Invariant: only colleagues can be mentioned, and only they read it.
"""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _

from schakel.inbox.actions import tell
from schakel.intake.actions.refusing import DeliveryRefused
from schakel.intake.mentions import mentioned_in
from schakel.intake.models import Delivery, Remark
from schakel.network.models import Person
from schakel.network.queries import colleagues
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from schakel.words import Words

_LONGEST = 5000  # characters


def remark(
    *,
    actor: Actor,
    delivery: Delivery,
    text: str,
    check_id: str = "",
    file: str = "",
    table: str = "",
    row: int | None = None,
    mentioned: Collection[int] = (),
) -> Remark:
    """Say something about a delivery, a row (``file``, ``table``, ``row``) or what a check found there.

    Who is in ``mentioned`` (ids of people) or is named as "@name" is told; so is who spoke about the same before.
    Raises DeliveryRefused for an empty or endless text.
    """
    said = text.strip()
    if not said:
        raise DeliveryRefused(_("Write what you want to say first."))
    if len(said) > _LONGEST:
        raise DeliveryRefused(
            _("This is too long to read; say it in at most %(count)s characters.") % {"count": _LONGEST}
        )
    place = {"check_id": check_id, "file": file, "table": table, "row": row}
    with acting(actor):
        held = Delivery.objects.get(pk=delivery.pk)
        people = {person.pk: person for person in colleagues(actor.owner)}
        named = (set(mentioned) & set(people)) | mentioned_in(said, people.values())
        before = set(Remark.objects.filter(delivery=held, **place).values_list("made_by_id", flat=True))
        made = Remark.objects.create(
            owner_id=held.owner_id,
            delivery=held,
            text=said,
            mentioned=sorted(named),
            made_by_id=actor.person,
            **place,
        )
        note(actor=actor, verb="remarked", kind="delivery", objects=[held.pk], remark=made.pk, mentioned=sorted(named))
        for person in ((named | before) & set(people)) - {actor.person}:
            _tell(actor, made, people.get(actor.person or 0), person, mentions=person in named)
    return made


def _tell(actor: Actor, made: Remark, speaker: Person | None, person: int, *, mentions: bool) -> None:
    who, number = speaker.name if speaker else "Schakel", made.delivery_id
    if mentions:
        title = Words("{who} noemt u bij aanlevering {number}", "{who} mentions you at delivery {number}")
    else:
        title = Words("{who} antwoordt bij aanlevering {number}", "{who} replies at delivery {number}")
    tell(
        actor=actor,
        party=actor.owner,
        person=person,
        key=f"intake:remark:{made.pk}",
        title=title.format(who=who, number=number),
        url=f"{reverse('intake:talk', args=[number])}#opmerking-{made.pk}",
        room="intake",
    )
