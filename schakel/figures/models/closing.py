"""A closing: a year's figures frozen with all that they were counted from.

Invariants: a closing is never altered once it is made; a correction is another closing of the year, which says what it
corrects and why. What it holds (ids, dimensions and whole numbers of all agencies) only the counting process reads.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class ClosingState(models.TextChoices):
    """Where a closing stands: asked for, there, or not made."""

    ORDERED = "ordered", _("being made")
    MADE = "made", _("made")
    FAILED = "failed", _("not made")


class Closing(models.Model):
    """The closing of a year. ``version``: 1 for the first; a later one ``corrects`` the one before, for a ``reason``.

    ``digest``: SHA-256 of the manifest, in hexadecimals; ``manifest``: of it the state, the versions of definitions and
    engines, and not how much was closed, as every party may read this row; the whole is among the files. ``failure``:
    what was wrong, where it could not be made.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ClosingState.choices, default=ClosingState.ORDERED)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.TextField(blank=True)
    ordered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)
    manifest = models.JSONField(default=dict)
    failure = models.TextField(blank=True)

    class Meta:
        ordering = ("-period", "-version")
        constraints = (
            models.UniqueConstraint(fields=["owner", "period", "version"], name="closing_version_once"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(reason=""), name="correction_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="made") | (~Q(digest="") & Q(made_at__isnull=False)), name="made_with_a_digest"
            ),
        )

    def __str__(self) -> str:
        return f"closing {self.version} of {self.period}"


class ClosingFile(models.Model):
    """One file of a closing, whole: a Parquet table, or a text."""

    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["closing", "name"], name="closing_file_once"),)

    def __str__(self) -> str:
        return self.name
