"""Deliveries: the files as they came, their rows, what was found in them, and what became of each row.

Invariants: original files and rows are never altered. A delivery is accepted whole, in one transaction,
or not at all. Findings about an agency's rows belong to that agency; what a check has to say to another
party is a finding of that party's own.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    RECEIVED = "received", _("received")
    CHECKED = "checked", _("checked")
    ACCEPTED = "accepted", _("accepted")
    FAILED = "failed", _("not readable")


class Delivery(models.Model):
    """Files of one agency for one period, delivered together."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="deliveries")
    period = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.RECEIVED)
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    content_digest = models.CharField(max_length=64)
    mapping = models.TextField(blank=True)  # the TOML it was read with
    proposed_tables = models.JSONField(default=list)  # tables whose mapping was proposed, not confirmed

    class Meta:
        ordering = ("-received_at", "-pk")
        indexes = (models.Index(fields=["owner", "period", "state"]),)
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.owner} {self.period} ({self.get_state_display()})"


class DeliveredFile(models.Model):
    """A file as it was sent."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name


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
        indexes = (models.Index(fields=["table", "row"]),)

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class DeliveryFinding(models.Model):
    """What a check had to say, for ``owner`` to read."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="findings")
    period = models.SmallIntegerField()
    check_id = models.CharField(max_length=80)
    severity = models.CharField(max_length=10)
    file = models.CharField(max_length=255, blank=True)
    table = models.CharField(max_length=255, blank=True)
    cell = models.CharField(max_length=400, blank=True)
    row = models.IntegerField(null=True)
    header = models.TextField(blank=True)
    kind = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=60, blank=True)
    number = models.TextField(blank=True)
    value = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    message_nl = models.TextField()
    message_en = models.TextField()
    remedy_nl = models.TextField()
    remedy_en = models.TextField()

    class Meta:
        indexes = (models.Index(fields=["delivery", "severity"]),)

    def __str__(self) -> str:
        return f"{self.severity} {self.check_id} {self.cell}"


class Receipt(models.Model):
    """What happened to a delivery, in numbers: made after acceptance, once."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="receipt")
    made_at = models.DateTimeField(auto_now_add=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"receipt of {self.delivery_id}"


class ConfirmedMapping(models.Model):
    """How an agency's tables become records, as a person of that agency confirmed it."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    text = models.TextField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["owner", "version"], name="mapping_version_once"),)

    def __str__(self) -> str:
        return f"mapping {self.version} of {self.owner}"
