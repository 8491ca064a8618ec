"""What a whole trade register says, loaded from files: one row a number for ever, and each load on record.

Invariants: a number has one row and keeps its id. A load never removes a row: what a newer whole register no longer
names is marked with the date since when it is missing, and a name that was replaced stays as a former name.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from schakel.network.models import Party


class RegisterLoad(models.Model):
    """One file of the trade register that was loaded: what it was, of which date, and what it changed.

    ``whole``: whether it named every live entry, so that what it does not name is gone; else only what changed.
    ``refused``: rows without a usable KvK number or name, and rows of a number that an earlier row had.
    """

    file = models.TextField()
    sha256 = models.CharField(max_length=64)
    source = models.TextField()
    reference_date = models.DateField()
    loaded_at = models.DateTimeField(auto_now_add=True)
    loaded_by = models.TextField()
    whole = models.BooleanField(default=True)
    rows = models.IntegerField(default=0)
    added = models.IntegerField(default=0)
    changed = models.IntegerField(default=0)
    vanished = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.file} ({self.reference_date})"


class RegisterFact(models.Model):
    """What the trade register says of one KvK number; published, for all to read, written by loads alone.

    ``ended_on``: when the register says that it ended; ``missing_since``: the date of the first whole register that
    no longer named it. ``merged_into``: the number it went up in. ``former_numbers``: those it had before.
    ``keys``: what it is found under while somebody types, as numbers (see `schakel.register.entry.keys`).
    """

    kvk = models.CharField(max_length=8, unique=True)
    rsin = models.CharField(max_length=9, blank=True, null=True)
    name = models.TextField()
    trade_names = ArrayField(models.TextField(), default=list)
    former_names = ArrayField(models.TextField(), default=list)
    legal_form = models.TextField(blank=True, null=True)
    street = models.TextField(blank=True, null=True)
    house_number = models.TextField(blank=True, null=True)
    postcode = models.CharField(max_length=12, blank=True, null=True)
    city = models.TextField(blank=True, null=True)
    website = models.TextField(blank=True, null=True)
    activities = ArrayField(models.TextField(), default=list)
    ended_on = models.DateField(blank=True, null=True)
    merged_into = models.CharField(max_length=8, blank=True, null=True)
    former_numbers = ArrayField(models.CharField(max_length=8), default=list)
    missing_since = models.DateField(blank=True, null=True)
    # Unchecked by the database: a load is never removed, and the check would be made for each of millions of rows.
    load = models.ForeignKey(RegisterLoad, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    keys = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = (GinIndex(fields=["keys"], name="register_fact_keys", fastupdate=False),)

    def __str__(self) -> str:
        return self.name


class KnownKeys(models.Model):
    """What a record is found under while somebody types an organisation: an agency's own, or a delivered entry.

    ``owner``: whose record it is; null for an entry of the trade register, which everybody may find. ``of``: a digest
    of what the keys were made of, so that a round makes anew only what changed. Shows nothing by itself: the keys are
    numbers, and hold the owner's, so that no two parties' keys are alike.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    of = models.UUIDField()
    keys = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        verbose_name_plural = "known keys"
        constraints = (models.UniqueConstraint(fields=["kind", "record_id"], name="known_once"),)
        indexes = (GinIndex(fields=["keys"], name="register_known_keys", fastupdate=False),)

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
