"""An auditor's samples of the records behind a figure, and what was concluded of them.

Invariants: a sample, its items and a conclusion are never altered or removed. A correction is another conclusion, which
says what it corrects. A sample keeps all that it was drawn from, so that anybody can draw it again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.figures.models.closing import Closing
from schakel.network.models import Party, Person


class Method(models.TextChoices):
    """How the items are drawn; `auditing.drawing` says by what rule."""

    SIMPLE = "simple", _("each record an equal chance")
    MONETARY = "monetary", _("each euro an equal chance")


class Sample(models.Model):
    """A sample of the records behind a figure, drawn by ``seed``.

    ``closing``: the vintage; None for the figures as they were counted then. ``cut``: filters beside the year.
    ``unit`` and ``value``: what the figure said. ``behind``: how many records stand behind the figure, None where that
    is withheld. ``frame``: what was drawn from, [kind, id, amount in the stored whole numbers or None, agency's slug];
    ``frame_digest``: its SHA-256, as `drawing.digest_of` makes it. ``interval``: between the euros that were drawn, in
    cents.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    indicator = models.SlugField(max_length=60)
    definition_version = models.PositiveSmallIntegerField()
    period = models.SmallIntegerField()
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, null=True, related_name="+")
    cut = models.JSONField(default=dict)
    unit = models.CharField(max_length=10, default="count")
    value = models.CharField(max_length=60, blank=True)
    method = models.CharField(max_length=10, choices=Method.choices)
    seed = models.CharField(max_length=80)
    asked = models.PositiveIntegerField()
    behind = models.PositiveIntegerField(null=True)
    frame = models.JSONField(default=list)
    frame_digest = models.CharField(max_length=64)
    interval = models.BigIntegerField(null=True)
    purpose = models.TextField(blank=True)
    drawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-drawn_at", "-pk")

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}, {self.seed}"


class SampleItem(models.Model):
    """One record of a sample. ``position``: in the order in which it was drawn. ``hits``: how many euros drew it."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    amount = models.BigIntegerField(null=True)
    hits = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["sample", "position"], name="sample_position_once"),
            models.UniqueConstraint(fields=["sample", "kind", "record_id"], name="sampled_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"


class Outcome(models.TextChoices):
    """What an auditor finds of a record, or of a sample as a whole."""

    AGREES = "agrees", _("agrees")
    DEVIATES = "deviates", _("deviates")
    UNKNOWN = "unknown", _("cannot be established")


class Conclusion(models.Model):
    """What was concluded of ``item``, or of the whole sample where that is None; signed by whom, and when.

    ``found``: the amount that it should have been, in the figure's unit, where it deviates. ``projection``: what the
    deviations found come to for the whole frame, as `auditing.projecting` works it out; of a whole sample.
    ``corrects``: the conclusion that this one takes the place of.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="conclusions")
    item = models.ForeignKey(SampleItem, on_delete=models.PROTECT, null=True, related_name="conclusions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    found = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    remark = models.TextField(blank=True)
    projection = models.JSONField(default=dict)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("signed_at", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(outcome="agrees") | ~Q(remark=""), name="concluded_with_a_remark"),
            models.UniqueConstraint(
                fields=["sample", "item"],
                condition=Q(corrects__isnull=True),
                nulls_distinct=False,
                name="first_conclusion_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.outcome}: {self.item_id or self.sample_id}"
