"""The verbs of the network: who is in it, who acts for whom."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from schakel.network.models import FormerName, Membership, Party, PartyKind, Person, RoleHeld
from schakel.refusals import Refusal
from schakel.trail.actions import note
from schakel.trail.actors import Actor

NETHERLANDS = Path(__file__).with_name("netherlands.toml")


class MembershipRefused(Refusal):
    """An agency cannot join or leave on that day; the message says why."""


@transaction.atomic
def load_network(*, actor: Actor, path: Path = NETHERLANDS) -> int:
    """Bring the parties of a network up to date from a TOML file; returns how many it names.

    Parties are known by their slug; none is removed. Raises KeyError for a party without slug, kind or name.
    """
    parties = tomllib.loads(path.read_text(encoding="utf-8"))["party"]
    for order, said in enumerate(parties, start=1):
        _load_party(said, order)
    note(actor=actor, verb="loaded", kind="network", parties=len(parties))
    return len(parties)


def _load_party(said: dict[str, Any], order: int) -> None:
    party, _made = Party.objects.update_or_create(
        slug=said["slug"],
        defaults={
            "kind": said["kind"],
            "name": said["name"],
            "also_written": said.get("also_written", []),
            "provinces": said.get("provinces", []),
            "order": order,
        },
    )
    if "since" in said:  # an end that the file does not name was given since, by `leave`
        ends = {"until": said["until"]} if "until" in said else {}
        Membership.objects.update_or_create(party=party, since=said["since"], defaults=ends)
    for former in said.get("former_names", ()):
        FormerName.objects.update_or_create(party=party, name=former["name"], defaults={"until": former["until"]})


@transaction.atomic
def add_party(*, actor: Actor, slug: str, kind: str, name: str) -> Party:
    """Make sure of a party that the network's file does not name, such as an auditor's office."""
    party, made = Party.objects.get_or_create(slug=slug, defaults={"kind": kind, "name": name})
    if made:
        note(actor=actor, verb="added", kind="party", objects=[party.pk], of_kind=kind)
    return party


@transaction.atomic
def join(*, actor: Actor, slug: str, name: str, provinces: Sequence[str], since: dt.date) -> Party:
    """Let an agency be one of the network from a day on; one that was before comes back.

    Raises MembershipRefused where it is a member on that day, or ``slug`` is of another kind of party.
    """
    known = {"kind": PartyKind.AGENCY, "name": name, "provinces": list(provinces)}
    party, _made = Party.objects.get_or_create(slug=slug, defaults=known)
    if party.kind != PartyKind.AGENCY:
        raise MembershipRefused(f"{party.name} is no agency.")
    if party.memberships.filter(Q(until__isnull=True) | Q(until__gt=since)).exists():
        raise MembershipRefused(f"{party.name} is a member on {since} already.")
    Membership.objects.create(party=party, since=since)
    note(actor=actor, verb="joined", kind="network", objects=[party.pk], since=since.isoformat())
    return party


@transaction.atomic
def leave(*, actor: Actor, party: Party, until: dt.date, into: Party | None = None) -> Membership:
    """Let an agency be one of the network up to a day, the first on which it no longer is.

    What it was before then stays as it was: its records, figures and closings. ``into``: the agency that it merges
    into, for the trail. Raises MembershipRefused for one that is no member the day before.
    """
    found = party.memberships.filter(Q(until__isnull=True) | Q(until__gte=until), since__lt=until).first()
    if found is None:
        raise MembershipRefused(f"{party.name} is no member before {until}.")
    found.until = until
    found.save(update_fields=["until"])
    other = into and into.pk
    note(actor=actor, verb="left", kind="network", objects=[party.pk], until=until.isoformat(), into=other)
    return found


@transaction.atomic
def give_role(
    *,
    actor: Actor,
    email: str,
    name: str,
    party: Party,
    role: str,
    password: str,
    until: dt.datetime | None = None,
) -> RoleHeld:
    """Let somebody sign in by password and act for ``party`` in ``role``, until a moment if one is named.

    A known person gains the role, and keeps their password; of a role that stands, only when it ends is changed. For
    an administrator's commands: the database refuses it to processes. Raises django.db.IntegrityError for a role that
    cannot be held at such a party.
    """
    person = Person.objects.filter(email__iexact=email).first()
    if person is None:
        person = Person(email=email.lower(), name=name)
        person.set_password(password)
        person.save()
    standing = Q(until__isnull=True) | Q(until__gt=timezone.now())
    held = RoleHeld.objects.filter(standing, person=person, party=party, role=role).first()
    if held is not None and held.until == until:
        return held
    held = held or RoleHeld(person=person, party=party, role=role)
    held.until = until
    held.save()
    ends = until and until.isoformat()
    of = party.pk
    note(
        actor=actor, verb="gave role", kind="person", objects=[person.pk], concerns=of, role=role, party=of, until=ends
    )
    return held


def end_sessions(*, person: int) -> int:
    """Sign a person out everywhere, at once; returns how many sessions that were.

    A session says whose it is only inside, where no index looks: each that has not expired is opened.
    """
    standing = Session.objects.filter(expire_date__gt=timezone.now()).iterator()
    theirs = [one.pk for one in standing if one.get_decoded().get(SESSION_KEY) == str(person)]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)
