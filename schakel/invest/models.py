"""Funds, investments, and positions at the end of the year.

Invariant: a valuation is more secret than the position it values, and has a table of its own.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schakel.intake.records import Record
from schakel.network.models import Party
from schakel.register.models import Organisation


class Fund(Record):
    """A fund at 31 December. ``capital`` in euros."""

    name = models.TextField()
    capital = models.DecimalField(max_digits=14, decimal_places=2)
    vintage = models.SmallIntegerField(null=True)

    def __str__(self) -> str:
        return self.name


class Investment(Record):
    """Money an agency put into a company on a day. ``round_size``: the whole round, in euros."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, null=True, related_name="investments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    date = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    instrument = models.CharField(max_length=30, blank=True, null=True)
    type = models.CharField(max_length=20, blank=True, null=True)
    stage = models.CharField(max_length=20, blank=True, null=True)  # Invest Europe
    round_size = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    co_investors = ArrayField(models.TextField(), default=list, null=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.organisation}"


class Position(Record):
    """What a fund holds in a company at the end of the year. ``cost`` in euros."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="positions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    date = models.DateField(null=True)
    cost = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    def __str__(self) -> str:
        return f"{self.fund}: {self.organisation}"


class Valuation(models.Model):
    """What a position was worth."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    position = models.OneToOneField(Position, on_delete=models.CASCADE, related_name="valuation")
    value = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    def __str__(self) -> str:
        return f"valuation of {self.position_id}"
