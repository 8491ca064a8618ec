"""Keys with which a party's own systems act for it, and mandates with which an auditor looks into what a party has.

Invariants: the key itself is shown once and never kept, only its digest; a withdrawn or expired one opens nothing. A
mandate is never altered but to be withdrawn, once; it opens nothing outside its hours, whoever asks.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person
from schakel.sharing.people.models import Invitation

__all__ = ("IdentityReview", "Invitation", "Look", "Mandate", "Scope", "Token")


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", _("read deliveries, findings and receipts")
    DELIVER = "deliver", _("deliver files and records")
    ACCEPT = "accept", _("accept what was checked")


class Token(models.Model):
    """A key of a party for the API."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    used_on = models.DateField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """That ``auditor`` may look into what ``owner`` has of ``years``, from ``since`` until ``until``, for ``purpose``.

    Given by the party itself, and by the secretariat for the network's figures. What it says is never altered; it ends
    at its hour, or when it is withdrawn. ``with_valuations``: also what positions are worth. ``signed_as``: in what
    capacity the person signed. The trail and the decisions on identity are not kept by year, so a mandate covers all.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    auditor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    years = ArrayField(models.SmallIntegerField())
    since = models.DateTimeField()
    until = models.DateTimeField()
    with_valuations = models.BooleanField(default=False)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=120)
    signed_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-signed_at", "-pk")
        indexes = (models.Index(fields=["auditor", "until"]),)
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="mandate_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(years__len__gt=0), name="mandate_of_some_year"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(signed_as=""), name="mandate_with_a_purpose"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), name="mandate_withdrawn_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner}: {self.auditor}"

    def stands(self, now: dt.datetime) -> bool:
        """Whether it opens anything at ``now``."""
        return self.withdrawn_at is None and self.since <= now < self.until


class Look(models.Model):
    """That somebody looked at records of ``owner`` under a mandate: for the owner to see who, what and when."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="looks")
    viewer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    objects_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["owner", "-at"]),)

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.verb} {self.kind}"


class IdentityReview(models.Model):
    """That a party takes part in identity review, a standing agreement of the network.

    While two agencies do, their reviewers see of each other's doubtful records a card: name, place, numbers and site;
    the network's identity steward sees both. What it says is never altered but to be ended, once; who takes part is
    known to all.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner"], condition=Q(ended_at=None), name="takes_part_in_review_once"),
        )

    def __str__(self) -> str:
        return f"{self.owner} takes part since {self.since}"
