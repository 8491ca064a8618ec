"""Files as they were given to Schakel, in parts, so that no process ever holds one whole.

Invariants: parts follow each other without a gap, from offset 0; a file is whole when as many bytes were received
as it has, and from then on neither it nor its digest changes.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from schakel.network.models import Party, Person


class StoredFile(models.Model):
    """One file of a party. ``kept_at`` is set once all of it is here; ``digest`` is its SHA-256 in hexadecimals."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    kept_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(received__gte=0, received__lte=F("size")), name="file_not_past_its_end"),
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True) | Q(received=F("size")), name="kept_file_is_whole"
            ),
        )

    def __str__(self) -> str:
        return self.name


class FilePart(models.Model):
    """A piece of a file: the bytes from ``offset`` on."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="parts")
    offset = models.BigIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["file", "offset"], name="file_part_once"),)

    def __str__(self) -> str:
        return f"{self.file_id} from {self.offset}"


class Package(models.Model):
    """All that a party has here, as somebody asked for it to take along; the file is kept for a week."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    too_large = models.BooleanField(default=False)

    class Meta:
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"asked at {self.asked_at}"
