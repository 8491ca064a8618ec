"""The lists that only counting needs: staff, the market of young capital, and what became of companies."""

from __future__ import annotations

from django.db import models

from schakel.intake.records import Record
from schakel.register.models import Organisation


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


class CompanyOutcome(Record):
    """What became of an organisation that an agency helped, in one year. Amounts in euros, CO2 in tonnes.

    ``..._before`` is of the year before: what it states of both years is of one and the same organisation.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    turnover = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    turnover_before = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    fte = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    fte_before = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    rd = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    co2_avoided = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    basis = models.CharField(max_length=20, blank=True, null=True)

    def __str__(self) -> str:
        return f"{self.organisation} ({self.period})"
