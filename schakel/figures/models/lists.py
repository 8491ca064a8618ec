"""The lists that only counting needs: staff, and the market of start-up and later-stage capital."""

from __future__ import annotations

from django.db import models

from schakel.intake.records import Record


class Staff(Record):
    """People working at an agency on 31 December of ``year``."""

    year = models.SmallIntegerField()
    heads = models.IntegerField()
    fte = models.DecimalField(max_digits=8, decimal_places=2, null=True)

    class Meta(Record.Meta):
        verbose_name_plural = "staff"


class MarketRound(Record):
    """A company that raised capital, as an association of investors published it."""

    company = models.TextField()
    kvk = models.CharField(max_length=8, blank=True, null=True)
    city = models.TextField(blank=True, null=True)
    stage = models.CharField(max_length=20)
    date = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)

    def __str__(self) -> str:
        return self.company
