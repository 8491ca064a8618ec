"""The ground: who did what, when and why.

Invariants: an entry is written in the transaction of the change it tells of, and never altered or
removed (the database grants no role of a process UPDATE or DELETE). Seals form one chain, made by
one sealer over committed entries only; a broken chain shows.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One act. ``objects``: ids of the records it concerns, of kind ``kind``; ids only, no personal values."""

    at = models.DateTimeField(auto_now_add=True)
    owner_id = models.BigIntegerField(null=True)  # the acting party; this floor knows ids, not rooms
    person_id = models.BigIntegerField(null=True)
    process = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, blank=True)
    objects_ids = ArrayField(models.BigIntegerField(), default=list)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["owner_id", "-at"]), models.Index(fields=["verb"]))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind}"


class Seal(models.Model):
    """A link of the chain over entries: the SHA-256 of the link before it and of the entry's content."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    digest = models.BinaryField()
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"seal {self.pk} of entry {self.entry_id}"
