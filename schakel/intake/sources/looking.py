"""Looking at the places, and taking in what has been quiet for a while. May be done again at any moment."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError
from django.urls import reverse
from django.utils import timezone

from schakel.documents.actions import FileRefused
from schakel.inbox.actions import put, settle
from schakel.intake import actions, gates
from schakel.intake.actions import DeliveryRefused
from schakel.intake.models import Delivery, Origin, SourceSeen
from schakel.intake.sources.declared import Source
from schakel.intake.sources.places import Found, Place, by_year, place_of
from schakel.network.models import Party, Role
from schakel.refusals import Refusal, in_both
from schakel.sharing.acting import acting
from schakel.trail.actors import Actor
from schakel.words import Words

log = logging.getLogger(__name__)
QUIET = dt.timedelta(minutes=2)  # nobody copies files for longer without one of them changing
_FAULTS = (OSError, BotoCoreError, ClientError, ValueError)  # the last for an address or secret that is none
_REFUSALS = (DeliveryRefused, FileRefused)


def look(sources: Iterable[Source], *, quiet: dt.timedelta = QUIET) -> list[Delivery]:
    """Look at every source once; returns the deliveries that were taken in. One that fails holds up no other."""
    taken: list[Delivery] = []
    for source in sources:
        party = Party.objects.filter(slug=source.agency).first()
        if party is None:
            log.error("source %s: there is no party called %s", source.name, source.agency)
            continue
        actor = Actor(party=party.pk, process="source")
        try:
            place = place_of(source)
            years = by_year(place.listed())
        except _FAULTS as error:
            log.error("source %s cannot be read: %s", source.name, error)
            continue
        for year, found in years.items():
            seen = _seen(actor, source.name, year, found)
            if not seen.taken and timezone.now() - seen.since >= quiet:
                taken += _taken_in(actor, source, place, seen, found)
    return taken


def _taken_in(actor: Actor, source: Source, place: Place, seen: SourceSeen, found: Sequence[Found]) -> list[Delivery]:
    year = seen.period
    if closed := _closed(actor, year):  # nothing is brought here; it is looked at again, as the year may be opened
        _say_closed(actor, source, seen, closed)
        return []
    try:
        delivery = _received(actor, source, place, year, found)
    except (*_FAULTS, *_REFUSALS) as error:
        log.error("source %s, %s: %s", source.name, year, error)
        _settle(actor, seen, problem=str(error), taken=isinstance(error, _REFUSALS))
        if isinstance(error, Refusal):
            _say_refused(actor, source, seen, error.words)
        return []
    _settle(actor, seen, delivery=delivery, taken=True)
    for key in (_closed_key(seen), _refused_key(seen)):
        settle(actor=actor, party=actor.owner, key=key)
    return [delivery]


def _closed(actor: Actor, year: int) -> Words | None:
    with acting(actor):
        if not gates.why_not_open(owner=actor.owner, period=year):
            return None
        return in_both(lambda: gates.why_not_open(owner=actor.owner, period=year))


def _say_closed(actor: Actor, source: Source, seen: SourceSeen, closed: Words) -> None:
    """Files lie ready for a year that takes none: a steward hears it once, and whom to ask."""
    _settle(actor, seen, problem=closed.nl, taken=False)
    log.warning("source %s, %s: %s", source.name, seen.period, closed.en)
    put(
        actor=actor,
        party=actor.owner,
        key=_closed_key(seen),
        title=Words(
            f"Bestanden over {seen.period} uit {source.name} worden niet opgehaald",
            f"Files for {seen.period} are not taken in from {source.name}",
        ),
        body=closed,
        url=f"/aanleveringen/jaar/{seen.period}/",
        role=Role.STEWARD,
        room="intake",
    )


def _say_refused(actor: Actor, source: Source, seen: SourceSeen, why: Words) -> None:
    """Files are not taken as they are: a steward hears why, and puts others in their place."""
    put(
        actor=actor,
        party=actor.owner,
        key=_refused_key(seen),
        title=Words(
            f"Bestanden over {seen.period} uit {source.name} zijn geweigerd",
            f"Files for {seen.period} from {source.name} were refused",
        ),
        body=why,
        url=reverse("intake:deliveries"),
        role=Role.STEWARD,
        room="intake",
    )


def _refused_key(seen: SourceSeen) -> str:
    return f"source/{seen.pk}/refused"


def _closed_key(seen: SourceSeen) -> str:
    return f"source/{seen.pk}/closed"


def _seen(actor: Actor, name: str, year: int, found: Sequence[Found]) -> SourceSeen:
    """What is known of this year's files; known since now where anything changed."""
    said = "\n".join(f"{file.path} {file.mark}" for file in found)
    fingerprint = hashlib.sha256(said.encode()).hexdigest()
    with acting(actor):
        seen, _made = SourceSeen.objects.get_or_create(
            owner_id=actor.owner,
            name=name,
            period=year,
            defaults={"fingerprint": fingerprint, "since": timezone.now()},
        )
        if seen.fingerprint != fingerprint:
            seen.fingerprint, seen.since, seen.taken, seen.problem = fingerprint, timezone.now(), False, ""
            seen.save()
    return seen


def _received(actor: Actor, source: Source, place: Place, year: int, found: Sequence[Found]) -> Delivery:
    origin = Origin.FOLDER if source.folder else Origin.BUCKET
    with tempfile.TemporaryDirectory(prefix="schakel-source-") as folder:
        paths = [Path(folder, file.name) for file in found]
        for file, path in zip(found, paths, strict=True):
            place.bring(file.path, path)
        with acting(actor):  # as one: a delivery that came in is checked and told, or it did not come in
            received = actions.receive(actor=actor, period=year, paths=paths, origin=origin, whole=source.whole)
            if not received.known:
                actions.ask_examination(actor=actor, delivery=received.delivery)
                _tell(actor, source, received.delivery)
    return received.delivery


def _tell(actor: Actor, source: Source, delivery: Delivery) -> None:
    """Nothing is accepted by itself: a steward looks at what was found."""
    put(
        actor=actor,
        party=actor.owner,
        key=f"delivery/{delivery.pk}/came",
        title=Words(
            f"Een aanlevering over {delivery.period} is binnengekomen uit {source.name}",
            f"A delivery for {delivery.period} came in from {source.name}",
        ),
        url=f"/aanleveringen/{delivery.pk}/",
        role=Role.STEWARD,
        room="intake",
    )


def _settle(
    actor: Actor, seen: SourceSeen, *, taken: bool, delivery: Delivery | None = None, problem: str = ""
) -> None:
    with acting(actor):
        SourceSeen.objects.filter(pk=seen.pk, fingerprint=seen.fingerprint).update(
            taken=taken, delivery=delivery, problem=problem
        )
