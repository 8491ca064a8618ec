"""Rounds without names: which key a year goes by, and the codes that agencies delivered instead of names.

Invariant: the key is nowhere here. A round is known by its mark, which is made from the key and tells nothing of it.
"""

from __future__ import annotations

from django.db import models

from schakel.intake.records import Record
from schakel.network.models import Party, Person


class KeyedRound(models.Model):
    """A round without names of a year, begun by the secretariat; the last one of a year is the one that goes."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    period = models.SmallIntegerField()
    name = models.CharField(max_length=60)
    mark = models.CharField(max_length=32, unique=True)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class _Codes(Record):
    """What `schakel encode` makes of a list's row: hexadecimal codes, several of them with a space between."""

    round = models.TextField()
    mark = models.CharField(max_length=32)
    kvk_code = models.TextField(null=True)
    rsin_code = models.TextField(null=True)
    postcode_code = models.TextField(null=True)
    house_code = models.TextField(null=True)
    city_code = models.TextField(null=True)
    site_codes = models.TextField(null=True)
    name_codes = models.TextField(null=True)
    core_codes = models.TextField(null=True)
    name_filters = models.TextField(null=True)

    class Meta(Record.Meta):
        abstract = True


class KeyedRecord(_Codes):
    """The codes of the organisation that its owner knows under the same number in the same year."""

    address_code = models.TextField(null=True)
    slip_codes = models.TextField(null=True)


class KeyedEntry(_Codes):
    """The codes of an entry of the trade register; which entry it is, is not to be seen."""

    class Meta(_Codes.Meta):
        verbose_name_plural = "keyed entries"
