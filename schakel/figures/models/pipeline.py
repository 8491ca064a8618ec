"""What is in the pipeline: what agencies expect to come, in numbers, before any record of it is delivered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class PipelineStage(models.TextChoices):
    """How far something in the pipeline is."""

    EXPLORED = "explored", _("explored")
    PREPARED = "prepared", _("in preparation")
    AGREED = "agreed", _("agreed, not begun")


class PipelineEntry(models.Model):
    """How many of what ``indicator`` counts an agency has at a ``stage``, expected to come in ``period``.

    ``worth``: what they are worth together, in the indicator's unit, where that is no number of things. ``came``: how
    many of them did come, filled in when the year is over; from it follows the chance of those of later years.
    An entry is not altered but replaced, so that what was expected when can be told.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    indicator = models.SlugField(max_length=60)
    period = models.SmallIntegerField()
    stage = models.CharField(max_length=10, choices=PipelineStage.choices)
    number = models.PositiveIntegerField()
    worth = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    source = models.CharField(max_length=300, blank=True)
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(auto_now_add=True)
    came = models.PositiveIntegerField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("indicator", "period", "stage")
        verbose_name_plural = "pipeline entries"
        constraints = (
            models.CheckConstraint(condition=Q(number__gt=0), name="pipeline_holds_something"),
            models.CheckConstraint(condition=Q(came__isnull=True) | Q(came__lte=F("number")), name="came_of_these"),
            models.UniqueConstraint(
                fields=["owner", "indicator", "period", "stage"],
                condition=Q(replaced_at__isnull=True),
                name="pipeline_stated_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.number} {self.stage}"
