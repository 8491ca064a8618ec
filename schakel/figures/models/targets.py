"""Targets: what a figure should become, of whom, by when, and from what. The one home of targets."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class TargetNature(models.TextChoices):
    """Whether a target is a number in the year or a number at its end."""

    FLOW = "flow", _("in the year")
    STOCK = "stock", _("at the end of the year")


class Target(models.Model):
    """What ``indicator`` of ``about`` (an agency; null: the network) should be in ``period``.

    ``value`` and ``baseline`` are in the indicator's unit (euros, a share as 0.5). ``counts`` says what is counted, in
    words ("companies", "transactions"), as "from 40 to 60 investments" does not. ``programme``: of which programme, if
    of one. A target is not altered but ended and followed by another, so that what held when can be told.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    indicator = models.SlugField(max_length=60)
    about = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    programme = models.CharField(max_length=120, blank=True)
    period = models.SmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    baseline_period = models.SmallIntegerField(null=True)
    nature = models.CharField(max_length=10, choices=TargetNature.choices)
    counts = models.CharField(max_length=60)
    source = models.CharField(max_length=300)
    shared = models.BooleanField(default=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("indicator", "period", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, baseline_period__isnull=True)
                | Q(baseline__isnull=False, baseline_period__isnull=False),
                name="baseline_with_its_year",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""), name="target_ended_with_a_reason"
            ),
            # Whose it is says of whom it is: the secretariat sets the network's, an agency its own.
            models.UniqueConstraint(
                fields=["owner", "indicator", "programme", "period"],
                condition=Q(ended_at__isnull=True),
                name="one_target_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}: {self.value}"
