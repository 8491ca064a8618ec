"""Organisations as each agency knows them, and what the trade register says of them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schakel.intake.records import Record


class Organisation(Record):
    """An organisation as one agency knows it in one period.

    ``name`` is empty where its owner delivers without names.
    """

    name = models.TextField()
    kvk = models.CharField(max_length=8, blank=True, null=True)
    rsin = models.CharField(max_length=9, blank=True, null=True)
    vat = models.CharField(max_length=20, blank=True, null=True)
    legal_form = models.TextField(blank=True, null=True)
    address = models.TextField(blank=True, null=True)
    postcode = models.CharField(max_length=12, blank=True, null=True)
    city = models.TextField(blank=True, null=True)
    country = models.CharField(max_length=2, blank=True, null=True)
    website = models.TextField(blank=True, null=True)
    kind = models.CharField(max_length=20)
    size = models.CharField(max_length=20, blank=True, null=True)

    def __str__(self) -> str:
        return self.name or self.number  # its owner may not disclose the name


class RegisterEntry(Record):
    """A published fact of the trade register; the secretariat delivers the list, everybody may read it."""

    kvk = models.CharField(max_length=8, blank=True, null=True)
    rsin = models.CharField(max_length=9, blank=True, null=True)
    name = models.TextField()
    trade_names = ArrayField(models.TextField(), default=list, null=True)
    legal_form = models.TextField(blank=True, null=True)
    street = models.TextField(blank=True, null=True)
    house_number = models.TextField(blank=True, null=True)
    postcode = models.CharField(max_length=12, blank=True, null=True)
    city = models.TextField(blank=True, null=True)
    website = models.TextField(blank=True, null=True)
    former_names = ArrayField(models.TextField(), default=list, null=True)
    activities = ArrayField(models.TextField(), default=list, null=True)
    ended_on = models.DateField(blank=True, null=True)
    merged_into = models.CharField(max_length=8, blank=True, null=True)
    former_numbers = ArrayField(models.CharField(max_length=8), default=list, null=True)

    class Meta(Record.Meta):
        verbose_name_plural = "register entries"

    def __str__(self) -> str:
        return self.name
