"""Innovation projects and who takes part in them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schakel.intake.records import Record
from schakel.register.models import Organisation


class InnovationProject(Record):
    """A project as one agency delivered it. ``volume``: total project cost in euros, all participants together."""

    title = models.TextField()
    description = models.TextField(blank=True, null=True)
    start = models.DateField()
    end = models.DateField(null=True)
    volume = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    themes = ArrayField(models.CharField(max_length=40), default=list, null=True)
    status = models.CharField(max_length=20, blank=True, null=True)
    lead = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    together_with = ArrayField(models.CharField(max_length=50), default=list, null=True)
    eu_number = models.TextField(blank=True, null=True)

    def __str__(self) -> str:
        return self.title


class Participation(Record):
    """That an organisation takes part in a project."""

    project = models.ForeignKey(InnovationProject, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, blank=True, null=True)

    def __str__(self) -> str:
        return f"{self.organisation} in {self.project}"
