"""Two signatures under a year: the agency's steward certifies, the secretariat accepts it for counting or returns it.

Invariants: one certification of an agency and year stands at a time, and while it does nothing of that year changes.
What was certified is kept whole and never altered; only its agency can read it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.documents.models import StoredFile
from schakel.network.models import Party, Person


class Certification(models.Model):
    """That a steward signed for a year of the agency: what was said, the counts, and all records as they were then.

    ``summary``: {"kinds": {kind: counts}, "findings": {severity: count}, "coverage": …}, as `certifying.summary_of`
    makes it. ``snapshot``: see `intake.snapshots`.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    version = models.PositiveSmallIntegerField()
    statement = models.TextField()
    checks_version = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    snapshot = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    certified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    certified_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=["owner", "period", "version"], name="certified_version_once"),
            models.UniqueConstraint(
                fields=["owner", "period"], condition=Q(withdrawn_at__isnull=True), name="one_certification_stands"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), name="withdrawn_with_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"certification {self.version} of {self.owner_id} for {self.period}"


class VerdictKind(models.TextChoices):
    """What the secretariat says of a certified year."""

    ACCEPTED = "accepted", _("accepted for counting")
    RETURNED = "returned", _("returned")


class Verdict(models.Model):
    """What the secretariat said of a certification of ``owner``; once for each. A return says why."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    certification = models.OneToOneField(Certification, on_delete=models.PROTECT, related_name="verdict")
    verdict = models.CharField(max_length=10, choices=VerdictKind.choices)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(verdict="returned") | ~Q(reason=""), name="returned_with_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.verdict}: certification {self.certification_id}"
