"""What is expected of whom and when, how it stands, and who was called about it.

Invariants: years and what is expected in them are the secretariat's to write; how a delivery stands is written by the
agency's own acts alone, in counts without a value of any row. A year that nobody ever opened is free.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schakel.intake.models.delivery import Delivery
from schakel.network.models import Party, Person


class CollectionYear(models.Model):
    """A year that the secretariat collects: from when, until when, and whether it is closed. Every party reads it.

    ``opens`` and ``due`` hold for whatever has no dates of its own.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField(unique=True)
    opens = models.DateField()
    due = models.DateField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-period",)
        constraints = (models.CheckConstraint(condition=Q(due__gte=F("opens")), name="year_due_after_it_opens"),)

    def __str__(self) -> str:
        return str(self.period)


class Expectation(models.Model):
    """That an agency delivers a kind for a year, from ``opens`` on and at the latest on ``due``; or why it need not."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    kind = models.CharField(max_length=40)
    opens = models.DateField()
    due = models.DateField()
    exempt = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "period", "kind"], name="expected_once"),
            models.CheckConstraint(condition=Q(due__gte=F("opens")), name="expected_due_after_it_opens"),
            models.CheckConstraint(condition=Q(exempt=False) | ~Q(reason=""), name="exempt_with_a_reason"),
        )
        indexes = (models.Index(fields=["period", "owner"]),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.owner_id} for {self.period}, due {self.due}"


class CallMeans(models.TextChoices):
    """How somebody was spoken to."""

    PHONE = "phone", _("by phone")
    MAIL = "mail", _("by mail")
    VISIT = "visit", _("in person")


class CallNote(models.Model):
    """That the secretariat spoke with an agency about a year, and what was said. The secretariat's own."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    how = models.CharField(max_length=10, choices=CallMeans.choices)
    text = models.TextField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=["period", "agency"]),)

    def __str__(self) -> str:
        return f"{self.agency_id} {self.period}: {self.text}"


class DeliveryStand(models.Model):
    """How the delivery of one kind by one agency for one year stands, in counts: for the agency and the secretariat.

    ``kind`` is empty for files whose kinds are not known yet. What is delivered and found is of the last delivery that
    holds the kind, accepted or not; what stands, vanished and was refused is of what was accepted. ``found``: counts
    by check, [{"check", "severity", "count", "waived"}]. ``references`` were filled in by rows that stand, of which
    ``resolved`` lead to a record. ``checks_version``: of the checks that looked last at what stands; empty where not
    all of it was looked at by the same.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    first_accepted_at = models.DateTimeField(null=True)
    readable = models.BooleanField(default=False)
    delivered = models.IntegerField(default=0)
    standing = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    vanished = models.IntegerField(default=0)
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    waived = models.IntegerField(default=0)
    found = models.JSONField(default=list)
    references = models.IntegerField(default=0)
    resolved = models.IntegerField(default=0)
    checks_version = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "period", "kind"], name="stand_once"),)
        indexes = (models.Index(fields=["period", "owner"]),)

    def __str__(self) -> str:
        return f"{self.kind or 'files'} of {self.owner_id} for {self.period}"
