"""Anything with a date, a place and people who come."""

from __future__ import annotations

from django.db import models

from schakel.intake.records import Record
from schakel.register.models import Organisation


class Event(Record):
    """An event as one agency delivered it; rooms above add what is particular to their sort of event."""

    title = models.TextField()
    country = models.CharField(max_length=2, blank=True, null=True)
    city = models.TextField(blank=True, null=True)
    start = models.DateField()
    end = models.DateField(null=True)

    def __str__(self) -> str:
        return self.title


class Attendance(Record):
    """That an organisation took part in an event."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.organisation} at {self.event}"
