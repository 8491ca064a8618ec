"""What all delivered records have in common.

Invariants: a record is one row a (owner, period, number); it points at the delivered row its present
values came from; it is never deleted by a delivery. What vanished from a later delivery of the same
period is only proposed as withdrawn, and counts until a person says so.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from schakel.intake.models import DeliveredRow, Delivery
from schakel.network.models import Party


class RecordState(models.TextChoices):
    """Whether a record counts."""

    STANDS = "stands", _("stands")
    VANISHED = "vanished", _("proposed as withdrawn")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Record(models.Model):
    """One thing as one agency delivered it for one period."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    number = models.TextField()
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="+")
    source = models.ForeignKey(DeliveredRow, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RecordState.choices, default=RecordState.STANDS)
    state_reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        constraints = (
            models.UniqueConstraint(fields=["owner", "period", "number"], name="%(app_label)s_%(class)s_once"),
        )

    def __str__(self) -> str:
        return f"{self.number} ({self.period})"
