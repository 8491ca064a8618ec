"""The rows of a delivery: as its files hold them, and as they were taken in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from schakel.intake.models.delivery import Delivery
from schakel.network.models import Party


class ReadTable(models.Model):
    """A table as it was read from a file of a delivery, before any mapping.

    ``columns``: letters, left to right. ``extras``: hidden rows and columns, merged ranges and what the reader noted.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="read_tables")
    position = models.SmallIntegerField()
    file = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    form = models.CharField(max_length=10)
    hidden = models.BooleanField(default=False)
    columns = models.JSONField(default=list)
    rows = models.IntegerField(default=0)
    extras = models.JSONField(default=dict)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["delivery", "position"], name="read_table_once"),)

    def __str__(self) -> str:
        return f"{self.file} {self.name}"


class ReadRows(models.Model):
    """A run of rows of a read table, from row number ``first`` up to and with ``last``, as Parquet."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(ReadTable, on_delete=models.CASCADE, related_name="runs")
    first = models.IntegerField()
    last = models.IntegerField()
    content = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["table", "first"]),)

    def __str__(self) -> str:
        return f"{self.table} {self.first}-{self.last}"


class DeliveredTable(models.Model):
    """A table of a delivery as it was read for one kind of record.

    ``columns``: field name to {"column": letter, "header": text}.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="tables")
    kind = models.CharField(max_length=40)
    file = models.CharField(max_length=255)
    name = models.CharField(max_length=255)
    form = models.CharField(max_length=10)
    columns = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.file} {self.name}"


class RowOutcome(models.TextChoices):
    """What became of a delivered row."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")


class DeliveredRow(models.Model):
    """One row as it was sent. ``raw``: field name to the sender's own text."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    table = models.ForeignKey(DeliveredTable, on_delete=models.PROTECT, related_name="rows")
    row = models.IntegerField()
    item = models.SmallIntegerField(default=0)
    number = models.TextField(blank=True)
    raw = models.JSONField(default=dict)
    outcome = models.CharField(max_length=10, choices=RowOutcome.choices)

    class Meta:
        indexes = (
            models.Index(fields=["table", "row"]),
            models.Index(fields=["table", "number"], name="row_of_number"),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.row}"
