"""The ground: who did what, when and why.

Invariants: an entry is written in the transaction of the change it tells of, and never altered or
removed (the database grants no role of a process UPDATE or DELETE). Seals form one chain, made by
one sealer over committed entries only; a broken chain shows. What may not be kept for ever, the address
from where it was done, stands apart from its line; the chain holds a mark of it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from schakel.trail.whence import Channel


class Entry(models.Model):
    """One act. ``objects``: ids of the records it concerns, of kind ``kind``; ids only, no personal values.

    ``concerns``: the other party whose records or people it is about, and that reads it too; ``under``: the agreement
    or mandate that opened them. ``form``: which columns the seal covers; a line of an earlier form lacks later ones.
    """

    at = models.DateTimeField(auto_now_add=True)
    owner_id = models.BigIntegerField(null=True)  # the acting party; this floor knows ids, not rooms
    person_id = models.BigIntegerField(null=True)
    process = models.CharField(max_length=60, blank=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, blank=True)
    objects_ids = ArrayField(models.BigIntegerField(), default=list)
    reason = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    form = models.SmallIntegerField(default=2, db_default=2)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True, db_default="")
    origin = models.CharField(max_length=64, blank=True, db_default="")
    concerns_id = models.BigIntegerField(null=True)
    under = models.CharField(max_length=40, blank=True, db_default="")

    class Meta:
        indexes = (
            models.Index(fields=["owner_id", "-at"]),
            models.Index(fields=["verb"]),
            models.Index(fields=["concerns_id", "id"], condition=Q(concerns_id__isnull=False), name="entry_concerns"),
            models.Index(fields=["person_id", "id"], condition=Q(person_id__isnull=False), name="entry_of_person"),
            GinIndex(fields=["objects_ids"], name="entry_objects"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.kind}"


class Origin(models.Model):
    """The address from where a line was written, apart from it, for as long as it may be kept.

    ``mark``: what the line holds, the SHA-256 of ``salt`` and ``address``.
    """

    mark = models.CharField(max_length=64, primary_key=True)
    salt = models.BinaryField()
    address = models.CharField(max_length=45)
    at = models.DateTimeField()
    owner_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["at"], name="origin_at"),
            models.Index(fields=["person_id"], name="origin_person"),
        )

    def __str__(self) -> str:
        return self.mark


class Seal(models.Model):
    """A link of the chain over entries: the SHA-256 of the link before it and of the entry's content."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    digest = models.BinaryField()
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"seal {self.pk} of entry {self.entry_id}"
