"""The background work of files: packages of all that a party has are made, and go after a week."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from schakel.documents import packages
from schakel.trail.actors import Actor


@app.task(queue="default", name="documents.take_along", retry=2, pass_context=False)
def take_along(*, package: int, party: int, person: int | None) -> None:
    """Put together all that a party has."""
    packages.make(actor=Actor(party=party, person=person, process="package"), package_id=package)


@app.periodic(cron="23 4 * * *")
@app.task(
    queue="default", name="documents.forget_packages", queueing_lock="documents.forget_packages", pass_context=False
)
def forget_packages(timestamp: int) -> None:
    """Take away packages of more than a week ago."""
    packages.forget(before=timezone.now() - packages.KEPT)
