"""Deliveries: the files as they came, their rows, what was found in them, and what became of each row.

Invariants: original files and rows are never altered. A delivery is accepted whole, in one transaction,
or not at all. Findings about an agency's rows belong to that agency; what a check has to say to another
party is a finding of that party's own.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from schakel.documents.models import StoredFile
from schakel.network.models import Party, Person


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    UPLOADING = "uploading", _("being sent")
    RECEIVED = "received", _("received")
    CHECKED = "checked", _("checked")
    ACCEPTING = "accepting", _("being accepted")
    ACCEPTED = "accepted", _("accepted")
    FAILED = "failed", _("not readable")
    DISCARDED = "discarded", _("discarded")


class Origin(models.TextChoices):
    """By which way a delivery came."""

    COMMAND = "command", _("command line")
    SCREEN = "screen", _("uploaded")
    API = "api", _("API")
    FOLDER = "folder", _("watched folder")
    BUCKET = "bucket", _("bucket")
    FORM = "form", _("typed here")
    RESTORED = "restored", _("brought back")


class Delivery(models.Model):
    """Files of one agency for one period, delivered together.

    ``whole``: it says all there is of each kind that it holds, so that what is not in it vanished; else it only adds
    and changes. ``proposal``: what was proposed for tables that no confirmed mapping fits, as `proposing.told` writes
    it. ``reading_findings``: what reading had to say, kept so that the files need not be read again. ``progress``: how
    far the background work is ({"step", "done", "of"}), or why it stopped ({"error", "full"}). ``effects``: what
    accepting would do to the owner's own figures. ``compared``: how many rows of each kind would be new, changed,
    unchanged, refused and vanished.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="deliveries")
    period = models.SmallIntegerField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.RECEIVED)
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    content_digest = models.CharField(max_length=64)
    mapping = models.TextField(blank=True)  # the TOML it was read with
    mapping_settled = models.BooleanField(default=False)  # a person of the owner settled it for this delivery
    proposed_tables = models.JSONField(default=list)  # tables whose mapping was proposed, not confirmed
    proposal = models.JSONField(default=list)
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.COMMAND)
    whole = models.BooleanField(default=True)
    reading_findings = models.JSONField(default=list)
    progress = models.JSONField(default=dict)
    effects = models.JSONField(default=list)
    holds = models.JSONField(default=dict)  # kind to rows, as the last examination read it
    compared = models.JSONField(default=dict)
    examined_at = models.DateTimeField(null=True)
    checks_version = models.CharField(max_length=64, blank=True)  # of the checks that examined it last
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

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
    digest = models.CharField(max_length=64, blank=True)  # empty while it is still being sent
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class ReturnedFile(models.Model):
    """The sender's own file with its findings marked in it, in ``language``.

    ``examined_at``: of the examination whose findings it shows; ``stored`` is None while it is being made, and
    ``problem`` says why it could not be. ``former``: the copy of before, kept until this one is whole.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(DeliveredFile, on_delete=models.CASCADE, related_name="returned")
    language = models.CharField(max_length=2)
    examined_at = models.DateTimeField(null=True)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    former = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    in_place = models.BooleanField(default=False)  # the sender's own workbook, else its rows in a new one
    problem = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["file", "language"], name="returned_file_once"),)

    def __str__(self) -> str:
        return f"{self.file} ({self.language})"


class Receipt(models.Model):
    """What happened to a delivery, in numbers: made after acceptance, once."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.OneToOneField(Delivery, on_delete=models.PROTECT, related_name="receipt")
    made_at = models.DateTimeField(auto_now_add=True)
    content = models.JSONField()

    def __str__(self) -> str:
        return f"receipt of {self.delivery_id}"
