"""Foreign cases, and trade activities: events with trade facts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schakel.events.models import Event
from schakel.intake.records import Record
from schakel.network.models import Party
from schakel.register.models import Organisation


class ForeignCase(Record):
    """A foreign company that decided to come, grow, stay or move between regions. ``capex``: euros over three years.

    Jobs are direct, expected within three years; created and retained are never one number. Without a
    confirmation letter they are *stated*, not confirmed.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=2, blank=True, null=True)
    kind = models.CharField(max_length=20, blank=True, null=True)
    date = models.DateField()
    capex = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    jobs_created = models.IntegerField(null=True)
    jobs_retained = models.IntegerField(null=True)
    together_with = ArrayField(models.CharField(max_length=50), default=list, null=True)
    confirmed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.organisation}"


class TradeActivity(models.Model):
    """What makes an event a trade activity. ``participants``: participations, not unique people."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.CASCADE, related_name="trade")
    kind = models.CharField(max_length=20, blank=True, null=True)
    participants = models.IntegerField(null=True)
    together_with = ArrayField(models.CharField(max_length=50), default=list, null=True)

    class Meta:
        verbose_name_plural = "trade activities"

    def __str__(self) -> str:
        return f"trade facts of event {self.event_id}"
