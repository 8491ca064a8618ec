"""Changes on top of what was sent: edits of a delivery's cells, and overrides of a record's values.

Invariants: the sender's file is never altered. Edits apply in the order they were made; an undone one does not apply.
An override holds for one value of one record until the source agrees with it or a person takes it back.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from schakel.intake.models.delivery import Delivery
from schakel.network.models import Party, Person


class Edit(models.Model):
    """A cell, or all cells of a column that hold ``before``, made ``after``; empty text is an empty cell.

    ``row`` is None for all alike, of the rows under row ``below``: the header itself is no value. ``after_type``: what
    kind of cell it becomes, decided once, when it was made. ``carry``: to be taken to the next delivery, where
    ``header`` finds the column again.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="edits")
    file = models.CharField(max_length=255)
    table = models.CharField(max_length=255)
    column = models.CharField(max_length=8)
    header = models.TextField(blank=True)
    row = models.IntegerField(null=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    after_type = models.CharField(max_length=10, default="text")
    below = models.IntegerField(default=0)
    cells = models.IntegerField(default=1)  # how many it changed when it was made
    carry = models.BooleanField(default=False)
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.table}!{self.column}{self.row or ''}: {self.before!r} becomes {self.after!r}"


class Override(models.Model):
    """A value that a person put in the place of the delivered one, by field of the kind; both as canonical text."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    period = models.SmallIntegerField()
    number = models.TextField()
    field = models.CharField(max_length=60)
    delivered = models.TextField(blank=True)
    value = models.TextField(blank=True)
    reason = models.TextField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "kind", "period", "number", "field"],
                condition=Q(ended_at__isnull=True),
                name="one_override_holds",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number} {self.field}"


class DifferenceLine(models.Model):
    """One record that accepting a delivery would make, change or let vanish, beside what stands.

    ``fields``: for a changed record [{"field", "before", "after"}], as texts for people of both languages.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="difference")
    kind = models.CharField(max_length=40)
    number = models.TextField()
    title = models.TextField(blank=True)
    outcome = models.CharField(max_length=10)  # new, changed, vanished
    file = models.CharField(max_length=255, blank=True)
    table = models.CharField(max_length=255, blank=True)
    row = models.IntegerField(null=True)
    fields = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=["delivery", "kind", "outcome"]),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}: {self.outcome}"
