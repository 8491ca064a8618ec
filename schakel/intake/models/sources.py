"""What was seen in places that are looked at for deliveries."""

from __future__ import annotations

from django.db import models

from schakel.intake.models.delivery import Delivery
from schakel.network.models import Party


class SourceSeen(models.Model):
    """What lay in a place for a year at the last look, and what became of it.

    ``fingerprint``: of all names and marks; ``since``: since when it has been so. ``problem``: why it was not taken in.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.TextField()
    period = models.SmallIntegerField()
    fingerprint = models.CharField(max_length=64)
    since = models.DateTimeField()
    taken = models.BooleanField(default=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "name", "period"], name="source_seen_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.period}"
