"""The verbs of packages: ask for all that a party has, make it, take it away after a week."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schakel.documents.actions import FileRefused, discard, keep
from schakel.documents.models import Package
from schakel.documents.taking_along import write
from schakel.network.models import Party
from schakel.refusals import Refusal
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

KEPT = dt.timedelta(days=7)
"""How long a package can be fetched; it holds everything twice, so it does not stay."""


class PackageRefused(Refusal):
    """A package cannot be asked for; the message says why."""


def ask(*, actor: Actor) -> Package:
    """Have all that the acting party has put together, in the background. Raises PackageRefused while one is made."""
    with acting(actor):
        if Package.objects.filter(ready_at=None, too_large=False, gone_at=None).exists():
            raise PackageRefused(_("A package is being made already; it appears here when it is ready."))
        package = Package.objects.create(owner_id=actor.owner, asked_by_id=actor.person)
        note(actor=actor, verb="asked for", kind="package", objects=[package.pk])
        app.configure_task("documents.take_along").defer(package=package.pk, party=actor.owner, person=actor.person)
    return package


def make(*, actor: Actor, package_id: int) -> None:
    """Put a package together and keep it; one that is made already, or is gone, stays as it is. Raises OSError."""
    with acting(actor):
        package = Package.objects.filter(pk=package_id, ready_at=None, too_large=False, gone_at=None).first()
        party = Party.objects.get(pk=actor.owner)
    if package is None:
        return
    with tempfile.TemporaryDirectory(prefix="package-") as folder:
        now = timezone.localtime()
        path = Path(folder) / f"schakel-{party.slug}-{now:%Y-%m-%d}.zip"
        write(party, path, actor=actor, moment=now.isoformat(timespec="seconds"))
        with acting(actor):
            try:
                package.file = keep(actor=actor, name=path.name, content=path)
            except FileRefused:
                package.too_large = True
            else:
                package.ready_at = timezone.now()
            package.save(update_fields=["file", "ready_at", "too_large"])
            note(actor=actor, verb="made", kind="package", objects=[package.pk], too_large=package.too_large)


def take_away(*, actor: Actor, package: Package) -> None:
    """Take away a package of the acting party and its file; it stays in the list as one that is gone."""
    with acting(actor):
        file, package.file, package.gone_at = package.file_id, None, timezone.now()
        package.save(update_fields=["file", "gone_at"])
        if file is not None:
            discard(actor=actor, file_id=file, overtaken=True)
        note(actor=actor, verb="taken away", kind="package", objects=[package.pk])


def forget(*, before: dt.datetime) -> int:
    """Take away what was made, or asked for in vain, before a moment, of every party; returns how many."""
    gone = 0
    for party in Party.objects.values_list("pk", flat=True):
        actor = Actor(party=party, process="packages")
        with acting(actor):
            for package in Package.objects.filter(gone_at=None, asked_at__lt=before):
                take_away(actor=actor, package=package)
                gone += 1
    return gone
