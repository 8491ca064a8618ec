"""Keys with which a party's own systems act for it.

Invariants: the key itself is shown once and never kept, only its digest; a withdrawn or expired one opens nothing.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", _("read deliveries, findings and receipts")
    DELIVER = "deliver", _("deliver files and records")
    ACCEPT = "accept", _("accept what was checked")


class Token(models.Model):
    """A key of a party for the API."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    used_on = models.DateField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name
